"""Clauses of the library spoilt in ways that agreements are spoilt in, and how many of them the review sees through.

`python -m benchmarks.mutations` prints the kill rate of each mutation; `tests/review/test_mutations.py` keeps it up. A
mutant is killed if its requirement is not met any more. The clause as it is, and as a scan shows it, must stay met.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mougen.agreement import Agreement, Paragraph
from mougen.deal import Facts, read_deal
from mougen.draft.plan import Plan, PlannedClause, make_plan
from mougen.library import Library, bundled_library
from mougen.requirement import FACTS, Requirement
from mougen.review.engine import review_agreement

from .measure import ROOT

DEAL = ROOT / "samples" / "deals" / "ghana-gold.toml"
SUBCLAUSE, ITEM, HEADING = 2, 3, 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a clause: level 1 for the heading, 2 for a sub-clause, 3 for an item; `cells` for a row."""

    text: str
    level: int = SUBCLAUSE
    label: str = ""
    cells: tuple[str, ...] = ()


Pieces = tuple[Piece, ...]
OPENING: Pieces = (
    Piece("Memorandum of Understanding", HEADING),
    Piece('This Agreement is made between the Police Service of the State (the "Force") and'),
    Piece('Quartz Hill Mining Limited (the "Company").'),
    Piece("General", HEADING, "1"),
    Piece("In this Agreement Personnel means every member of the Force who is assigned to the Site.", label="1.1"),
)


def each(pieces: Pieces, change: Callable[[str], str]) -> Pieces:
    """Return `pieces` with the words of all but the heading changed."""
    return tuple(p if p.level == HEADING else replace(p, text=change(p.text)) for p in pieces)


def unchanged(pieces: Pieces) -> Pieces:
    return pieces


def scanned(pieces: Pieces) -> Pieces:
    """As a scan reads it: long words broken at line ends, and every twentieth l a 1."""

    broken, blurred = _broken(4), _every(20, "1")

    def noisy(text: str) -> str:
        text = re.sub(r"\b([^\W\d]{5})([^\W\d]{5,})\b(?=(?:\W+\w+){3})", broken, text)
        return re.sub("l", blurred, text)

    return each(pieces, noisy)


def _broken(nth: int) -> Callable[[re.Match[str]], str]:
    count = iter(range(1, sys.maxsize))
    return lambda found: f"{found[1]}-\n{found[2]}" if next(count) % nth == 0 else found[0]


def _every(nth: int, by: str) -> Callable[[re.Match[str]], str]:
    count = iter(range(1, sys.maxsize))
    return lambda found: by if next(count) % nth == 0 else found[0]


def negated(pieces: Pieces) -> Pieces:
    """Every duty is lifted, and what was forbidden is allowed."""

    def lifted(text: str) -> str:
        text = re.sub(r"\bNobody shall\b", "Anyone may", text)
        text = re.sub(r"\bNo (\w+(?: \w+){0,4}) shall\b", r"Any \1 may", text)
        text = re.sub(r"\bshall (?:not|never)\b", "may", text)
        return re.sub(r"\b(?:shall|must)\b", "shall not be required to", text)

    return each(pieces, lifted)


def softened(pieces: Pieces) -> Pieces:
    """Every duty becomes an endeavour."""

    def soft(text: str) -> str:
        text = re.sub(r"\bshall (not|never)\b", r"should endeavour, where practicable, \1 to", text)
        return re.sub(r"\b(?:shall|must)\b", "should endeavour, where practicable, to", text)

    return each(pieces, soft)


def of_the_company_alone(pieces: Pieces) -> Pieces:
    """What bound the force, or both parties, binds the company and its guards."""

    def swapped(text: str) -> str:
        text = re.sub(r"\b[Tt]he Force(?:’s|'s)?\b", "the Company’s security contractor", text)
        text = re.sub(r"\bPersonnel\b|\b[Oo]fficers\b|\b[Pp]ublic officers\b", "guards of the Company", text)
        text = re.sub(r"\bthe (?:Commander|State|police|army)\b", "the Company’s security manager", text)
        text = re.sub(r"\b(?:[Tt]he Parties|[Ee]ach Party|[Aa] Party|[Bb]oth Parties)\b", "the Company", text)
        return text[:1].upper() + text[1:]

    return each(pieces, swapped)


def in_a_recital(pieces: Pieces) -> Pieces:
    """The clause stands in the recitals."""
    paragraphs = [p for p in pieces if p.level != HEADING]
    told = (replace(p, text=f"WHEREAS {p.text[:1].lower()}{p.text[1:]}", label="") for p in paragraphs)
    return (Piece("Recitals", HEADING), *told)


def overridden(pieces: Pieces) -> Pieces:
    """Another clause takes it back."""
    number = pieces[0].label
    says = f"Notwithstanding any other clause, clause {number} does not apply during operations."
    return (*pieces, Piece("Final provisions", HEADING, "90"), Piece(says, label="90.1"))


def cut(pieces: Pieces) -> Pieces:
    """Only the first sub-clause is left."""
    starts = [i for i, p in enumerate(pieces) if p.level == SUBCLAUSE]
    return pieces[: starts[1]] if len(starts) > 1 else pieces


KEEPING: Mapping[str, Callable[[Pieces], Pieces]] = {"unchanged": unchanged, "scanned": scanned}
SPOILING: Mapping[str, Callable[[Pieces], Pieces]] = {
    "negated": negated,
    "softened": softened,
    "of the company alone": of_the_company_alone,
    "in a recital": in_a_recital,
    "overridden": overridden,
    "cut": cut,
}
# The first sub-clause of these says, or can be read to say, all that is asked.
WHOLE_AT_ONCE = ("un-standards", "use-of-force", "command", "disclosure")
# These say all that is asked in the present tense ("is conditional", "is legally binding"), which no soft verb touches.
WITHOUT_VERBS = ("support-conditions", "authority-and-effect")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A clause under one mutation, with the requirement that it met."""

    clause: str
    requirement: Requirement
    mutation: str
    pieces: Pieces

    def verdict(self, library: Library) -> str:
        """Return the verdict on an agreement that has nothing but this clause."""
        review = review_agreement(
            agreement_of((*OPENING, *self.pieces)), facts=dict.fromkeys(FACTS, True), library=library
        )
        return review[self.requirement.id].verdict


def mutants(clauses: Mapping[str, Pieces], library: Library) -> Iterator[Mutant]:
    """Yield every mutant of every clause, those that keep it first; `clauses` are by id."""
    for mutation, change in {**KEEPING, **SPOILING}.items():
        for id, pieces in clauses.items():
            for requirement in (library.requirements[r] for r in library.clauses[id][0].meets):
                if pointless(mutation, id, requirement):
                    continue
                changed = change(pieces)
                if mutation == "unchanged" or changed != pieces:
                    yield Mutant(id, requirement, mutation, changed)


def pointless(mutation: str, clause: str, requirement: Requirement) -> bool:
    """Tell whether a clause under a mutation still meets, or may be said to meet, what is asked."""
    if mutation == "of the company alone":
        return requirement.obligor not in ("force", "both")
    return clause in {"cut": WHOLE_AT_ONCE, "softened": WITHOUT_VERBS}.get(mutation, ())


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
        item.id: (Piece(item.title, HEADING, item.number), *_pieces(item)) for item in plan.items if item.clause.meets
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
            yield Piece(block.text, label=f"{item.number}.{number}")


def everything() -> dict[str, Pieces]:
    """Return the clauses of a deal in which every fact holds."""
    deal = replace(read_deal(DEAL), register="agreement", facts=Facts(**dict.fromkeys(FACTS, True)))
    return pieces_of(make_plan(deal, bundled_library()))


def survivors(found: Iterator[Mutant], library: Library) -> dict[str, dict[str, bool]]:
    """Return by mutation whether each requirement is still met."""
    met: dict[str, dict[str, bool]] = {}
    for mutant in found:
        met.setdefault(mutant.mutation, {})[mutant.requirement.id] = mutant.verdict(library) == "met"
    return met


def kill_rate(met: Mapping[str, Mapping[str, bool]], mutations: Iterable[str] = SPOILING) -> float:
    """Return the share of mutants of `mutations` that are not met any more, of those met before."""
    before = {id for id, still in met["unchanged"].items() if still}
    verdicts = [still for mutation in mutations for id, still in met[mutation].items() if id in before]
    return 1 - sum(verdicts) / len(verdicts)


def main() -> None:
    """Print the table."""
    library = bundled_library()
    met = survivors(mutants(everything(), library), library)
    print(f"{'mutation':<22}{'mutants':>8}{'met':>6}{'killed':>9}   still met")
    for mutation, verdicts in met.items():
        still = [id for id, stays in verdicts.items() if stays]
        killed = f"{kill_rate(met, [mutation]):.1%}" if mutation in SPOILING else ""
        lost = [f"not {id}" for id in verdicts if id not in still] if mutation in KEEPING else still
        print(f"{mutation:<22}{len(verdicts):>8}{len(still):>6}{killed:>9}   {', '.join(lost)}")
    print(f"{'all that spoil':<22}{sum(len(met[m]) for m in SPOILING):>8}{'':>6}{kill_rate(met):>9.1%}")


if __name__ == "__main__":
    main()
