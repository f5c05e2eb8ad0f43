"""The library: catalogue, clauses and jurisdictions, loaded once, cross-checked and immutable."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from . import schema
from .clause import Clause, Field
from .data import data_root, walk
from .errors import DataError
from .jurisdiction import Jurisdiction
from .language import SOURCE, Language, load_language, read_language, read_words
from .requirement import Citation, Instrument, RedFlag, Requirement, Work
from .shelf import Clauses, Records

T = TypeVar("T")


@dataclass(frozen=True)
class Works:
    """The file of works cited."""

    works: tuple[Work, ...]


@dataclass(frozen=True)
class Instruments:
    """The file of treaties."""

    instruments: tuple[Instrument, ...]


@dataclass(frozen=True, eq=False)
class Library:
    """All data by id; `words` are the files that say in another language what a jurisdiction says in English.

    `tongues` are the files of languages in a folder of one's own, by path inside `languages/`.
    """

    requirements: Mapping[str, Requirement]
    red_flags: Mapping[str, RedFlag]
    works: Mapping[str, Work]
    instruments: Mapping[str, Instrument]
    clauses: Clauses
    jurisdictions: Mapping[str, Jurisdiction]
    words: Mapping[str, str]
    tongues: Mapping[str, str]
    digest: str

    def clause(self, id: str, jurisdiction: str = "", language: str = SOURCE, rung: str = "preferred") -> Clause | None:
        """Return the variant of clause `id` that fits best, or None where there is none in that language."""
        spoken = "" if language == SOURCE else language
        named = "" if rung == "preferred" else rung
        return (jurisdiction and self.clauses.of(id, named, jurisdiction, spoken)) or self.clauses.of(id, named, spoken)

    def fields(self, language: str = SOURCE) -> Mapping[str, Field]:
        """Return the clause-specific blanks of all clauses by name, as they are asked in `language`."""
        return _fields(self, language)

    def jurisdiction(self, name: str) -> Jurisdiction:
        """Return a country by file name, English name or ISO code; raises DataError with the nearest spelling."""
        wanted = name.strip().lower().replace(" ", "-")
        if wanted in self.jurisdictions:
            return self.jurisdictions[wanted]
        for country in self.jurisdictions.values():
            if wanted in (country.code.lower(), country.name.lower().replace(" ", "-")):
                return country
        offer = schema.nearest(wanted, self.jurisdictions)
        raise DataError(f"`{name}` is not a jurisdiction that mougen has; {offer}".rstrip("; "))

    def language(self, code: str) -> Language:
        """Return a language by its code, bundled or of one's own; raises DataError with the known ones."""
        inside = f"{code}/"
        own = {path.removeprefix(inside): text for path, text in self.tongues.items() if path.startswith(inside)}
        return read_language(code, own) if own else load_language(code)

    def spoken(self, country: Jurisdiction, language: str) -> Jurisdiction:
        """Return `country` with its words in `language`; what has no translation stays as it is."""
        name = f"{country.id}.{language}"
        if name not in self.words:
            return country
        return schema.reworded(country, read_words(self.words[name], f"jurisdictions/{name}.toml"))


@cache
def _fields(library: Library, language: str) -> Mapping[str, Field]:
    found: dict[str, Field] = {}
    for code in dict.fromkeys((SOURCE, language)):
        for id in library.clauses:
            clause = library.clause(id, language=code)
            found |= {f.name: f for f in clause.fields} if clause else {}
    return found


@cache
def bundled_library() -> Library:
    """Return the library that ships with mougen; its files are read when they are needed, and were checked before."""
    return _Files(None).library()


def load_library(folder: str | Path | None = None) -> Library:
    """Return the bundled library, with the files of `folder` added or put in place of bundled ones.

    They lie in its clauses/, jurisdictions/ and languages/. Raises DataError with every fault of every file.
    """
    own = Path(folder) if folder else None
    if own and not own.is_dir():
        raise DataError(f"{own}: there is no such folder; name one that holds clauses/, jurisdictions/ or languages/")
    files = _Files(own)
    library = files.library()
    DataError.raise_if([*files.faults(library)] or files.placed(faults(library)))
    return library


class _Files:
    """Gathers the files of the library, and the digest on the way."""

    def __init__(self, own: Path | None) -> None:
        self.own, self.hash = own, hashlib.sha256()
        self.texts: dict[str, str] = {}

    def library(self) -> Library:
        catalogue = data_root("catalogue")
        requirements = Records(Requirement, "requirements", self.gather(catalogue / "requirements", "requirements"))
        numbered = dict(sorted(requirements.items(), key=lambda pair: pair[1].number))
        flags = Records(RedFlag, "red_flags", self.gather(catalogue / "red_flags", "red_flags"))
        works, instruments = self.single(Works, catalogue, "works"), self.single(Instruments, catalogue, "instruments")
        clauses = Clauses(self.gather(data_root("clauses"), "clauses", ".md"))
        countries = self.gather(data_root("jurisdictions"), "jurisdictions")
        return Library(
            requirements=numbered,
            red_flags=flags,
            works={w.key: w for w in works.works},
            instruments={i.id: i for i in instruments.instruments},
            clauses=clauses,
            jurisdictions=Records(
                Jurisdiction, "jurisdictions", {path: text for path, text in countries.items() if path.count(".") == 1}
            ),
            words={path.removesuffix(".toml"): text for path, text in countries.items() if path.count(".") > 1},
            tongues=self.gather(None, "languages"),
            digest=self.hash.hexdigest(),
        )

    def gather(self, root: Path | None, name: str, suffix: str = ".toml") -> dict[str, str]:
        found = dict(walk(root, suffix)) if root else {}
        if self.own:
            found |= dict(walk(self.own / name, suffix))
        for path, text in sorted(found.items()):
            self.hash.update(f"{name}/{path}\0{text}\0".encode())
            self.texts[f"{name}/{path}"] = text
        return dict(sorted(found.items()))

    def single(self, kind: type[T], root: Path, name: str) -> T:
        text = (root / f"{name}.toml").read_text(encoding="utf-8")
        self.hash.update(text.encode())
        return schema.load(kind, text, f"catalogue/{name}.toml")

    def faults(self, library: Library) -> Iterator[str]:
        """Yield every fault that keeps a file from being read."""
        yield from library.clauses.faults()
        for records in (library.red_flags, library.jurisdictions):
            for id in records:
                try:
                    records[id]
                except DataError as error:
                    yield from error.problems
        for code in dict.fromkeys(path.partition("/")[0] for path in library.tongues):
            try:
                library.language(code)
            except DataError as error:
                yield from error.problems
        for name, text in library.words.items():
            try:
                read_words(text, f"jurisdictions/{name}.toml")
            except DataError as error:
                yield from error.problems

    def placed(self, found: Iterable[Fault]) -> Iterator[str]:
        """Yield each fault with the line on which its word first stands in quotes."""
        for fault in found:
            lines = self.texts.get(fault.file, "").split("\n")
            quoted = (f'"{fault.word}', f"'{fault.word}")
            line = next((n for n, text in enumerate(lines, 1) if any(q in text for q in quoted)), 1)
            yield f"{fault.file}:{line}: {fault.said}"


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
