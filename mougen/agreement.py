"""An agreement as a person sees it: paragraphs in reading order, each with its number, place and span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Place = Literal["body", "table", "header", "footer", "footnote", "endnote", "text box", "comment"]
Mark = Literal["inserted", "moved", "deletions", "struck", "hidden", "contents"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One visible paragraph.

    `text` is the final view: tracked insertions are in, tracked deletions are out; automatic numbers are in
    `label`, never in `text` (a number typed by hand stays in `text`). `start` is the offset of the
    text in `Agreement.text`, in characters. `level` is 1-9 for headings, else 0. `row` is the same
    non-empty (table, row) for all paragraphs of one table row, so that a row can be read as one. `marks`
    says what a reader should know: tracked insertion or move, tracked deletions inside, struck through, hidden, an
    entry of the table of contents.
    `anchors` are bookmarks that mougen set in a draft, each where a clause begins.
    """

    text: str
    start: int
    place: Place = "body"
    label: str = ""
    level: int = 0
    row: tuple[int, int] | None = None
    cell: int = 0
    page: int = 0
    marks: tuple[Mark, ...] = ()
    anchors: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was read from one file; `notes` are sentences on how it was read that a reviewer must know.

    `text` is all paragraph texts joined by line feeds; every span in a review indexes it.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs)
