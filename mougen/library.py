"""The library: catalogue, clauses and jurisdictions, loaded once, cross-checked and immutable."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
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
from .requirement import Citation, Instrument, RedFlag, Requirement, Work

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
        self.texts: dict[str, str] = {}

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
        DataError.raise_if(self.problems or self.placed(faults(library)))
        return library

    def placed(self, found: Iterable[Fault]) -> Iterator[str]:
        """Yield each fault with the line on which its word first stands in quotes."""
        for fault in found:
            lines = self.texts.get(fault.file, "").split("\n")
            quoted = (f'"{fault.word}', f"'{fault.word}")
            line = next((n for n, text in enumerate(lines, 1) if any(q in text for q in quoted)), 1)
            yield f"{fault.file}:{line}: {fault.said}"

    def files(self, root: Traversable, name: str, suffix: str) -> Iterator[tuple[str, str]]:
        found = dict(walk(root, suffix))
        if self.own:
            found |= dict(walk(self.own / name, suffix))
        for path, text in sorted(found.items()):
            self.hash.update(f"{name}/{path}\0{text}\0".encode())
            self.texts[f"{name}/{path}"] = text
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


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in `file` that does not fit the rest of the library; `word` is what to look for there."""

    file: str
    word: str
    said: str


def faults(library: Library) -> Iterator[Fault]:
    """Yield what does not fit together in `library`: every id that is named must be there."""
    yield from _requirement_faults(library)
    yield from _red_flag_faults(library)
    yield from _clause_faults(library)
    yield from _jurisdiction_faults(library)


def _unknown(file: str, word: str, kind: str, known: Mapping[str, object]) -> Iterator[Fault]:
    """Yield a fault that names the nearest spelling, where `word` is not known."""
    if word not in known:
        yield Fault(file, word, f"`{word}` is not {kind}; {schema.nearest(word, known)}".rstrip("; "))


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
    for variants in library.clauses.values():
        for clause in variants:
            here = f"clauses/{clause.path}"
            for id in clause.meets:
                yield from _unknown(here, id, "a requirement", library.requirements)
            yield from _cited(here, clause.citations, library)
            for place in (q for q in clause.qualifiers if len(q) > 2):
                yield from _unknown(here, place, "a jurisdiction, as the name of the file says", library.jurisdictions)
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
