"""What the draft had outside its clauses: contents, part headings, signature blocks, notes, headers and footers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ..language import Language
from .record import Record
from .trace import Change
from .units import FURNITURE, Unit
from .words import Key, Piece, Renumber, difference, key_of, likeness, words_of

ALIKE = 0.6  # likeness from which a line is one of the draft's own, edited or filled in
TELLING = 3  # words of a line that is missed when it is gone
NOTE = "Note to the drafter: delete this page before signature"
RUN = 3  # lines that name headings one after the other and so make a table of contents
TRACKED = frozenset(("inserted", "moved", "deletions"))


class Outside:
    """Knows the lines of the draft that belong to no clause; `aside` are the units that are just such lines."""

    def __init__(self, record: Record, units: Sequence[Unit]) -> None:
        self.frame = {key_of(line): line for line in record.frame}
        self.masked = {_masked(key) for key in self.frame}
        lines = [line for clause in record.clauses for line in clause.lines]
        self.known = {key_of(line) for line in lines}
        self.headings = {_core(clause.title) for clause in record.clauses}
        self.titles = {_core(clause.title) for clause in record.clauses} | {_core(line) for line in record.frame}
        read = {key_of(paragraph.text) for unit in units for paragraph in unit.paragraphs}
        self.left = {key: line for key, line in self.frame.items() if key not in read and key not in self.known}
        self.aside = frozenset(self._aside(units))
        self.contents = frozenset(self._contents(units))
        self.aside |= self.contents
        self.furniture = [unit for unit in units if unit.first.place in FURNITURE]

    def learn(self, headings: Iterable[str]) -> None:
        """Take in what the headings say now, so that a refreshed table of contents is none the less known."""
        self.titles |= {_core(heading) for heading in headings}

    def sorted_out(self, free: Sequence[Unit], renumber: Renumber) -> tuple[list[Change], list[tuple[Unit, str]]]:
        """Return the changes to the draft's own lines, and with its text each unit that is foreign."""
        changes: list[Change] = []
        foreign: list[tuple[Unit, str]] = []
        for unit in [*free, *self.furniture]:
            rest = [text for text in self._texts(unit) if not self._ours(unit, text)]
            strange = []
            for text in rest:
                old = self._edited(text)
                if not old:
                    strange.append(text)
                elif pieces := difference(old, text, renumber):
                    changes.append(Change("edited", pieces, _place(unit), bool(TRACKED & set(unit.marks))))
            if strange:
                foreign.append((unit, " | ".join(strange)))
        return changes, foreign

    def _texts(self, unit: Unit) -> Iterator[str]:
        """Yield the text of a unit; a row of which the draft had a cell is taken cell by cell."""
        cells = [paragraph.text for paragraph in unit.paragraphs]
        if len(cells) > 1 and any(key_of(text) in self.frame for text in cells):
            yield from cells
        else:
            yield unit.text

    def _ours(self, unit: Unit, text: str) -> bool:
        key = key_of(text)
        if unit.first.place in FURNITURE and _masked(key) in self.masked:
            return True
        # The contents, refreshed: what a heading says, with a number or a page.
        return key in self.frame or (not unit.first.level and not unit.first.row and _core(text) in self.titles)

    def _edited(self, text: str) -> str:
        """Return the line of the frame of which `text` is an edited form, or nothing."""
        key = key_of(text)
        if ":" in key[:5]:
            label = key[: key.index(":") + 1]
            for other, line in self.frame.items():
                if other[: len(label)] == label and len(other) > len(label):
                    self.left.pop(other, None)
                    return line
        for lines in (self.left, self.frame):  # first those that are no longer there as they were
            rated = ((likeness(other, key, ALIKE), other) for other in lines)
            best, other = max(rated, default=(0.0, ()))
            if best >= ALIKE:
                self.left.pop(other, None)
                return self.frame[other]
        return ""

    def missing(self, units: Sequence[Unit], language: Language) -> list[Change]:
        """Return the lines outside the clauses that are gone, but for contents and the note to the drafter."""
        masked = {_masked(unit.key) for unit in units if unit.first.place in FURNITURE}
        note = key_of(language.say(NOTE))
        found = []
        for key in self.frame:
            if key == note:
                break  # the note is the last page, and is deleted before signature
            if key in self.left and len(key) >= TELLING and _core(self.left[key]) not in self.headings:
                found.append(key)
        lines = (self.left[key] for key in found if _masked(key) not in masked)
        return [Change("deleted", (Piece("deleted", line),), "outside the clauses") for line in lines]

    def _aside(self, units: Sequence[Unit]) -> Iterator[int]:
        """Yield headers and footers, and units that are lines of the frame and of nothing else."""
        for unit in units:
            cells = [key_of(paragraph.text) for paragraph in unit.paragraphs]
            apart = unit.first.place in FURNITURE or "contents" in unit.marks
            if apart or (unit.key not in self.known and all(c in self.frame for c in cells)):
                yield unit.index

    def _contents(self, units: Sequence[Unit]) -> Iterator[int]:
        """Yield the lines of a table of contents: several, one after the other, that say what headings say."""
        for entry, group in groupby(units, key=self._entry):
            run = list(group)
            if entry and len(run) >= RUN:
                yield from (unit.index for unit in run)

    def _entry(self, unit: Unit) -> bool:
        first = unit.first
        return not first.level and not first.row and first.place == "body" and _core(unit.text) in self.titles


def _place(unit: Unit) -> str:
    return unit.first.place if unit.first.place in FURNITURE else "outside the clauses"


def _masked(key: Key) -> Key:
    """Return a key in which every number is the same, as pages are counted anew."""
    return tuple("0" if word[:1].isdigit() else word for word in key)


def _core(text: str) -> Key:
    """Return what a heading says without the number before it and the page after it."""
    words = [word.key for word in words_of(text)]
    while len(words) > 1 and not words[0][:1].isalpha():
        del words[0]
    while len(words) > 1 and words[-1][:1].isdigit():
        del words[-1]
    return tuple(words)
