"""Small agreements for tests of reviewing, and the pieces that its steps take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mougen.agreement import Agreement, Mark, Paragraph, Place
from mougen.library import Library, bundled_library
from mougen.review.engine import review_agreement
from mougen.review.finding import Review
from mougen.review.lexicon import Lexicon, load_lexicon
from mougen.review.structure import Passage, passages_of

LIBRARY: Library = bundled_library()
ENGLISH: Lexicon = load_lexicon("en")
OPENING = (
    "# Agreement on the security of the Tamarind Ridge quarry",
    'This agreement is between the Ostrava State Police (the "Police") and Tamarind Stone Limited (the "Company").',
)


def made(*lines: str, name: str = "made.txt") -> Agreement:
    """Return `lines` as an agreement: "# " and "## " open headings, "| a | b" is a row; rows in a row are a table."""
    paragraphs: list[Paragraph] = []
    at, table, row, inside = 0, 0, 0, False
    for line in lines:
        if line.startswith("|"):
            table, row, inside = (table, row + 1, True) if inside else (table + 1, 0, True)
            for cell, words in enumerate(part.strip() for part in line.strip("| ").split("|")):
                paragraphs.append(Paragraph(words, at, "table", row=(table, row), cell=cell))
                at += len(words) + 1
            continue
        inside = False
        words = line.lstrip("#").lstrip()
        level = len(line) - len(line.lstrip("#"))
        paragraphs.append(Paragraph(words, at, level=level))
        at += len(words) + 1
    return Agreement(name, tuple(paragraphs))


def paragraph(text: str, *marks: Mark, place: Place = "body", label: str = "", level: int = 0) -> Paragraph:
    return Paragraph(text, 0, place, label, level, marks=marks)


def agreement_of(paragraphs: Iterable[Paragraph], name: str = "made.docx") -> Agreement:
    """Return an agreement of `paragraphs`, each put where it begins."""
    placed: list[Paragraph] = []
    at = 0
    for p in paragraphs:
        placed.append(Paragraph(p.text, at, p.place, p.label, p.level, p.row, p.cell, p.page, p.marks))
        at += len(p.text) + 1
    return Agreement(name, tuple(placed))


def passages(*lines: str) -> tuple[Passage, ...]:
    return passages_of(made(*lines), ENGLISH)


def reviewed(*lines: str, facts: Mapping[str, bool] | None = None) -> Review:
    """Return the review of `lines` below an opening that names the parties."""
    return review_agreement(made(*OPENING, *lines), facts=facts or {}, library=LIBRARY)


def verdicts(review: Review) -> dict[str, str]:
    return {finding.requirement: finding.verdict for finding in review.findings}


class Remembering:
    """Stands in for `pipeline.parse` and parses no text twice; a document depends on its text and the parties alone."""

    def __init__(self) -> None:
        from mougen.review import pipeline

        self.parse = pipeline.parse
        self.known: dict[Any, Any] = {}

    def __call__(self, texts: Iterable[str], known: Mapping[str, str], language: str) -> list[Any]:
        texts, parties = list(texts), frozenset(known.items())
        new = list(dict.fromkeys(text for text in texts if (text, parties, language) not in self.known))
        for text, doc in zip(new, self.parse(new, known, language), strict=True):
            self.known[text, parties, language] = doc
        return [self.known[text, parties, language] for text in texts]
