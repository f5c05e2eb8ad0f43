"""Where things stand now: which clause a unit is in, what a place is called, and which clauses were moved."""

from __future__ import annotations

from collections.abc import Container, Sequence

from ..reading.plain import literal_label
from .matching import SHARE, Matching
from .record import Drafted
from .trace import named
from .units import FURNITURE, Unit

QUOTED = 7  # words of the text before a place by which it is found


class Places:
    """Knows for each unit the clause that it stands in, None where it stands in none."""

    def __init__(
        self, clauses: Sequence[Drafted], units: Sequence[Unit], matching: Matching, beside: Container[int] = ()
    ) -> None:
        """`beside` are units that stand beside the clauses, in a second language, and so end none."""
        self.clauses, self.units, self.matching = clauses, units, matching
        self.beside = beside
        self.positions = self._positions()
        self._paired = set(matching.pairs.values()).union(*matching.joined.values())
        self.numbers = [self._number(clause) for clause in range(len(clauses))]
        self.owners, self.after = self._owners()

    def _positions(self) -> dict[int, int]:
        """Return the unit at which each clause that is there begins."""
        found = dict(self.matching.starts)
        for clause in range(len(self.clauses)):
            paired = [self.matching.pairs[line] for line in self.matching.lines(clause) if line in self.matching.pairs]
            if clause not in found and paired and self.matching.share(clause) >= SHARE:
                found[clause] = min(paired)
        return found

    def _number(self, clause: int) -> str:
        """Return the number that a clause bears now, or else the one that it had."""
        start = self.matching.starts.get(clause)
        if start is None:
            return self.clauses[clause].number
        first = self.units[start].first
        return (first.label or literal_label(first.text)).strip(" .:–—-()") or self.clauses[clause].number

    def _owners(self) -> tuple[list[int | None], list[int | None]]:
        """Return for each unit the clause it is in, and the last clause before it."""
        begins = {unit: clause for clause, unit in self.positions.items()}
        owners: list[int | None] = []
        after: list[int | None] = []
        current = last = None
        for unit in self.units:
            if unit.index in begins:
                current = last = begins[unit.index]
            elif unit.first.place in FURNITURE or (unit.heads and self._foreign(unit)):
                current = None
            owners.append(current)
            after.append(last)
        return owners, after

    def _foreign(self, unit: Unit) -> bool:
        """Tell whether a heading is none of the draft's clauses and so ends the one before it."""
        return unit.index not in self._paired and unit.index not in self.beside

    def name(self, clause: int) -> str:
        return named(self.numbers[clause], self.clauses[clause].title)

    def where(self, unit: Unit) -> str:
        """Return the place of a unit in words."""
        if unit.first.place in FURNITURE:
            return unit.first.place
        owner, last = self.owners[unit.index], self.after[unit.index]
        if owner is not None:
            base = f"in {self.name(owner)}"
        else:
            base = f"after {self.name(last)}" if last is not None else "before the first clause"
        label = unit.first.label.rstrip(".")
        kind = "" if unit.first.place == "body" else f", {unit.first.place}"
        if unit.first.row:
            kind = f", table row {unit.first.row[1]}"
        if label and any(c.isalnum() for c in label) and owner is not None and unit.first.place == "body":
            return f"{base}, at {label}{kind}"
        before = self.units[unit.index - 1] if unit.index else None
        if before is None or before.first.place in FURNITURE or self.owners[before.index] != owner:
            return f"{base}{kind}"
        return f"{base}{kind}, after “{ending(before.text)}”"

    def moved(self) -> frozenset[int]:
        """Return the clauses that no longer stand in the order of the draft: as few words as explain it."""
        order = sorted(self.positions, key=lambda clause: self.positions[clause])
        weights = {clause: 1 + sum(map(len, self.matching.keys[clause])) for clause in order}
        return frozenset(order) - frozenset(heaviest(order, [weights[clause] for clause in order]))

    def strayed(self, clause: int) -> frozenset[int]:
        """Return the lines of a clause that stand in another one, or in another order inside it."""
        if clause in self.matching.whole:
            return frozenset()
        paired = [
            (self.matching.pairs[line], line[1]) for line in self.matching.lines(clause) if line in self.matching.pairs
        ]
        home = sorted(pair for pair in paired if self.owners[pair[0]] == clause)
        lines = [line for _, line in home]
        kept = heaviest(lines, [1 + len(self.matching.keys[clause][line]) for line in lines])
        return frozenset(line for _, line in paired) - frozenset(kept)


def heaviest(numbers: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Return the rising subsequence of `numbers`, all different, whose weights add up to most."""
    best: list[tuple[int, int]] = []  # (weight up to here, index of the one before, or -1)
    for index, number in enumerate(numbers):
        earlier = max(((best[i][0], i) for i in range(index) if numbers[i] < number), default=(0, -1))
        best.append((earlier[0] + weights[index], earlier[1]))
    index = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    found = []
    while index >= 0:
        found.append(numbers[index])
        index = best[index][1]
    return found[::-1]


def ending(text: str) -> str:
    """Return the last words of a text."""
    words = text.split()
    return ("… " if len(words) > QUOTED else "") + " ".join(words[-QUOTED:])
