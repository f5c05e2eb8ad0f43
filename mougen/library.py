"""The library: catalogue, clauses and jurisdictions, loaded once, cross-checked and immutable."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from . import schema
from .clause import Clause, Field
from .data import Texts, data_root, read, walk
from .errors import DataError
from .jurisdiction import Jurisdiction
from .language import SOURCE, Language, load_language, read_language, read_words
from .requirement import Instrument, RedFlag, Requirement, Work
from .shelf import Clauses, Records

if TYPE_CHECKING:
    from .coherence import Fault

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
        own = {path.removeprefix(inside): self.tongues[path] for path in self.tongues if path.startswith(inside)}
        return read_language(code, own) if own else load_language(code)

    def spoken(self, country: Jurisdiction, language: str) -> Jurisdiction:
        """Return `country` with its words in `language`; what has no translation stays as it is."""
        path = f"{country.id}.{language}.toml"
        if path not in self.words:
            return country
        return schema.reworded(country, read_words(self.words[path], f"jurisdictions/{path}"))


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
    from .coherence import faults

    files = _Files(own)
    library = files.library()
    DataError.raise_if([*files.faults(library)] or files.placed(faults(library)))
    return library


class _Files:
    """Gathers the files of the library, and the digest on the way."""

    def __init__(self, own: Path | None) -> None:
        self.own, self.hash = own, hashlib.sha256()
        self.texts: dict[str, Texts] = {}

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
            jurisdictions=Records(Jurisdiction, "jurisdictions", _some(countries, lambda path: path.count(".") == 1)),
            words=_some(countries, lambda path: path.count(".") > 1),
            tongues=self.gather(None, "languages"),
            digest=self.hash.hexdigest(),
        )

    def gather(self, root: Path | None, name: str, suffix: str = ".toml") -> Texts:
        found = dict(walk(root, suffix)) if root else {}
        if self.own:
            found |= dict(walk(self.own / name, suffix))
        self.texts[name] = Texts(name, dict(sorted(found.items())))
        for path, content in self.texts[name].entries.items():
            self.hash.update(b"%b/%b\0%b\0" % (name.encode(), path.encode(), content))
        return self.texts[name]

    def single(self, kind: type[T], root: Path, name: str) -> T:
        content = read(root / f"{name}.toml")
        self.hash.update(content)
        return schema.load(kind, content.decode(), f"catalogue/{name}.toml")

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
        for path in library.words:
            try:
                read_words(library.words[path], f"jurisdictions/{path}")
            except DataError as error:
                yield from error.problems

    def placed(self, found: Iterable[Fault]) -> Iterator[str]:
        """Yield each fault with the line on which its word first stands in quotes."""
        for fault in found:
            folder, _, path = fault.file.partition("/")
            lines = self.texts[folder].get(path, "").split("\n")
            quoted = (f'"{fault.word}', f"'{fault.word}")
            line = next((n for n, text in enumerate(lines, 1) if any(q in text for q in quoted)), 1)
            yield f"{fault.file}:{line}: {fault.said}"


def _some(texts: Texts, wanted: Callable[[str], bool]) -> Texts:
    return Texts(texts.folder, {path: content for path, content in texts.entries.items() if wanted(path)})
