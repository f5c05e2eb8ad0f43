"""The words by which two languages of one agreement are compared, one TOML file a language, compiled to patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from .. import schema
from ..data import data_root
from ..errors import ReviewError
from ..language import languages, load_language
from ..review.features import plain
from ..review.lexicon import Lexicon, load_lexicon
from ..review.parties import OPENING, aliases, party_words


@dataclass(frozen=True, slots=True)
class ParityFile:
    """What a file `languages/<code>/parity.toml` holds; the English one says what each entry is for."""

    permission: str
    capable: str
    soft: str
    only: str
    negation: str
    idle: str
    denial: str
    forbidding: str
    soonest: str
    verb: str
    before: str
    after: str
    nobody: str
    nothing: str
    parties: dict[str, tuple[str, ...]]
    units: dict[str, str]
    often: dict[str, str]
    numbers: dict[str, int]


@dataclass(frozen=True)
class Words:
    """The patterns of one language: those of its file by name, times ("24 hours"), spelt numbers, words of time."""

    language: str
    patterns: Mapping[str, re.Pattern[str]]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    parties: Mapping[str, str]
    limit: re.Pattern[str]
    spelt: re.Pattern[str]
    often: re.Pattern[str]
    unit: re.Pattern[str]


@cache
def load_words(language: str) -> Words:
    """Return the words of `language`; raises ReviewError where agreements in it cannot be compared."""
    file = data_root("languages") / language / "parity.toml"
    if not file.is_file():
        raise ReviewError(
            f"mougen cannot compare a text in the language `{language}`; it compares {', '.join(known())}"
        )
    read = schema.load(ParityFile, file.read_text(encoding="utf-8"), f"languages/{language}/parity.toml")
    texts = (
        "permission",
        "capable",
        "soft",
        "only",
        "negation",
        "idle",
        "denial",
        "forbidding",
        "soonest",
        "verb",
        "before",
        "after",
        "nobody",
        "nothing",
    )
    number = "|".join(sorted(map(re.escape, read.numbers), key=len, reverse=True))
    units = "|".join(f"(?P<{name}>{says})" for name, says in read.units.items())
    often = "|".join(f"(?P<{name}>{says})" for name, says in read.often.items())
    counted = rf"(?P<n>\d+|\b(?:{number}))(?: ?\((?P<again>\d+|{number})\))?"
    return Words(
        language=language,
        patterns={name: re.compile(getattr(read, name)) for name in texts},
        units=read.units,
        numbers=read.numbers,
        parties={word: kind for kind, named in read.parties.items() for word in named},
        limit=re.compile(rf"(?<![\w.,/]){counted}[ -](?:\w+ )?(?:{units})\b"),
        spelt=re.compile(rf"(?<![\w-])(?:{number})(?![\w-])"),
        often=re.compile(rf"\b(?:{often})\b"),
        unit=re.compile(rf"\b(?:{units})\b"),
    )


@cache
def known() -> tuple[str, ...]:
    """Return the languages that can be compared."""
    return tuple(sorted(e.name for e in data_root("languages").iterdir() if (e / "parity.toml").is_file()))


@cache
def months() -> Mapping[str, int]:
    """Return the number of each month by its name in any language that is written, for a text may quote another."""
    return {plain(name): n for code in languages() for n, name in enumerate(load_language(code).months, 1)}


@dataclass(frozen=True)
class Tongue:
    """One language of one agreement: its words, its lexicon, and what this agreement calls the parties.

    `parties` maps each word of the lexicon to the kind of party it names, `named` only those that name the two sides.
    """

    words: Words
    lexicon: Lexicon
    parties: Mapping[str, str]
    named: Mapping[str, str]


def tongue_of(language: str, texts: Iterable[str]) -> Tongue:
    """Return the tongue of the part of an agreement in `language`, `texts` in reading order."""
    words, lexicon = load_words(language), load_lexicon(language)
    found = aliases(islice(texts, OPENING), lexicon)
    return Tongue(words, lexicon, party_words(found, lexicon), {**words.parties, **found})
