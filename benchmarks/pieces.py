"""A clause as pieces that can be changed, and the small agreement that is made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from mougen.agreement import Agreement, Paragraph
from mougen.draft.plan import Plan, PlannedClause

SUBCLAUSE, ITEM, HEADING = 2, 3, 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a clause: level 1 for the heading, 2 for a sub-clause, 3 for an item; `cells` for a row."""

    text: str
    level: int = SUBCLAUSE
    label: str = ""
    cells: tuple[str, ...] = ()


Pieces = tuple[Piece, ...]


def each(pieces: Pieces, change: Callable[[str], str]) -> Pieces:
    """Return `pieces` with the words of all but the heading changed."""
    return tuple(p if p.level == HEADING else replace(p, text=change(p.text)) for p in pieces)


def agreement_of(pieces: Pieces) -> Agreement:
    """Return `pieces` as they are read from Word, with their numbers as labels."""
    read: list[Paragraph] = []
    at = row = 0
    for piece in pieces:
        row = row + 1 if piece.cells else 0
        for cell, text in enumerate(piece.cells or (piece.text,)):
            level = 1 if piece.level == HEADING else 0
            place = (len(pieces), row) if piece.cells else None
            read.append(Paragraph(text, at, "table" if place else "body", piece.label, level, place, cell))
            at += len(text) + 1
    return Agreement("mutant", tuple(read))


def pieces_of(plan: Plan) -> dict[str, Pieces]:
    """Return each clause of a plan that meets a requirement, by id."""
    return {
        item.id: (Piece(item.title, HEADING, _digits(item)), *_pieces(item)) for item in plan.items if item.clause.meets
    }


def _pieces(item: PlannedClause) -> Iterator[Piece]:
    number = letter = 0
    for block in item.blocks:
        if block.rows:
            yield from (Piece("", cells=tuple("".join(r.text for r in cell) for cell in row)) for row in block.rows)
        elif block.level > SUBCLAUSE:
            letter += 1
            yield Piece(block.text, ITEM, f"({chr(96 + letter)})")
        else:
            number, letter = number + 1, 0
            yield Piece(block.text, label=f"{_digits(item)}.{number}")


def _digits(item: PlannedClause) -> str:
    """Return the bare number of a clause, which some languages call an article ("Article 4", "Cláusula 4.ª")."""
    found = re.search(r"\d+", item.number)
    return found[0] if found else item.number
