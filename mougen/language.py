"""A language as data: how it writes dates, quotes and numbers, and its words for what mougen says in English."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from . import schema
from .data import Texts, data_root, read, walk
from .errors import DataError

SOURCE = "en"  # the language in which catalogue, messages and jurisdictions are written


@dataclass(frozen=True, slots=True)
class Quotes:
    """Opening and closing marks, with the space that the language puts inside them."""

    double: tuple[str, str]
    single: tuple[str, str]


@dataclass(frozen=True, eq=False)
class Language:
    """One language; `code` is the name of its folder.

    `date` has the places {day}, {month} and {year}; `first` is how the first of a month is written where it is not "1".
    `bound` lists words after which a line may not break before a number, `spaced` the marks that take a narrow space
    before them. `modals` maps the verbs that bind in the texts to those of a register. `clause` is how a
    clause is called by number.
    """

    name: str
    tag: str
    months: tuple[str, ...]
    date: str
    quotes: Quotes
    bound: tuple[str, ...]
    modals: dict[str, dict[str, str]] = field(default_factory=dict)
    first: str = "1"
    clause: str = "{n}"
    spaced: str = ""
    direction: str = "ltr"
    code: str = field(default="", kw_only=True)
    words: dict[str, str] = field(default_factory=dict, kw_only=True, repr=False)

    def say(self, english: str, **values: Any) -> str:
        """Return what stands for `english` (itself where there is nothing), with `values` in their places."""
        said = self.words.get(english, english)
        return said.format(**values) if values else said

    def day(self, date: datetime.date) -> str:
        """Return a date as it is printed."""
        day = self.first if date.day == 1 else str(date.day)
        return self.date.format(day=day, month=self.months[date.month - 1], year=date.year)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages in which mougen writes, the source first."""
    codes = sorted(e.name for e in data_root("languages").iterdir() if (e / "language.toml").is_file())
    return (SOURCE, *(code for code in codes if code != SOURCE))


@cache
def load_language(code: str) -> Language:
    """Return the bundled language `code`; raises DataError with the known ones where there is none."""
    return read_language(code, {})


def read_language(code: str, own: Mapping[str, str]) -> Language:
    """Return the language `code` from the files of its bundled folder and of `own`, which come later, by path.

    Raises DataError where there is no language of that code, or a file is faulty.
    """
    files = {**_bundled(code), **own}
    if "language.toml" not in files:
        offer = schema.nearest(code, languages())
        raise DataError(f"`{code}` is not a language that mougen writes; {offer}")
    name = f"languages/{code}/language.toml"
    words: dict[str, str] = {}
    for path, text in files.items():
        if path.startswith("words/"):
            words |= read_words(text, f"languages/{code}/{path}")
    table = {**schema.parse(files["language.toml"], name), "code": code, "words": words}
    return schema.build(Language, table, files["language.toml"], name)


def _bundled(code: str) -> Mapping[str, str]:
    root = data_root("languages") / code
    if not code.isalpha() or not (root / "language.toml").is_file():
        return {}
    words = walk(root / "words", ".toml", "words")
    return Texts(f"languages/{code}", {"language.toml": read(root / "language.toml"), **dict(words)})


def read_words(text: str, name: str) -> dict[str, str]:
    """Return the table `words` of a file: what stands for each English text; raises DataError where it is not one."""
    table = schema.parse(text, name)
    words = table.get("words")
    if set(table) != {"words"} or not isinstance(words, dict) or not all(isinstance(v, str) for v in words.values()):
        raise DataError(f'{name}:1: it holds one table `[words]` of lines "English" = "translation"')
    return words
