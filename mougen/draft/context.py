"""The values that clause texts see: the deal, and what the jurisdiction's pack supports, nothing else."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from ..deal import ASKS, Deal, Force
from ..errors import DealError
from ..jurisdiction import Institution, Jurisdiction
from ..library import Library
from ..schema import nearest
from .prose import Blank

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


def context_of(deal: Deal, library: Library) -> tuple[dict[str, Any], set[str]]:
    """Return the values for `deal` by name, and the set into which printed blanks are noted while rendering.

    Raises DealError where the deal names an institution or a blank that is not there.
    """
    country = library.jurisdiction(deal.jurisdiction)
    printed: set[str] = set()
    values = {
        name: _blanked(getattr(deal, name), name, printed) for name in ("company", "site", "project", "investment")
    }
    signed = spoken_date(deal.date) if deal.date else Blank("date", PROMPTS["agreement.date"], printed)
    values |= {
        "facts": {f.name: getattr(deal.facts, f.name) for f in dataclasses.fields(deal.facts)},
        "forces": tuple(_force(force, index, country, printed) for index, force in enumerate(deal.forces)),
        "army": _army(country),
        "support": tuple(dataclasses.asdict(item) for item in deal.support),
        "contacts": tuple(_blanked(c, f"contacts.{i + 1}", printed) for i, c in enumerate(deal.contacts)),
        "signatories": tuple(_blanked(s, f"signatories.{i + 1}", printed) for i, s in enumerate(deal.signatories)),
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
        values[field.name] = Blank(inner, PROMPTS.get(inner, field.name), printed) if value == "" else value
    return values


def institution_of(force: Force, country: Jurisdiction) -> Institution:
    """Return the institution that `force` names; raises DealError with the nearest spelling."""
    institution = country.institution(force.institution)
    if institution is None:
        known = [i.id for i in country.institutions]
        raise DealError(
            f"`{force.institution}` is not an institution of {country.name}; {nearest(force.institution, known)}".rstrip("; ")
        )
    return institution


def _force(force: Force, index: int, country: Jurisdiction, printed: set[str]) -> dict[str, Any]:
    institution = institution_of(force, country)
    path = f"forces.{index + 1}"
    return {
        "name": institution.name,
        "abbr": institution.abbr,
        "kind": institution.kind,
        "ministry": institution.ministry,
        "signatory": institution.signatory,
        "statutes": institution.statutes,
        "model": institution.models[0],
        "payee": institution.payee or Blank("terms.payee", "official account of the force", printed),
        "unit": force.unit or Blank(f"{path}.unit", "unit or command", printed),
        "address": force.address or Blank(f"{path}.address", "address of the force", printed),
    }


def _army(country: Jurisdiction) -> dict[str, str]:
    army = next((i for i in country.institutions if i.kind == "army"), None)
    if army is None:
        return {"name": "", "ministry": "", "gate": "", "gate_basis": "", "gate_approver": ""}
    return {key: getattr(army, key) for key in ("name", "ministry", "gate", "gate_basis", "gate_approver")}


def _country(country: Jurisdiction, library: Library) -> dict[str, Any]:
    binding = [(library.instruments[t.instrument], t.year) for t in country.treaties if t.status == "party"]
    printable = {i.id: f"the {i.name}" + (f" (in force for the State since {year})" if year else "") for i, year in binding}
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
    """Return the clause-specific values: from the deal, else the default, else a blank; raises DealError."""
    faults = []
    kinds = {"text": str, "integer": int, "date": datetime.date}
    for name, value in deal.terms.items():
        if name not in library.fields:
            faults.append(f"deal: terms.{name} is asked by no clause; {nearest(name, library.fields)}".rstrip("; "))
        elif type(value) is not kinds[library.fields[name].type]:
            faults.append(f"deal: terms.{name} must be {library.fields[name].type}, not {value!r}")
    DealError.raise_if(faults)
    values: dict[str, Any] = {}
    for name, field in library.fields.items():
        value = deal.terms.get(name, field.default)
        if value is None or value == "":
            value = Blank(f"terms.{name}", field.ask.rstrip("?"), printed)
        values[name] = spoken_date(value) if isinstance(value, datetime.date) else value
    return values
