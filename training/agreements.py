"""Labelled training agreements: each paragraph says for each requirement whether it bears on it, and what it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from mougen.agreement import Agreement, Paragraph
from mougen.review.lexicon import Lexicon
from mougen.review.parties import named_in
from mougen.review.structure import passages_of

ANCHOR = re.compile(r"\[(p\d+)\] ?(.*)")


@dataclass(frozen=True)
class LabelledPassage:
    """A passage of a training agreement: its text as the checker sees it, and the labels by requirement."""

    agreement: str
    heading: str
    text: str
    parties: dict[str, str]
    limbs: dict[str, list[str]]
    harms: dict[str, list[str]]
    verdicts: dict[str, str]
    flags: frozenset[str]


def load(path: Path) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the front matter and the anchored paragraphs of one file."""
    found = re.match(r"---\n(.*?)\n---\n(.*)", path.read_text("utf-8"), re.S)
    assert found, f"{path}: front matter between two lines `---` is missing"
    paragraphs = [(m[1], m[2]) for line in found[2].splitlines() if (m := ANCHOR.match(line))]
    return yaml.safe_load(found[1]), paragraphs


def agreement_of(name: str, paragraphs: list[tuple[str, str]]) -> tuple[Agreement, dict[int, str]]:
    """Return anchored paragraphs as an agreement, and the anchor of each offset at which one begins."""
    read: list[Paragraph] = []
    anchors: dict[int, str] = {}
    at, table, row, inside = 0, 0, 0, False
    for anchor, text in paragraphs:
        anchors[at] = anchor
        if text.startswith("|"):
            table, row, inside = (table, row + 1, True) if inside else (table + 1, 0, True)
            for cell, words in enumerate(c.strip() for c in text.strip().strip("|").split("|")):
                read.append(Paragraph(words, at, "table", row=(table, row), cell=cell))
                at += len(words) + 1
            continue
        inside = False
        level = len(re.match(r"#*", text)[0])  # type: ignore[index]
        words = text.lstrip("# ").replace("**", "")
        read.append(Paragraph(words, at, "body", level=max(level - 1, 1) if level else 0))
        at += len(words) + 1
    return Agreement(name, tuple(read)), anchors


def labelled(folder: Path, lexicon: Lexicon) -> Iterator[LabelledPassage]:
    """Yield each passage of each agreement in `folder`."""
    for path in sorted(folder.glob("*.md")):
        meta, paragraphs = load(path)
        agreement, anchors = agreement_of(path.stem, paragraphs)
        passages = passages_of(agreement, lexicon)
        parties = named_in((p.text for p in passages), lexicon)
        labels = meta["labels"]
        for passage in passages:
            if not passage.speaks:
                continue
            anchor = anchors[passage.start]
            yield LabelledPassage(
                path.stem,
                passage.heading,
                passage.whole,
                parties,
                {r: lab["at"][anchor] or [] for r, lab in labels.items() if anchor in (lab.get("at") or {})},
                {r: lab["harms"][anchor] for r, lab in labels.items() if anchor in (lab.get("harms") or {})},
                {r: lab["verdict"] for r, lab in labels.items()},
                frozenset(f["flag"] for f in meta.get("flags") or [] if anchor in f["at"]),
            )
