"""Whether the files of a library fit together: every id that one of them names must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .library import Library
from .requirement import Citation
from .schema import nearest


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in `file` that does not fit the rest of the library; `word` is what to look for there."""

    file: str
    word: str
    said: str


def faults(library: Library) -> Iterator[Fault]:
    """Yield what does not fit together in `library`."""
    yield from _requirement_faults(library)
    yield from _red_flag_faults(library)
    yield from _clause_faults(library)
    yield from _jurisdiction_faults(library)


def _unknown(file: str, word: str, kind: str, known: Mapping[str, object]) -> Iterator[Fault]:
    """Yield a fault that names the nearest spelling, where `word` is not known."""
    if word not in known:
        yield Fault(file, word, f"`{word}` is not {kind}; {nearest(word, known)}".rstrip("; "))


def _cited(file: str, citations: Iterable[Citation], library: Library) -> Iterator[Fault]:
    for citation in citations:
        yield from _unknown(file, citation.work, "a work of catalogue/works.toml", library.works)


def _requirement_faults(library: Library) -> Iterator[Fault]:
    for requirement in library.requirements.values():
        here = f"requirements/{requirement.id}.toml"
        yield from _unknown(here, requirement.clause, "a clause", library.clauses)
        variants = library.clauses.get(requirement.clause, ())
        if variants and not any(requirement.id in clause.meets for clause in variants):
            said = f"clause `{requirement.clause}` does not say that it meets `{requirement.id}`"
            yield Fault(here, requirement.clause, said)
        yield from _cited(here, requirement.citations, library)


def _red_flag_faults(library: Library) -> Iterator[Fault]:
    harms = {f"{r.id}/{h.id}": h for r in library.requirements.values() for h in r.harms}
    for flag in library.red_flags.values():
        here = f"red_flags/{flag.id}.toml"
        for name in flag.harms:
            yield from _unknown(here, name, "a harm of the catalogue", harms)
        for name in flag.contradicts:
            yield from _unknown(here, name, "a requirement", library.requirements)


def _clause_faults(library: Library) -> Iterator[Fault]:
    declared: dict[str, str] = {}
    limbs = {f"{r.id}/{limb.id}": limb for r in library.requirements.values() for limb in r.limbs}
    for variants in library.clauses.values():
        for clause in variants:
            here = f"clauses/{clause.path}"
            for id in clause.meets:
                yield from _unknown(here, id, "a requirement", library.requirements)
            for name in clause.lacks:
                yield from _unknown(here, name, "a limb of the catalogue", limbs)
            yield from _cited(here, clause.citations, library)
            if clause.jurisdiction:
                said = "a jurisdiction, as the name of the file says"
                yield from _unknown(here, clause.jurisdiction, said, library.jurisdictions)
            for field in clause.fields:
                if declared.setdefault(field.name, clause.id) != clause.id:
                    said = f"field `{field.name}` is already declared by clause `{declared[field.name]}`"
                    yield Fault(here, field.name, said)
                if field.default is not None and (wrong := field.fault(field.default)):
                    yield Fault(here, field.name, f"the default of field `{field.name}` {wrong}")


def _jurisdiction_faults(library: Library) -> Iterator[Fault]:
    for country in library.jurisdictions.values():
        here, sources = f"jurisdictions/{country.id}.toml", {s.id: s for s in country.sources}
        for name, fact in country.facts():
            if fact.source:
                yield from _unknown(here, fact.source, f"a source of this file (named by `{name}`)", sources)
            elif fact.confidence.startswith("found"):
                yield Fault(here, name, f"`{name}` is marked as found and names no source")
        for institution in country.institutions:
            if not institution.models:
                yield Fault(here, institution.id, f"institution `{institution.id}` has no support model in `models`")
        for treaty in country.treaties:
            yield from _unknown(here, treaty.instrument, "in catalogue/instruments.toml", library.instruments)
        for must in country.must:
            yield from _unknown(here, must.clause, "a clause", library.clauses)
