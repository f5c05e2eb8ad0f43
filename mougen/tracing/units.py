"""What came back, cut into units that are compared: a paragraph, or a table row as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ..agreement import Agreement, Mark, Paragraph
from ..reading.plain import heading_level
from .words import Key, key_of

FURNITURE = ("header", "footer")
HEADING = 12  # words of the longest line that is taken for a heading by its look alone


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or table row; `index` is its place among all, `anchors` the bookmarks of drafts in it.

    A unit that stands `alone` is a paragraph also where it stands in a table, as in a draft in two languages.
    """

    index: int
    paragraphs: tuple[Paragraph, ...]
    text: str
    key: Key
    alone: bool = False

    @property
    def first(self) -> Paragraph:
        return self.paragraphs[0]

    @property
    def anchors(self) -> tuple[str, ...]:
        return tuple(anchor for paragraph in self.paragraphs for anchor in paragraph.anchors)

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(dict.fromkeys(mark for paragraph in self.paragraphs for mark in paragraph.marks))

    @property
    def heads(self) -> bool:
        """Whether it is a heading, by its style or its look."""
        if self.first.place != "body" and not (self.alone and self.first.row):
            return False
        if self.first.level or heading_level(self.text):
            return True
        short = len(self.key) <= HEADING and not self.text.rstrip().endswith((".", ";", ",", ":"))
        return short and self.first.label[:1].isdigit() and "." not in self.first.label.rstrip(".")


def units_of(agreement: Agreement, *, alone: bool = False) -> tuple[Unit, ...]:
    """Return the units of `agreement` in reading order, comments left out; those of headers and footers come last.

    With `alone` every paragraph is one, also in tables.
    """
    return tuple(
        Unit(index, tuple(group), text, key_of(text), alone)
        for index, (group, text) in enumerate((g, _text(g)) for g in _groups(agreement, alone))
    )


def _groups(agreement: Agreement, alone: bool) -> Iterator[list[Paragraph]]:
    kept = (paragraph for paragraph in agreement.paragraphs if paragraph.place != "comment")
    for _, group in groupby(kept, key=lambda p: p.row if p.row and p.place == "table" and not alone else (p.start,)):
        yield list(group)


def _text(group: list[Paragraph]) -> str:
    """Return the text of a row with a tab between its cells, as the trace writes it."""
    cells = (" ".join(p.text for p in cell) for _, cell in groupby(group, key=lambda p: p.cell))
    return "\t".join(cells)
