"""The values that clause texts see: the deal, and what the jurisdiction's pack supports, nothing else."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..clause import RUNGS
from ..deal import Deal, Signatory
from ..jurisdiction import Jurisdiction
from ..language import Language
from ..library import Library
from ..schema import nearest
from .prose import Blank, bare

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


@dataclass(frozen=True, slots=True)
class Blanks:
    """Makes blanks, which note themselves in `printed` when they are rendered, and asks for them in `language`."""

    language: Language
    printed: set[str] = field(default_factory=set)

    def blank(self, path: str, asks: str, **values: str) -> Blank:
        return Blank(path, self.language.say(asks, **values), self.printed)

    def record(self, record: Any, path: str) -> dict[str, Any]:
        """Return the fields of `record`, each empty text as a blank."""
        values: dict[str, Any] = {}
        for entry in dataclasses.fields(record):
            value, inner = getattr(record, entry.name), f"{path}.{entry.name}"
            empty = isinstance(value, str) and not value.strip()
            general = ".".join(step for step in inner.split(".") if not step.isdigit())
            values[entry.name] = self.blank(inner, PROMPTS.get(general, entry.name)) if empty else value
        return values


def context_of(
    deal: Deal, country: Jurisdiction, library: Library, language: Language
) -> tuple[dict[str, Any], set[str]]:
    """Return the values for `deal` by name, and the set into which printed blanks are noted while rendering."""
    blanks = Blanks(language)
    values: dict[str, Any] = {
        name: blanks.record(getattr(deal, name), name) for name in ("company", "site", "project", "investment")
    }
    values |= {
        name: tuple(blanks.record(row, f"{name}.{index}") for index, row in enumerate(getattr(deal, name), 1))
        for name in ("support", "contacts", "signatories")
    }
    signed = language.day(deal.date) if deal.date else blanks.blank("date", PROMPTS["agreement.date"])
    values |= {
        "register": deal.register,
        "facts": {f.name: getattr(deal.facts, f.name) for f in dataclasses.fields(deal.facts)},
        "forces": tuple(_force(deal, index, country, blanks) for index in range(len(deal.forces))),
        "army": _army(country),
        "country": _country(country, library, language),
        "agreement": {"date": signed},
        "terms": _terms(deal, library, blanks),
    }
    return values, blanks.printed


def _force(deal: Deal, index: int, country: Jurisdiction, blanks: Blanks) -> dict[str, Any]:
    force = deal.forces[index]
    institution = country.institutions_by_id[force.institution]
    path = f"forces.{index + 1}"
    offices = [str(bare(s.office)) for s in signatories_of(deal, force.institution) if s.office.strip()]
    signatory = blanks.language.say(" and the ").join(offices) or institution.signatory
    return {
        "name": institution.name,
        "abbr": institution.abbr,
        "kind": institution.kind,
        "ministry": institution.ministry,
        "signatory": signatory
        or blanks.blank("signatories", "office that signs for the {force}", force=institution.name),
        "statutes": institution.statutes,
        "model": institution.models[0],
        "payee": institution.payee or blanks.blank("terms.payee", "official account of the force"),
        "unit": force.unit if force.unit.strip() else blanks.blank(f"{path}.unit", "unit or command"),
        "address": force.address if force.address.strip() else blanks.blank(f"{path}.address", "address of the force"),
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


def deal_misfits(deal: Deal, country: Jurisdiction | None, library: Library, *, refused: bool = False) -> Iterator[str]:
    """Yield what in `deal` the library does not know, by file and line; with `refused` any party may stand in it."""
    for name, value in deal.terms.items():
        if name not in library.fields():
            said = f"`terms.{name}` is asked by no clause; {nearest(name, library.fields())}".rstrip("; ")
            yield f"{deal.at('terms', name)}: {said}"
        elif wrong := library.fields()[name].fault(value):
            yield f"{deal.at('terms', name)}: `terms.{name}` {wrong}"
    for list_ in ("drop", "fallback", "weak", "attach"):
        for id in getattr(deal.clauses, list_):
            if id not in library.clauses:
                said = f"`{id}` is not a clause; {nearest(id, library.clauses)}".rstrip("; ")
                yield f"{deal.at('clauses', list_)}: {said}"
            elif list_ in RUNGS and library.clause(id, deal.jurisdiction, deal.language, list_) is None:
                yield f"{deal.at('clauses', list_)}: clause `{id}` has no {list_} wording; remove it from `{list_}`"
    for id in sorted(set(deal.clauses.fallback) & set(deal.clauses.weak)):
        yield f"{deal.at('clauses', 'weak')}: `{id}` is asked for in two wordings; name it once"
    if country is not None:
        yield from _country_misfits(deal, country, refused=refused)


def _country_misfits(deal: Deal, country: Jurisdiction, *, refused: bool) -> Iterator[str]:
    if country.refusal and not refused:
        yield f"{deal.at('jurisdiction')}: mougen drafts no agreement for {country.name}: {country.refusal}"
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
        elif not refused and (not institution.may_sign or institution.models[0] == "restricted"):
            said = f"mougen drafts no agreement with the {institution.name}; {_lower(institution.note)}"
            yield f"{deal.at(*path)}: {said}"
        elif institution.kind in ("army", "navy") and not refused and not deal.facts.army_deployed:
            said = f"the {institution.name} is a party, and `facts.army_deployed` is false; correct one of them"
            yield f"{deal.at(*path)}: {said}"
    parties = [id for _, id in named]
    for index, signatory in enumerate(deal.signatories):
        if signatory.side == "force" and signatory.institution and signatory.institution not in parties:
            said = f"`{signatory.institution}` is not among the forces; {nearest(signatory.institution, parties)}"
            yield f"{deal.at('signatories', index, 'institution')}: {said}".rstrip("; ")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")


def _country(country: Jurisdiction, library: Library, language: Language) -> dict[str, Any]:
    binding = [(library.instruments[t.instrument], t.year) for t in country.treaties if t.status == "party"]
    printable = {
        i.id: language.say(f"the {i.name}")
        + (language.say(" (ratification or accession by the State: {year})", year=year) if year else "")
        for i, year in binding
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


def _terms(deal: Deal, library: Library, blanks: Blanks) -> Mapping[str, Any]:
    """Return the clause-specific values: from the deal, else the default, else a blank."""
    values: dict[str, Any] = {}
    for name, asked in library.fields(deal.language).items():
        value = deal.terms.get(name, asked.default)
        if value is None or value == "":
            value = Blank(f"terms.{name}", asked.ask.strip("¿?\u00a0\u202f "), blanks.printed)
        values[name] = blanks.language.day(value) if isinstance(value, datetime.date) else value
    return values
