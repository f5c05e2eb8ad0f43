"""Paragraphs in, passages out: what each piece of the agreement is, where it stands, and what leads into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ..agreement import Agreement, Paragraph
from .lexicon import Lexicon

Kind = Literal["clause", "recital", "definition", "heading", "row", "annex", "aside"]

ITEM = re.compile(r"\s*(?:\(?[a-z]{1,2}\)|\(?[ivxl]{1,5}\)|[-–•*]|\(?\d{1,2}(?:\)|[°º]))\s+")
ASIDE = ("header", "footer", "comment")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a table row; `start` and `end` index the agreement.

    `lead` is the sentence that opens the list it belongs to.
    """

    text: str
    start: int
    end: int
    where: str
    kind: Kind
    heading: str = ""
    lead: str = ""
    doubtful: str = ""

    @property
    def speaks(self) -> bool:
        """Whether it is text of the agreement that can state something: no heading, no header, not empty."""
        return self.kind not in ("heading", "aside") and bool(self.text.strip())

    @property
    def whole(self) -> str:
        """The passage with what leads into it."""
        return f"{self.lead} {self.text}" if self.lead else self.text


def passages_of(agreement: Agreement, lexicon: Lexicon) -> tuple[Passage, ...]:
    """Return the passages of `agreement` in reading order."""
    return tuple(_Reader(agreement, lexicon).passages())


class _Reader:
    """Walks the paragraphs once and remembers heading, part and lead-in."""

    def __init__(self, agreement: Agreement, lexicon: Lexicon) -> None:
        self.agreement, self.structure = agreement, lexicon.structure
        self.patterns, self.places, self.number = lexicon.patterns, lexicon.places, lexicon.number
        self.heading, self.lead = "", ""
        self.part: Kind = "clause"
        self.clause, self.headed = "", ""
        self.nests = bool(lexicon.ordinals)  # where clauses are "Segunda", their paragraphs are numbered 1, 2, 3
        self.count = 0

    def passages(self) -> Iterator[Passage]:
        for row, group in groupby(self.agreement.paragraphs, key=lambda p: p.row or (p.start,)):
            paragraphs = list(group)
            self.count += 1
            if len(row) == 2:
                yield self.row(paragraphs)
            else:
                yield self.paragraph(paragraphs[0])

    def row(self, cells: list[Paragraph]) -> Passage:
        text = "\t".join(p.text for p in cells)
        where = f"{self.place()}, {self.places.row} {cells[0].row[1] + 1}" if cells[0].row else self.place()
        kind: Kind = "aside" if self.part == "aside" or "contents" in cells[0].marks else "row"
        return Passage(text, cells[0].start, cells[-1].end, where, kind, self.heading, "", self.doubtful(cells[0]))

    def paragraph(self, paragraph: Paragraph) -> Passage:
        text, place = paragraph.text, paragraph.place
        if place in ASIDE or "contents" in paragraph.marks:
            return Passage(text, paragraph.start, paragraph.end, place, "aside")
        if self.is_heading(paragraph):
            return self.enter(paragraph)
        label = paragraph.label or self.typed_label(text)
        item = bool(ITEM.match(text) or ITEM.match(f"{label} ")) and bool(self.lead)
        if not item and self.headed and label.rstrip(".").isdigit():
            label = f"{self.headed}.{label}"
        lead = self.lead if item else ""
        if not item:
            self.lead = text if text.rstrip().endswith((":", ":-", "—", "–")) else ""
            self.clause = label or self.clause
        kind = self.part
        if self.part == "recital" and self.structure["operative"].match(text.strip().lower()):
            self.part, kind = "clause", "clause"
        elif self.part == "clause" and self.patterns["whereas"].match(text.lstrip()):
            kind = "recital"
        where = self.place(label, item)
        return Passage(text, paragraph.start, paragraph.end, where, kind, self.heading, lead, self.doubtful(paragraph))

    def is_heading(self, paragraph: Paragraph) -> bool:
        text = paragraph.text.strip()
        if paragraph.level or self.structure["aside"].match(text.lower()):
            return True
        if not text or len(text) > 90 or text.endswith((".", ";", ",", ":")):
            return False
        letters = [c for c in text if c.isalpha()]
        shouted = bool(letters) and all(c.isupper() for c in letters) and len(text.split()) <= 14
        titled = self.patterns["titled"].match(text)
        return shouted or (bool(titled) and len(text.split()) <= 12)

    def enter(self, paragraph: Paragraph) -> Passage:
        text = paragraph.text.strip()
        annexed = self.structure["annex"].match(paragraph.label.lower())
        self.heading, self.lead = f"{paragraph.label} {text}" if annexed else text, ""
        self.clause = paragraph.label or self.typed_label(text) or ""
        number = self.clause.rstrip(".")
        self.headed = number if self.nests and number.isdigit() else ""
        numbered = self.patterns["label"].match(f"{text} ")
        bare = text[numbered.end() :].lower() if numbered and numbered.end() < len(text) else text.lower()
        bare = bare.lstrip(" –—-:")  # "Article 1 – Définitions"
        if self.structure["annex"].match(self.heading.lower()) or self.structure["annex"].match(bare):
            self.part = "annex"
        elif self.structure["aside"].match(bare):
            self.part = "aside"
        elif self.structure["recital"].match(bare):
            self.part = "recital"
        elif self.structure["definition"].match(bare):
            self.part = "definition"
        elif self.part != "annex" or paragraph.level == 1:
            self.part = "clause"
        return Passage(text, paragraph.start, paragraph.end, self.place(), "heading", self.heading)

    def place(self, label: str = "", item: bool = False) -> str:
        if item and self.clause and label:
            label = f"{self.clause.rstrip('.')}{label}" if label.startswith("(") else f"{self.clause} {label}"
        number = label or self.clause
        if self.part == "annex" and self.heading:
            short = re.split(r"\s*[:–]", self.heading)[0][:40]
            return f"{short}, {number}" if label and number != short else short
        if not number:
            return f"{self.places.paragraph} {self.count}"
        return f"{self.places.clause} {number if item else number.strip('.()')}"

    def typed_label(self, text: str) -> str:
        found = self.patterns["label"].match(text)
        return self.number(found["spelt"] or found["number"]) if found else ""

    def doubtful(self, paragraph: Paragraph) -> str:
        """Return why a passage cannot be relied on as agreed text, or nothing."""
        if "struck" in paragraph.marks:
            return "struck through"
        if self.patterns["left_open"].search(paragraph.text):
            return "left open in square brackets"
        return ""
