"""Deal files: what loads, and one clear sentence with file and line for all that does not."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
from deals import ROOT, SAMPLES, complete, planned

from mougen.asks import ASKS, deal_schema
from mougen.deal import read_deal
from mougen.draft.plan import make_plan
from mougen.errors import DealError
from mougen.library import bundled_library

BAD = sorted((ROOT / "tests" / "bad" / "deals").glob("*.toml"))


def faults_of(path: Path) -> tuple[str, ...]:
    with pytest.raises(DealError) as caught:
        make_plan(read_deal(path), bundled_library())
    return caught.value.problems


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_each_fault_is_one_sentence_with_file_and_line(path: Path) -> None:
    expected = re.findall(r"^# expect: (.*)$", path.read_text(encoding="utf-8"), re.M)
    problems = faults_of(path)
    assert len(problems) == len(expected)
    for said in expected:
        assert any(problem.startswith(f"{path}:{said}") for problem in problems), problems
    assert all("\n" not in problem and len(problem) < 600 for problem in problems)


def test_a_file_that_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    deal = tmp_path / "deal.toml"
    deal.write_text('jurisdiction = "ghana"\nforces = [\n', encoding="utf-8")
    assert faults_of(deal)[0].startswith(f"{deal}:")
    assert "not valid TOML" in faults_of(deal)[0]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "this is a folder"),
        (lambda path: path.write_bytes(b"name = '\xff\xfe'"), "not UTF-8 text"),
        (lambda path: path.write_bytes(b"#" * 2_000_001), "larger than 2 MB"),
    ],
    ids=["absent", "folder", "not-utf-8", "huge"],
)
def test_what_is_no_deal_file_is_said(tmp_path: Path, make: Any, said: str) -> None:
    make(tmp_path / "deal.toml")
    (problem,) = faults_of(tmp_path / "deal.toml")
    assert problem.startswith(f"{tmp_path / 'deal.toml'}: ")
    assert said in problem


def test_a_mapping_is_held_to_the_same_rules() -> None:
    with pytest.raises(DealError) as caught:
        read_deal({**complete(), "nmae": 1, "site": {"name": "a\x00b"}, "company": {"name": 3}})
    assert caught.value.problems == (
        'deal: "nmae" is not a known field',
        "deal: `company.name` must be text, not 3",
        "deal: the character U+0000 cannot be printed; remove it",
    )


def test_a_mapping_may_hold_tuples_and_keys_of_any_kind() -> None:
    deal = complete()
    deal["forces"] = tuple(deal["forces"])
    assert read_deal(deal).forces[0].unit == "Quartz Hill Command"
    with pytest.raises(DealError, match="7 is not a known field"):
        read_deal({**complete(), 7: 1})


def test_a_deal_built_in_code_is_checked_when_it_is_planned() -> None:
    deal = dataclasses.replace(read_deal(complete()), forces=())
    with pytest.raises(DealError, match="`forces` is empty"):
        make_plan(deal, bundled_library())
    hidden = dataclasses.replace(read_deal(complete()), language="en\ue000")
    with pytest.raises(DealError, match="U\\+E000"):
        make_plan(hidden, bundled_library())


def test_a_deal_is_read_once() -> None:
    deal = read_deal(complete())
    assert read_deal(deal) is deal


def test_where_a_deal_was_read_is_no_part_of_it(tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_bytes(SAMPLES[0].read_bytes())
    assert read_deal(copy) == read_deal(SAMPLES[0])
    with pytest.raises(DealError, match="origin"):
        read_deal({**complete(), "origin": {"name": "x"}})


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_complete_and_cover_what_applies(path: Path) -> None:
    plan = make_plan(read_deal(path), bundled_library())
    assert plan.missing == ()
    assert plan.unmet == ()


def test_samples_exercise_every_country_and_both_answers_to_each_fact() -> None:
    deals = [read_deal(path) for path in SAMPLES]
    assert {deal.jurisdiction for deal in deals} == {
        c.id for c in bundled_library().jurisdictions.values() if not c.refusal
    }
    for field in dataclasses.fields(deals[0].facts):
        assert {getattr(deal.facts, field.name) for deal in deals} == {True, False}, field.name


def jsonable(value: Any) -> Any:
    return json.loads(json.dumps(value, default=datetime.date.isoformat))


def schema_faults(table: dict[str, Any]) -> list[str]:
    jsonschema = pytest.importorskip("jsonschema")
    published = deal_schema(bundled_library().fields())
    jsonschema.Draft202012Validator.check_schema(published)
    return [error.message for error in jsonschema.Draft202012Validator(published).iter_errors(jsonable(table))]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_keep_the_published_schema(path: Path) -> None:
    import tomllib

    assert schema_faults(tomllib.loads(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "change",
    [{"nmae": 1}, {"forces": []}, {"terms": {"term_years": 99}}, {"terms": {"term_year": 3}}, {"version": 2}],
    ids=str,
)
def test_the_schema_refuses_what_the_reader_refuses(change: dict[str, Any]) -> None:
    assert schema_faults({**complete(), **change})
    with pytest.raises(DealError):
        planned({**complete(), **change})


def test_the_schema_describes_every_field() -> None:
    def bare(schema: dict[str, Any], path: str = "") -> list[str]:
        found = []
        for name, inner in schema.get("properties", {}).items():
            here = f"{path}.{name}".lstrip(".")
            record = inner.get("items", inner)
            found += bare(record, here) or ([] if "description" in inner or "properties" in record else [here])
        return found

    assert bare(deal_schema(bundled_library().fields())) == []


def test_every_description_belongs_to_a_field() -> None:
    schema = deal_schema(bundled_library().fields())
    for path in ASKS:
        inner = schema
        for step in path.split("."):
            inner = inner.get("items", inner)["properties"][step]
