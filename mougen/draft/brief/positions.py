"""Plan in, negotiation brief out: what the deal gives up, the ladder of what is contested, and what is still open.

For the team of the company and for nobody else. What it says lies in the library; nothing is judged here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...clause import Clause
from ...library import Library
from ...requirement import Requirement, Severity
from ..context import signatories_of
from ..notes import spoken
from ..plan import Plan, PlannedClause, make_plan

LEFT_OUT = "left out"
LADDER = ("preferred", "fallback", "weak")


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement that applies to the deal; `asks` are the things that a text has to say to meet it."""

    id: str
    number: int
    title: str
    severity: Severity
    core: bool
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """One wording of a clause: what it gives up, and `note`, which has the objection that it answers."""

    name: str
    gives_up: str
    risk: str
    outside: str
    note: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where a clause stands in the deal: on which rung of `ladder`, or left out, and what that costs.

    `number` is empty for a clause without one. `lost` are the requirements that nothing in the text meets any more
    because of it; `referred` are the clauses that refer to one that is left out.
    """

    id: str
    number: str
    title: str
    rung: str
    ladder: tuple[Rung, ...]
    red_line: str
    lost: tuple[Asked, ...] = ()
    referred: tuple[str, ...] = ()

    @property
    def now(self) -> Rung:
        """The wording that is taken; of a clause that is left out, the lowest that it has."""
        return next((rung for rung in self.ladder if rung.name == self.rung), self.ladder[-1])

    @property
    def conceded(self) -> bool:
        return self.rung != "preferred"

    @property
    def contested(self) -> bool:
        return len(self.ladder) > 1


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement with the clauses that carry it or did, how they are worded, and how many blanks they have."""

    asked: Asked
    positions: tuple[Position, ...]
    carried: bool
    blanks: int

    @property
    def rung(self) -> str:
        """The best wording among the clauses, empty where there is no clause at all."""
        rungs = [position.rung for position in self.positions]
        return next((name for name in (*LADDER, LEFT_OUT) if name in rungs), "")


@dataclass(frozen=True, slots=True)
class Party:
    """A force that is to sign, with its unit and the office that signs for it."""

    name: str
    unit: str
    signatory: str


@dataclass(frozen=True, slots=True)
class Approval:
    """An approval or registration under national law, and whether it comes before signature."""

    what: str
    before: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief for the team that negotiates one deal; print it with `.markdown()`, `.docx()` or `.json()`."""

    plan: Plan
    positions: tuple[Position, ...]
    rows: tuple[Row, ...]
    parties: tuple[Party, ...]
    approvals: tuple[Approval, ...]

    @property
    def concessions(self) -> tuple[Position, ...]:
        """The clauses that are left out or below their first wording."""
        return tuple(p for p in self.positions if p.conceded)

    @property
    def contested(self) -> tuple[Position, ...]:
        """The clauses that have a ladder."""
        return tuple(p for p in self.positions if p.contested)

    @property
    def red_lines(self) -> tuple[Position, ...]:
        """The clauses that have a red line."""
        return tuple(p for p in self.positions if p.red_line)

    @property
    def lost(self) -> tuple[Asked, ...]:
        """The requirements that apply and that nothing in the text meets."""
        return tuple(row.asked for row in self.rows if not row.carried)

    def markdown(self) -> str:
        """Return the brief as Markdown."""
        from .as_markdown import rendered

        return rendered(self)

    def docx(self) -> bytes:
        """Return the brief as a Word file, the same bytes each time; raises DraftError where it is not sound."""
        from .as_docx import rendered

        return rendered(self)

    def json(self) -> str:
        """Return the brief as JSON."""
        from .as_json import rendered

        return rendered(self)


def make_brief(plan: Plan, library: Library) -> Brief:
    """Return the brief for the deal of `plan`, which was made from `library`."""
    arrangement = dataclasses.replace(plan.deal.clauses, drop=())
    whole = make_plan(dataclasses.replace(plan.deal, clauses=arrangement), library) if plan.deal.clauses.drop else plan
    facts = plan.deal.facts.true
    asked = {r.id: _asked(r, plan, facts) for r in library.requirements.values() if r.applies_to(facts)}
    base = {
        item.id: library.clause(item.id, plan.country.id, plan.language.code) or item.clause for item in whole.items
    }
    present = {item.id: item for item in plan.items}
    positions = tuple(_position(item, base[item.id], present, whole, asked, library, plan) for item in whole.items)
    return Brief(
        plan=plan,
        positions=positions,
        rows=tuple(_rows(asked, positions, base, present)),
        parties=tuple(_parties(plan)),
        approvals=tuple(_approvals(plan)),
    )


def _asked(requirement: Requirement, plan: Plan, facts: frozenset[str]) -> Asked:
    say = plan.language.say
    return Asked(
        requirement.id,
        requirement.number,
        say(requirement.title),
        requirement.severity_for(facts),
        requirement.core,
        tuple(say(limb.asks) for limb in requirement.needed_limbs(facts)),
    )


def _position(
    item: PlannedClause,
    base: Clause,
    present: Mapping[str, PlannedClause],
    whole: Plan,
    asked: Mapping[str, Asked],
    library: Library,
    plan: Plan,
) -> Position:
    here = present.get(item.id)
    wordings = (library.clause(item.id, plan.country.id, plan.language.code, name) for name in LADDER)
    ladder = tuple(Rung(c.rung, c.gives_up, c.risk, c.outside, c.note) for c in wordings if c)
    conceded = here is None or here.clause.rung != "preferred"
    return Position(
        id=item.id,
        number=here.number if here else "",
        title=item.title,
        rung=here.clause.rung if here else LEFT_OUT,
        ladder=ladder,
        red_line=base.red_line,
        lost=tuple(asked[id] for id in base.meets if conceded and id in asked and id in plan.unmet),
        referred=() if here else tuple(_referring(item.id, present, whole)),
    )


def _referring(id: str, present: Mapping[str, PlannedClause], whole: Plan) -> Iterator[str]:
    """Yield the id of each clause of the deal that would refer to clause `id` if it were there."""
    for item in whole.items:
        cells = [cell for block in item.blocks for row in block.rows for cell in row]
        runs = [run for runs in (*(block.runs for block in item.blocks), *cells) for run in runs]
        if item.id in present and any(run.kind == "ref" and run.target == id for run in runs):
            yield item.id


def _rows(
    asked: Mapping[str, Asked],
    positions: tuple[Position, ...],
    base: Mapping[str, Clause],
    present: Mapping[str, PlannedClause],
) -> Iterator[Row]:
    for id, requirement in asked.items():
        carriers = tuple(p for p in positions if p.id in present and id in present[p.id].clause.meets)
        shown = carriers or tuple(p for p in positions if id in base[p.id].meets)
        blanks = {path for p in carriers for path in present[p.id].blanks}
        yield Row(requirement, shown, bool(carriers), len(blanks))


def _parties(plan: Plan) -> Iterator[Party]:
    for force in plan.deal.forces:
        institution = plan.country.institutions_by_id[force.institution]
        offices = [s.office for s in signatories_of(plan.deal, force.institution) if s.office.strip()]
        yield Party(institution.name, force.unit, "; ".join(offices) or institution.signatory)


def _approvals(plan: Plan) -> Iterator[Approval]:
    language = plan.language
    yield from (Approval(spoken(a.what, a, language), True) for a in plan.country.approvals)
    for registration in plan.country.registrations:
        where = f" ({registration.where})" if registration.where else ""
        yield Approval(spoken(f"{registration.what}{where}", registration, language), False)
