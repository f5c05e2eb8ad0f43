"""Collects paragraphs in reading order and hands them back as an `Agreement` whose spans are exact."""

from __future__ import annotations

from collections.abc import Iterable

from ..agreement import Agreement, Mark, Paragraph, Place
from ..errors import ReadError

MAX_PARAGRAPHS = 200_000


class Sheet:
    """A growing agreement: `add` paragraphs one by one, then ask for the `agreement`."""

    __slots__ = ("_calls", "_offset", "_paragraphs", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self._paragraphs: list[Paragraph] = []
        self._offset = 0
        self._calls = 0

    def add(
        self,
        text: str,
        *,
        place: Place = "body",
        label: str = "",
        level: int = 0,
        row: tuple[int, int] | None = None,
        cell: int = 0,
        page: int = 0,
        marks: tuple[Mark, ...] = (),
        anchors: tuple[str, ...] = (),
    ) -> bool:
        """Append one paragraph and say whether it was visible; blank ones are counted, not kept.

        Raises ReadError beyond `MAX_PARAGRAPHS`, a bound that no agreement reaches and a hostile file does.
        """
        self._calls += 1
        if self._calls > MAX_PARAGRAPHS:
            raise ReadError(f"{self.name} has more than {MAX_PARAGRAPHS:,} paragraphs; give the agreement alone.")
        text = one_line(text)
        if not text:
            return False
        self._paragraphs.append(Paragraph(text, self._offset, place, label, level, row, cell, page, marks, anchors))
        self._offset += len(text) + 1  # the line feed by which Agreement.text joins
        return True

    def agreement(self, notes: Iterable[str]) -> Agreement:
        """The finished agreement; raises ReadError when nothing visible was added."""
        if not self._paragraphs:
            raise ReadError(f"{self.name} has no text; check that it is the right file.")
        return Agreement(self.name, tuple(self._paragraphs), tuple(dict.fromkeys(notes)))

    def visible_characters(self) -> int:
        """How many characters other than spaces the text proper has, headers, footers and comments left out."""
        kept = (p.text for p in self._paragraphs if p.place not in ("header", "footer", "comment"))
        return sum(len("".join(text.split())) for text in kept)


def one_line(text: str) -> str:
    """`text` without line feeds (they separate paragraphs) and without spaces at the ends."""
    if "\n" in text or "\r" in text:
        text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return text.strip()
