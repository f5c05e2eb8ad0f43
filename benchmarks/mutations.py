"""Clauses of the library spoilt in ways that agreements are spoilt in, and how many of them the review sees through.

`python -m benchmarks.mutations` prints the kill rate of each mutation; `tests/review/test_mutations.py` keeps it up. A
mutant is killed if its requirement is not met any more. The clause as it is, and as a scan shows it, must stay met.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mougen.draft.plan import make_plan
from mougen.library import Library, bundled_library
from mougen.requirement import FACTS, Requirement
from mougen.review.engine import review_agreement

from .foreign import OPENINGS, spoiling_in
from .pieces import HEADING, SUBCLAUSE, Piece, Pieces, agreement_of, each, pieces_of
from .texts import SPOKEN, full

OPENING: Pieces = (
    Piece("Memorandum of Understanding", HEADING),
    Piece('This Agreement is made between the Police Service of the State (the "Force") and'),
    Piece('Quartz Hill Mining Limited (the "Company").'),
    Piece("General", HEADING, "1"),
    Piece("In this Agreement Personnel means every member of the Force who is assigned to the Site.", label="1.1"),
)


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


# What can be told in which time; of the other requirements none asks for a time.
TIMED = (
    "conduct-detention",
    "violations-procedure",
    "violations-force-report",
    "violations-investigation",
    "violations-withdrawal",
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A clause under one mutation, with the requirement that it met."""

    language: str
    clause: str
    requirement: Requirement
    mutation: str
    pieces: Pieces

    def verdict(self, library: Library) -> str:
        """Return the verdict on an agreement that has nothing but this clause."""
        opening = OPENINGS.get(self.language, OPENING)
        review = review_agreement(
            agreement_of((*opening, *self.pieces)), facts=dict.fromkeys(FACTS, True), library=library
        )
        return review[self.requirement.id].verdict


def spoiling(language: str) -> Mapping[str, Callable[[Pieces], Pieces]]:
    """Return what spoils a clause in `language`: the whole set in English, a smaller one elsewhere."""
    return SPOILING if language == "en" else spoiling_in(language)


def mutants(clauses: Mapping[str, Pieces], library: Library, language: str = "en") -> Iterator[Mutant]:
    """Yield every mutant of every clause, those that keep it first; `clauses` are by id."""
    keeping = KEEPING if language == "en" else {"unchanged": unchanged}
    for mutation, change in {**keeping, **spoiling(language)}.items():
        for id, pieces in clauses.items():
            for requirement in (library.requirements[r] for r in library.clauses[id][0].meets):
                if pointless(mutation, id, requirement):
                    continue
                changed = change(pieces)
                if mutation == "unchanged" or changed != pieces:
                    yield Mutant(language, id, requirement, mutation, changed)


def pointless(mutation: str, clause: str, requirement: Requirement) -> bool:
    """Tell whether a clause under a mutation still meets, or may be said to meet, what is asked."""
    if mutation == "of the company alone":
        return requirement.obligor not in ("force", "both")
    if mutation == "without times":
        return requirement.id not in TIMED
    return clause in {"cut": WHOLE_AT_ONCE, "softened": WITHOUT_VERBS}.get(mutation, ())


def everything(language: str = "en") -> dict[str, Pieces]:
    """Return the clauses of a deal in which every fact holds."""
    return pieces_of(make_plan(full(language), bundled_library()))


def survivors(found: Iterator[Mutant], library: Library) -> dict[str, dict[str, bool]]:
    """Return by mutation whether each requirement is still met."""
    met: dict[str, dict[str, bool]] = {}
    for mutant in found:
        met.setdefault(mutant.mutation, {})[mutant.requirement.id] = mutant.verdict(library) == "met"
    return met


def kill_rate(met: Mapping[str, Mapping[str, bool]], mutations: Iterable[str] = ()) -> float:
    """Return the share of mutants of `mutations` (all that spoil) that are not met any more, of those met before."""
    verdicts = [still for m in mutations or (m for m in met if m not in KEEPING) for still in _met_before(met, m)]
    return 1 - sum(verdicts) / len(verdicts)


def _met_before(met: Mapping[str, Mapping[str, bool]], mutation: str) -> list[bool]:
    return [still for id, still in met[mutation].items() if met["unchanged"][id]]


def counted(met: Mapping[str, Mapping[str, bool]]) -> dict[str, tuple[int, int]]:
    """Return how many clauses are met unspoilt, and by mutation how many mutants of these are seen through; of all."""
    unspoilt = met["unchanged"].values()
    found = {m: _met_before(met, m) for m in met if m not in KEEPING}
    seen = {m: (len(still) - sum(still), len(still)) for m, still in found.items()}
    every = (sum(killed for killed, _ in seen.values()), sum(count for _, count in seen.values()))
    return {"met unspoilt": (sum(unspoilt), len(unspoilt)), **seen, "all that spoil": every}


def tested(language: str) -> dict[str, dict[str, bool]]:
    """Return what the review says of all mutants in `language`."""
    library = bundled_library()
    return survivors(mutants(everything(language), library, language), library)


def main() -> None:
    """Print the table of each language."""
    for language in sys.argv[1:] or SPOKEN:
        met = tested(language)
        print(f"{language:<4}{'mutation':<22}{'mutants':>8}{'met':>6}{'killed':>9}   still met")
        for mutation, verdicts in met.items():
            still = [id for id, stays in verdicts.items() if stays]
            killed = "" if mutation in KEEPING else f"{kill_rate(met, [mutation]):.1%}"
            lost = [f"not {id}" for id in verdicts if id not in still] if mutation in KEEPING else still
            print(f"    {mutation:<22}{len(verdicts):>8}{len(still):>6}{killed:>9}   {', '.join(lost)}")
        print(f"    {'all that spoil':<22}{'':>14}{kill_rate(met):>9.1%}")


if __name__ == "__main__":
    main()
