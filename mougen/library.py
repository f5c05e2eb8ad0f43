"""The library: catalogue, clauses and jurisdictions, loaded once, cross-checked and immutable."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from . import schema
from .clause import Clause, Field, read_clause
from .data import data_root, walk
from .errors import DataError
from .jurisdiction import Jurisdiction
from .requirement import Instrument, RedFlag, Requirement, Work

T = TypeVar("T")


@dataclass(frozen=True)
class Works:
    """The file of works cited."""

    works: tuple[Work, ...]


@dataclass(frozen=True)
class Instruments:
    """The file of treaties."""

    instruments: tuple[Instrument, ...]


@dataclass(frozen=True)
class Library:
    """All data by id. `clauses` maps an id to its variants, the general one first."""

    requirements: Mapping[str, Requirement]
    red_flags: Mapping[str, RedFlag]
    works: Mapping[str, Work]
    instruments: Mapping[str, Instrument]
    clauses: Mapping[str, tuple[Clause, ...]]
    jurisdictions: Mapping[str, Jurisdiction]
    digest: str

    def clause(self, id: str, jurisdiction: str = "", language: str = "en") -> Clause | None:
        """Return the variant of clause `id` that fits best, or None where there is none in that language."""
        fitting = []
        for variant in self.clauses.get(id, ()):
            places = [q for q in variant.qualifiers if len(q) > 2]
            spoken = next((q for q in variant.qualifiers if len(q) == 2), "en")
            if spoken == language and places in ([], [jurisdiction]):
                fitting.append((len(places), variant))
        return max(fitting, key=lambda pair: pair[0])[1] if fitting else None

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The clause-specific blanks of all clauses, by name."""
        return {f.name: f for variants in self.clauses.values() for clause in variants for f in clause.fields}

    def jurisdiction(self, name: str) -> Jurisdiction:
        """Return a country by file name, English name or ISO code; raises DataError with the nearest spelling."""
        wanted = name.strip().lower().replace(" ", "-")
        for country in self.jurisdictions.values():
            if wanted in (country.id, country.code.lower(), country.name.lower().replace(" ", "-")):
                return country
        offer = schema.nearest(wanted, self.jurisdictions)
        raise DataError(f"`{name}` is not a jurisdiction that mougen has; {offer}".rstrip("; "))


@cache
def bundled_library() -> Library:
    """Return the library that ships with mougen."""
    return load_library()


def load_library(folder: str | Path | None = None) -> Library:
    """Return the bundled library, with the files of `folder` (clauses/, jurisdictions/) added or put in place.

    Raises DataError with every fault of every file.
    """
    own = Path(folder) if folder else None
    if own and not own.is_dir():
        raise DataError(f"{own}: there is no such folder; name one that holds clauses/ or jurisdictions/")
    return _Loader(own).library()


class _Loader:
    """Reads all files, gathering faults and the digest on the way."""

    def __init__(self, own: Path | None) -> None:
        self.own, self.problems, self.hash = own, list[str](), hashlib.sha256()

    def library(self) -> Library:
        catalogue = data_root("catalogue")
        requirements = self.records(Requirement, catalogue / "requirements", "requirements")
        library = Library(
            requirements=dict(sorted(requirements.items(), key=lambda pair: pair[1].number)),
            red_flags=self.records(RedFlag, catalogue / "red_flags", "red_flags"),
            works={w.key: w for w in self.single(Works, catalogue, "works").works},
            instruments={i.id: i for i in self.single(Instruments, catalogue, "instruments").instruments},
            clauses=self.clauses(),
            jurisdictions=self.records(Jurisdiction, data_root("jurisdictions"), "jurisdictions"),
            digest=self.hash.hexdigest(),
        )
        DataError.raise_if(self.problems or faults(library))
        return library

    def files(self, root: Traversable, name: str, suffix: str) -> Iterator[tuple[str, str]]:
        found = dict(walk(root, suffix))
        if self.own:
            found |= dict(walk(self.own / name, suffix))
        for path, text in sorted(found.items()):
            self.hash.update(f"{name}/{path}\0{text}\0".encode())
            yield path, text

    def records(self, kind: type[T], root: Traversable, name: str) -> dict[str, T]:
        records = {}
        for path, text in self.files(root, name, ".toml"):
            id = path.removesuffix(".toml")
            try:
                table = schema.parse(text, f"{name}/{path}")
                records[id] = schema.build(kind, {**table, "id": id}, text, f"{name}/{path}")
            except DataError as error:
                self.problems += error.problems
        return records

    def single(self, kind: type[T], root: Traversable, name: str) -> T:
        text = (root / f"{name}.toml").read_text(encoding="utf-8")
        self.hash.update(text.encode())
        return schema.load(kind, text, f"catalogue/{name}.toml")

    def clauses(self) -> dict[str, tuple[Clause, ...]]:
        variants: dict[str, list[Clause]] = {}
        matter: dict[str, dict[str, object]] = {}
        files = list(self.files(data_root("clauses"), "clauses", ".md"))
        # The general clause of an id comes before its variants, which take from it what they leave out.
        for path, text in sorted(files, key=lambda file: (file[0].count("."), file[0])):
            id = path.rpartition("/")[2].split(".")[0]
            try:
                clause, front = read_clause(path, text, matter.get(id))
            except DataError as error:
                self.problems += error.problems
                continue
            if not clause.qualifiers and id in variants:
                self.problems.append(f"clauses/{path}:1: `{id}` is already the id of clauses/{variants[id][0].path}")
            matter.setdefault(id, front)
            variants.setdefault(id, []).append(clause)
        return {id: tuple(found) for id, found in sorted(variants.items())}


def faults(library: Library) -> Iterator[str]:
    """Yield what does not fit together in `library`: every id that is named must be there."""
    for requirement in library.requirements.values():
        here = f"requirements/{requirement.id}.toml"
        if requirement.clause not in library.clauses:
            yield f"{here}: clause `{requirement.clause}` is not there; {schema.nearest(requirement.clause, library.clauses)}"
        elif not any(requirement.id in c.meets for c in library.clauses[requirement.clause]):
            yield f"{here}: clause `{requirement.clause}` does not say that it meets `{requirement.id}`"
        for citation in requirement.citations:
            if citation.work not in library.works:
                yield f"{here}: work `{citation.work}` is not in catalogue/works.toml; {schema.nearest(citation.work, library.works)}"
    harms = {f"{r.id}/{h.id}" for r in library.requirements.values() for h in r.harms}
    for flag in library.red_flags.values():
        for name in (*(set(flag.harms) - harms), *(set(flag.contradicts) - set(library.requirements))):
            yield f"red_flags/{flag.id}.toml: `{name}` is not in the catalogue"
    yield from _clause_faults(library)
    yield from _jurisdiction_faults(library)


def _clause_faults(library: Library) -> Iterator[str]:
    declared: dict[str, str] = {}
    for variants in library.clauses.values():
        for clause in variants:
            here = f"clauses/{clause.path}"
            for id in clause.meets:
                if id not in library.requirements:
                    yield f"{here}: `{id}` is not a requirement; {schema.nearest(id, library.requirements)}"
            for citation in clause.citations:
                if citation.work not in library.works:
                    yield f"{here}: work `{citation.work}` is not in catalogue/works.toml; {schema.nearest(citation.work, library.works)}"
            for field in clause.fields:
                if declared.setdefault(field.name, clause.id) != clause.id:
                    yield f"{here}: field `{field.name}` is already declared by clause `{declared[field.name]}`"


def _jurisdiction_faults(library: Library) -> Iterator[str]:
    for country in library.jurisdictions.values():
        here, sources = f"jurisdictions/{country.id}.toml", {s.id for s in country.sources}
        for name, fact in country.facts():
            if fact.source and fact.source not in sources:
                yield f"{here}: source `{fact.source}` of `{name}` is not listed; {schema.nearest(fact.source, sources)}"
            if fact.confidence.startswith("found") and not fact.source:
                yield f"{here}: `{name}` is marked as found and names no source"
        for treaty in country.treaties:
            if treaty.instrument not in library.instruments:
                yield f"{here}: `{treaty.instrument}` is not in catalogue/instruments.toml; {schema.nearest(treaty.instrument, library.instruments)}"
        for must in country.must:
            if must.clause not in library.clauses:
                yield f"{here}: clause `{must.clause}` is not there; {schema.nearest(must.clause, library.clauses)}"
