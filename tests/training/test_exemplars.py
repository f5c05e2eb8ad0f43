"""What the model is taught from is labelled by names that exist, without doubles and without contradiction."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import pytest

from mougen.library import bundled_library
from mougen.requirement import FACTS
from training.agreements import load
from training.build_model import ROOT
from training.sources import exemplars

LIBRARY = bundled_library()
LANGUAGES = sorted(path.name for path in (ROOT / "exemplars").iterdir() if path.is_dir())
AGREEMENTS = sorted((ROOT / "agreements").rglob("*.md"))
VERDICTS = {"met", "partial", "missing", "contradicted"}
RAISED = {"raised", "quiet"}


@cache
def of(language: str) -> tuple[dict[str, Any], ...]:
    return tuple(exemplars(ROOT / "exemplars" / language))


def bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def test_every_requirement_has_exemplars_and_every_file_a_requirement() -> None:
    for language in LANGUAGES:
        named = {path.name.split(".")[0] for path in (ROOT / "exemplars" / language).glob("*.jsonl")}
        assert named == set(LIBRARY.requirements)
        flags = {path.name.split(".")[0] for path in (ROOT / "exemplars" / language / "red-flags").glob("*.jsonl")}
        assert flags <= set(LIBRARY.red_flags)


@pytest.mark.parametrize("language", LANGUAGES)
def test_exemplars_name_what_exists(language: str) -> None:
    wrong = []
    for item in of(language):
        if item["flag"]:
            if item["verdict"] not in RAISED | VERDICTS:
                wrong.append((item["flag"], item["verdict"]))
            continue
        requirement = LIBRARY.requirements[item["requirement"]]
        limbs, harms = {limb.id for limb in requirement.limbs}, {harm.id for harm in requirement.harms}
        if item["verdict"] not in VERDICTS or set(item["limbs"]) - limbs or set(item["harms"]) - harms:
            wrong.append((item["requirement"], item["text"]))
        assert item["kind"]
        assert item["style"]
        assert item["text"].strip()
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_exemplar_is_there_twice(language: str) -> None:
    counts = Counter(bare(item["text"]) for item in of(language))
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_met_has_every_needed_limb(language: str) -> None:
    """Whatever the facts are: a limb that only some facts need may be absent."""
    short = []
    for item in of(language):
        if item["verdict"] == "met":
            needed = {limb.id for limb in LIBRARY.requirements[item["requirement"]].needed_limbs(frozenset())}
            if needed - set(item["limbs"]):
                short.append((item["requirement"], sorted(needed - set(item["limbs"])), item["text"]))
    assert short == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_harms_are_contradictions_and_what_is_missing_has_no_limbs(language: str) -> None:
    for item in of(language):
        if item["requirement"]:
            assert not item["harms"] or item["verdict"] == "contradicted", item["text"]
            assert not item["limbs"] or item["verdict"] != "missing", item["text"]


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_training_agreements_name_what_exists(path: Any) -> None:
    meta, paragraphs = load(path)
    anchors = {anchor for anchor, _ in paragraphs}
    assert len(anchors) == len(paragraphs)
    assert meta["id"] == path.stem
    assert set(meta["context"]) == set(FACTS)
    assert set(meta["labels"]) == set(LIBRARY.requirements)
    for id, label in meta["labels"].items():
        requirement = LIBRARY.requirements[id]
        assert label["verdict"] in {*VERDICTS, "na"}, id
        assert set(label.get("at") or {}) | set(label.get("harms") or {}) <= anchors, id
        limbs = {limb for found in (label.get("at") or {}).values() for limb in found or ()}
        harms = {harm for found in (label.get("harms") or {}).values() for harm in found}
        assert limbs <= {limb.id for limb in requirement.limbs}, id
        assert harms <= {harm.id for harm in requirement.harms}, id
    for flag in meta.get("flags") or ():
        assert flag["flag"] in LIBRARY.red_flags
        assert set(flag["at"]) <= anchors


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_verdicts_of_training_agreements_follow_from_their_limbs(path: Any) -> None:
    meta, _ = load(path)
    facts = frozenset(fact for fact, value in meta["context"].items() if value)
    for id, label in meta["labels"].items():
        requirement = LIBRARY.requirements[id]
        limbs = {limb for found in (label.get("at") or {}).values() for limb in found or ()}
        if label["verdict"] == "met":
            assert {limb.id for limb in requirement.needed_limbs(facts)} <= limbs, id
        if label["verdict"] == "na":
            assert not requirement.applies_to(facts), id
        else:
            assert requirement.applies_to(facts), id


def test_no_training_agreement_is_there_twice() -> None:
    texts = [bare(" ".join(text for _, text in load(path)[1])) for path in AGREEMENTS]
    assert len(set(texts)) == len(texts)
