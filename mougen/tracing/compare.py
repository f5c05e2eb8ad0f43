"""Record and file in, verdict out: what became of each clause, and what is there that was not drafted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..agreement import Agreement
from ..draft.parts import version_of
from ..errors import DataError
from ..language import Language
from ..library import Library
from .matching import Matching
from .outside import Outside
from .placing import Places
from .record import Drafted, Record
from .trace import Change, Foreign, Since, Status, Trace, TracedClause
from .units import Unit, units_of
from .words import Piece, Renumber, Word, difference, key_of

LINKS = 3  # letters of the longest word that joins two numbers of clauses: "and", "or", "et", "y"
REWRITTEN = 10  # words under a heading from which a clause is called rewritten and not deleted
TRACKED = frozenset(("inserted", "moved", "deletions"))


def compare(record: Record, agreement: Agreement, library: Library) -> Trace:
    """Return what became of the draft of which `record` tells in `agreement`, the same file as it reads now."""
    units = units_of(agreement, alone=bool(record.facing))
    language = library.language(record.language)
    outside = Outside(record, units)
    matching = Matching(record.clauses, units, outside.aside)
    places = Places(record.clauses, units, matching, outside.aside if record.facing else ())
    outside.learn(units[start].text for start in matching.starts.values())
    comparison = _Comparison(record, units, matching, places, language)
    frame, foreign = outside.sorted_out([units[i] for i in sorted(matching.free)], comparison.renumber)
    frame += outside.missing(units, language)
    clauses = tuple(comparison.clause(n, [u for u, _ in foreign], library) for n in range(len(record.clauses)))
    return Trace(
        file=agreement.name,
        library=record.library,
        library_now=library.digest,
        jurisdiction=record.jurisdiction,
        language=record.language,
        register=record.register,
        clauses=clauses,
        foreign=tuple(comparison.foreign(unit, text) for unit, text in foreign),
        frame=tuple(frame),
        notes=agreement.notes,
    )


def since(clause: Drafted, library: Library) -> Since:
    """Tell whether the library still has the text from which a clause was drafted, in any of its variants."""
    if clause.id not in library.clauses:
        return "gone"
    try:
        versions = {version_of(variant) for variant in library.clauses[clause.id]}
    except DataError:
        return "changed"
    return "same" if clause.version in versions else "changed"


class _Comparison:
    """Words the verdict on each clause from what was matched."""

    def __init__(
        self, record: Record, units: Sequence[Unit], matching: Matching, places: Places, language: Language
    ) -> None:
        self.record, self.units, self.matching, self.places = record, units, matching, places
        self.moved = places.moved()
        self.renumber = _renumbering(record, places.numbers, language)

    def clause(self, number: int, foreign: Iterable[Unit], library: Library) -> TracedClause:
        drafted, there = self.record.clauses[number], number in self.places.positions
        inserted = [unit for unit in foreign if self.places.owners[unit.index] == number]
        changes = tuple(self._changes(number, inserted))
        moved = number in self.moved
        emptied = there and self._emptied(number, inserted)
        status: Status = "edited" if changes else "moved" if moved else "untouched"
        return TracedClause(
            id=drafted.id,
            number=drafted.number,
            title=drafted.title,
            status=status if there and not emptied else "deleted",
            version=drafted.version,
            since=since(drafted, library),
            now=self.places.numbers[number] if there else "",
            moved=moved,
            where=self._before(number) if moved else "",
            changes=changes,
        )

    def foreign(self, unit: Unit, text: str) -> Foreign:
        owner = self.places.owners[unit.index]
        return Foreign(
            text=text,
            where=self.places.where(unit),
            clause="" if owner is None else self.record.clauses[owner].id,
            tracked=bool(TRACKED & set(unit.marks)),
            hidden="hidden" in unit.marks,
        )

    def _before(self, number: int) -> str:
        """Return after which clause a clause stands now."""
        position = self.places.positions[number]
        earlier = [(unit, clause) for clause, unit in self.places.positions.items() if unit < position]
        return f"after {self.places.name(max(earlier)[1])}" if earlier else "before all other clauses"

    def _emptied(self, number: int, inserted: Sequence[Unit]) -> bool:
        """Tell whether under its heading nothing of a clause is left, and no other text of any length."""
        lines = self.matching.lines(number)
        if len(lines) < 2 or any(line in self.matching.pairs for line in lines[1:]):
            return False
        return sum(len(unit.key) for unit in inserted) < REWRITTEN

    def _changes(self, number: int, inserted: Sequence[Unit]) -> Iterator[Change]:
        """Yield what is otherwise in a clause, in the order of the draft, then what was put into it."""
        if number in self.matching.whole:
            strayed, lines = frozenset[int](), []
        else:
            strayed, lines = self.places.strayed(number), self.matching.lines(number)
        for line in lines:
            text = self.record.clauses[number].lines[line[1]]
            unit = self.matching.pairs.get(line)
            if unit is None:
                yield Change("deleted", (Piece("deleted", text),))
            else:
                yield from self._paired(text, self.units[unit], strayed=line[1] in strayed)
        for new in inserted:
            yield Change("inserted", (Piece("inserted", new.text),), self.places.where(new), _tracked([new]))

    def _paired(self, old: str, unit: Unit, *, strayed: bool) -> Iterator[Change]:
        parts = [unit, *(self.units[i] for i in self.matching.joined.get(unit.index, ()))]
        new = " ".join(part.text for part in parts)
        # What was joined to it begins with a number of its own, which says nothing.
        pieces = difference(old, new, self.renumber) if key_of(old) != sum((p.key for p in parts), ()) else ()
        if strayed:
            yield Change("moved", pieces or (Piece("same", unit.text),), self.places.where(unit), _tracked(parts))
        elif pieces:
            yield Change("edited", pieces, self.places.where(unit), _tracked(parts))


def _tracked(units: Iterable[Unit]) -> bool:
    return any(TRACKED & set(unit.marks) for unit in units)


def _renumbering(record: Record, numbers: Sequence[str], language: Language) -> Renumber:
    """Return the function that puts the numbers of clauses as they are now in place of those that were drafted."""
    now = {_last(c.number): _last(number) for c, number in zip(record.clauses, numbers, strict=True) if c.number}
    bound = {word.lower().rstrip(".") for word in language.bound}

    def renumber(words: Sequence[Word]) -> Sequence[Word]:
        refers, found = False, []  # a number is that of a clause where a word leads to it: "clauses 3, 4 and 7"
        for word in words:
            small = word.key == "," or (len(word.key) <= LINKS and word.key.islower())
            refers = word.key.lower() in bound or (refers and (small or word.key in now))
            found.append(Word(now[word.key], now[word.key], word.spaced) if refers and word.key in now else word)
        return found

    return renumber


def _last(number: str) -> str:
    return number.split()[-1].strip(".") if number.split() else ""
