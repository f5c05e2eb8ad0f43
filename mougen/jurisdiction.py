"""A country as data: who may sign, how support may lawfully flow, which treaties bind, who oversees the forces."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

from .requirement import Sourced

ForceKind = Literal["police", "gendarmerie", "army", "navy", "auxiliary"]
SupportModel = Literal[
    "statutory_fee", "company_paid_auxiliary", "budgeted_cooperation_agreement", "ad_hoc_mou", "restricted"
]


@dataclass(frozen=True, slots=True)
class Source:
    """Something that was read; `note` says how much of it."""

    id: str
    title: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution(Sourced):
    """A force: the unit of variation is the institution, not the country."""

    id: str
    kind: ForceKind
    name: str
    abbr: str
    ministry: str
    signatory: str
    models: tuple[SupportModel, ...]
    payee: str = ""
    units: tuple[str, ...] = ()
    statutes: tuple[str, ...] = ()
    gate: str = ""
    gate_basis: str = ""
    gate_approver: str = ""
    may_sign: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty(Sourced):
    """Whether an instrument binds the State; `year` is 0 where unknown or not a party."""

    instrument: str
    status: Literal["party", "signed", "not-party"]
    year: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversight(Sourced):
    """A body to which complaints about a force can go."""

    name: str
    abbr: str = ""
    role: Literal["nhri", "police", "prosecutor", "anti-corruption", "ombudsman", "coroner", "court"]
    independent: bool
    notify: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute(Sourced):
    """A law that a draft may name."""

    title: str
    subject: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Sourced):
    """A clearance to obtain before signature."""

    what: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration(Sourced):
    """A publication or registration that follows signature, and where it is made."""

    what: str
    where: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRule(Sourced):
    """What is asked of the language of an agreement; `operative` is one that is needed and that mougen has not."""

    text: str
    operative: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Sourced):
    """Whether an armed conflict was found in a region, and on which date that was so."""

    region: str
    status: Literal["none known", "disputed", "non-international armed conflict"]
    as_of: datetime.date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Must(Sourced):
    """What an agreement in this country must contain, and the clause that carries it.

    `provision` is the sub-clause that is added to that clause where its own text does not say it.
    """

    text: str
    clause: str
    why: str = ""
    provision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MustNot(Sourced):
    """Words that a draft for this country may never contain."""

    phrase: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """One country; `id` is the file name. Where there is a `refusal`, no agreement is drafted, and it says why."""

    id: str = field(default="")
    name: str
    official: str
    adjective: str
    code: str
    languages: tuple[str, ...]
    paper: Literal["a4", "letter"]
    currency: str
    law: str
    constitution: str
    summary: str
    refusal: str = ""
    sources: tuple[Source, ...] = ()
    institutions: tuple[Institution, ...] = ()
    treaties: tuple[Treaty, ...] = ()
    oversight: tuple[Oversight, ...] = ()
    statutes: tuple[Statute, ...] = ()
    approvals: tuple[Approval, ...] = ()
    registrations: tuple[Registration, ...] = ()
    language_rules: tuple[LanguageRule, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    must: tuple[Must, ...] = ()
    must_not: tuple[MustNot, ...] = ()

    @property
    def institutions_by_id(self) -> dict[str, Institution]:
        return {i.id: i for i in self.institutions}

    def institution(self, id: str) -> Institution | None:
        return self.institutions_by_id.get(id)

    @property
    def nhri(self) -> Oversight | None:
        """The national human rights institution, where there is one."""
        return next((o for o in self.oversight if o.role == "nhri"), None)

    def facts(self) -> tuple[tuple[str, Sourced], ...]:
        """Return every sourced row with its printable name, in file order."""
        rows: list[tuple[str, Sourced]] = [(i.name, i) for i in self.institutions]
        rows += [(t.instrument, t) for t in self.treaties]
        rows += [(o.name, o) for o in self.oversight]
        rows += [(s.title, s) for s in self.statutes]
        rows += [(a.what, a) for a in self.approvals]
        rows += [(r.what, r) for r in self.registrations]
        rows += [(r.text, r) for r in self.language_rules]
        rows += [(c.region, c) for c in self.conflicts]
        rows += [(m.text, m) for m in self.must]
        return tuple(rows + [(m.phrase, m) for m in self.must_not])
