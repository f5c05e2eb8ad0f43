"""The values that clause texts see: the deal, and what the jurisdiction's pack supports, nothing else."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from ..deal import Deal, Signatory
from ..jurisdiction import Jurisdiction
from ..library import Library
from ..schema import nearest
from .prose import Blank, bare

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

PROMPTS = {
    "company.name": "company name",
    "company.law": "law of incorporation",
    "company.number": "registration number",
    "company.address": "registered office",
    "company.policy": "title of the human rights policy",
    "company.policy_url": "address of the policy",
    "site.name": "site name",
    "site.location": "district and region",
    "site.description": "what is protected",
    "project.activity": "activity",
    "project.title": "lease or licence",
    "investment.title": "investment contract",
    "agreement.date": "date of signature",
}


def context_of(deal: Deal, country: Jurisdiction, library: Library) -> tuple[dict[str, Any], set[str]]:
    """Return the values for `deal` by name, and the set into which printed blanks are noted while rendering."""
    printed: set[str] = set()
    values: dict[str, Any] = {
        name: _blanked(getattr(deal, name), name, printed) for name in ("company", "site", "project", "investment")
    }
    values |= {
        name: tuple(_blanked(row, f"{name}.{index}", printed) for index, row in enumerate(getattr(deal, name), 1))
        for name in ("support", "contacts", "signatories")
    }
    signed = spoken_date(deal.date) if deal.date else Blank("date", PROMPTS["agreement.date"], printed)
    values |= {
        "facts": {f.name: getattr(deal.facts, f.name) for f in dataclasses.fields(deal.facts)},
        "forces": tuple(_force(deal, index, country, printed) for index in range(len(deal.forces))),
        "army": _army(country),
        "country": _country(country, library),
        "agreement": {"date": signed},
        "terms": _terms(deal, library, printed),
    }
    return values, printed


def spoken_date(day: datetime.date) -> str:
    """Return a date as it is printed in English."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _blanked(record: Any, path: str, printed: set[str]) -> dict[str, Any]:
    """Return the fields of `record`, each empty text as a blank that notes itself when it is printed."""
    values: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        value, inner = getattr(record, field.name), f"{path}.{field.name}"
        empty = isinstance(value, str) and not value.strip()
        values[field.name] = Blank(inner, PROMPTS.get(inner, field.name), printed) if empty else value
    return values


def _force(deal: Deal, index: int, country: Jurisdiction, printed: set[str]) -> dict[str, Any]:
    force = deal.forces[index]
    institution = country.institutions_by_id[force.institution]
    path = f"forces.{index + 1}"
    offices = [str(bare(s.office)) for s in signatories_of(deal, force.institution) if s.office.strip()]
    signatory = " and the ".join(offices) or institution.signatory
    return {
        "name": institution.name,
        "abbr": institution.abbr,
        "kind": institution.kind,
        "ministry": institution.ministry,
        "signatory": signatory or Blank("signatories", f"office that signs for the {institution.name}", printed),
        "statutes": institution.statutes,
        "model": institution.models[0],
        "payee": institution.payee or Blank("terms.payee", "official account of the force", printed),
        "unit": force.unit if force.unit.strip() else Blank(f"{path}.unit", "unit or command", printed),
        "address": force.address
        if force.address.strip()
        else Blank(f"{path}.address", "address of the force", printed),
    }


def signatories_of(deal: Deal, institution: str) -> tuple[Signatory, ...]:
    """Return who signs for an institution: those who name it and, for the lead force, those who name none."""
    lead = deal.forces[0].institution
    return tuple(s for s in deal.signatories if s.side == "force" and (s.institution or lead) == institution)


def _army(country: Jurisdiction) -> dict[str, str]:
    army = next((i for i in country.institutions if i.kind == "army"), None)
    if army is None:
        return {"name": "", "ministry": "", "gate": "", "gate_basis": "", "gate_approver": ""}
    return {key: getattr(army, key) for key in ("name", "ministry", "gate", "gate_basis", "gate_approver")}


def deal_misfits(deal: Deal, country: Jurisdiction | None, library: Library) -> Iterator[str]:
    """Yield what in `deal` the library does not know, each named by file and line."""
    for name, value in deal.terms.items():
        if name not in library.fields:
            said = f"`terms.{name}` is asked by no clause; {nearest(name, library.fields)}".rstrip("; ")
            yield f"{deal.at('terms', name)}: {said}"
        elif wrong := library.fields[name].fault(value):
            yield f"{deal.at('terms', name)}: `terms.{name}` {wrong}"
    for id in deal.clauses.drop:
        if id not in library.clauses:
            said = f"`{id}` is not a clause; {nearest(id, library.clauses)}".rstrip("; ")
            yield f"{deal.at('clauses', 'drop')}: {said}"
    if country is not None:
        yield from _country_misfits(deal, country)


def _country_misfits(deal: Deal, country: Jurisdiction) -> Iterator[str]:
    if deal.language not in country.languages:
        known = ", ".join(country.languages)
        yield f"{deal.at('language')}: `{deal.language}` is not a language of drafts for {country.name}; it has {known}"
    ids = [i.id for i in country.institutions]
    named = [(("forces", n, "institution"), f.institution) for n, f in enumerate(deal.forces)]
    for path, id in named:
        institution = country.institutions_by_id.get(id)
        if institution is None:
            said = f"`{id}` is not an institution of {country.name}; {nearest(id, ids)}".rstrip("; ")
            yield f"{deal.at(*path)}: {said}"
        elif not institution.may_sign or institution.models[0] == "restricted":
            said = f"mougen drafts no agreement with the {institution.name}; {_lower(institution.note)}"
            yield f"{deal.at(*path)}: {said}"
        elif institution.kind in ("army", "navy") and not deal.facts.army_deployed:
            said = f"the {institution.name} is a party, and `facts.army_deployed` is false; correct one of them"
            yield f"{deal.at(*path)}: {said}"
    parties = [id for _, id in named]
    for index, signatory in enumerate(deal.signatories):
        if signatory.side == "force" and signatory.institution and signatory.institution not in parties:
            said = f"`{signatory.institution}` is not among the forces; {nearest(signatory.institution, parties)}"
            yield f"{deal.at('signatories', index, 'institution')}: {said}".rstrip("; ")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")


def _country(country: Jurisdiction, library: Library) -> dict[str, Any]:
    binding = [(library.instruments[t.instrument], t.year) for t in country.treaties if t.status == "party"]
    printable = {
        i.id: f"the {i.name}" + (f" (in force for the State since {year})" if year else "") for i, year in binding
    }
    return {
        "name": country.name,
        "official": country.official,
        "adjective": country.adjective,
        "law": country.law,
        "constitution": country.constitution,
        "treaties": tuple(printable[i.id] for i, _ in binding if i.kind == "human-rights"),
        "ihl_treaties": tuple(printable[i.id] for i, _ in binding if i.kind == "humanitarian"),
        "nhri": country.nhri.name if country.nhri else "",
        "oversight": tuple(o.name for o in country.oversight if o.independent),
        "prosecutor": next((o.name for o in country.oversight if o.role == "prosecutor"), ""),
        "anti_bribery": tuple(s.title for s in country.statutes if s.subject == "anti-bribery"),
        "approvals": tuple(a.what for a in country.approvals),
    }


def _terms(deal: Deal, library: Library, printed: set[str]) -> Mapping[str, Any]:
    """Return the clause-specific values: from the deal, else the default, else a blank."""
    values: dict[str, Any] = {}
    for name, field in library.fields.items():
        value = deal.terms.get(name, field.default)
        if value is None or value == "":
            value = Blank(f"terms.{name}", field.ask.rstrip("?"), printed)
        values[name] = spoken_date(value) if isinstance(value, datetime.date) else value
    return values
