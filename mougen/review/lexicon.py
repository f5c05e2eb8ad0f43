"""The words that decide how a passage is read, one TOML file a language, compiled to patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from .. import schema
from ..data import data_root
from ..errors import DataError
from .features import plain

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parties:
    force: Words
    company: Words
    guards: Words
    company_forms: Words


@dataclass(frozen=True, slots=True)
class Modality:
    binding: Words
    soft: Words
    carve_out: Words
    past: Words
    negators: Words
    compliance: Words
    override: Words
    permitting: Words
    weak: Words
    suspends: Words = ()


@dataclass(frozen=True, slots=True)
class Structure:
    recital: Words
    definition: Words
    annex: Words
    aside: Words
    operative: Words


@dataclass(frozen=True, slots=True)
class Grammar:
    """Regular expressions for what no list of words can say; see the English lexicon for what each is for."""

    subordinate: str
    restriction: str
    nobody: str
    hindsight: str
    both: str
    joined: str
    agent: str
    alias: str
    defined: str
    label: str
    whereas: str
    left_open: str
    cited: str
    listed: str
    annexed: str
    # What English has no need of: verb forms that bind by themselves ("informará"); what must stand between a verb that
    # binds and a soft one for the first to govern ("que"); what may follow a number ("1.º"); how annexes are numbered.
    indicative: str = r"(?!)"
    governs: str = ""
    mark: str = ""
    annex_number: str = r"[A-Z\d]{1,3}"
    ordinals: Words = ()


@dataclass(frozen=True, slots=True)
class Places:
    """What a clause, an unnumbered paragraph and a table row are called where a passage is cited."""

    clause: str
    paragraph: str
    row: str


@dataclass(frozen=True, slots=True)
class CuesFile:
    needs: dict[str, str]
    unless: dict[str, str]
    spread: dict[str, Words]


@dataclass(frozen=True, slots=True)
class LexiconFile:
    name: str
    parties: Parties
    modality: Modality
    structure: Structure
    grammar: Grammar
    places: Places
    facts: dict[str, Words]


@dataclass(frozen=True)
class Lexicon:
    """Compiled patterns of one language; `parties` maps a word to the party it names, or to "no" if it negates."""

    language: str
    parties: Mapping[str, str]
    party_patterns: Mapping[str, re.Pattern[str]]
    company_forms: re.Pattern[str]
    modality: Mapping[str, re.Pattern[str]]
    structure: Mapping[str, re.Pattern[str]]
    patterns: Mapping[str, re.Pattern[str]]
    places: Places
    ordinals: Mapping[str, str]
    facts: Mapping[str, re.Pattern[str]]
    needs: Mapping[str, re.Pattern[str]]
    unless: Mapping[str, re.Pattern[str]]
    spread: Mapping[str, tuple[re.Pattern[str], ...]]

    def number(self, text: str) -> str:
        """Return a clause number in digits ("novena" is 9)."""
        return self.ordinals.get(plain(text), text)


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of `words`, whole: `*` any ending, `…` up to four words, CAPITALS as capitalised.

    An accented letter matches without its accent too, save in a mere ending ("*ó"); an apostrophe may be curly.
    """
    return re.compile("(?:" + ("|".join(sorted(map(_one, words), key=len, reverse=True)) or "(?!)") + ")")


def _bare(words: str) -> str:
    """Return a pattern in which each accented letter matches its plain form as well."""
    if words.isascii():
        return words
    bare = {c: plain(c) for c in words if c.isalpha() and not c.isascii()}
    return "".join(f"[{c}{bare[c]}]" if len(bare.get(c, "")) == 1 and bare[c] != c.lower() else c for c in words)


def _one(words: str) -> str:
    if words.isupper() and len(words) > 1 and words.isalpha():
        return rf"\b(?:{words}|{words.capitalize()})\b"
    built = re.escape(words).replace(r"\*", r"\w*")
    built = built.replace(r"\ …\ ", r"\s+(?:[^\s.;]+\s+){0,4}?").replace(r"\ ", r"\s+")
    built = (built if re.search(r"\*\w", words) else _bare(built)).replace("'", "['’]")
    return rf"(?i:(?<!\w){built}(?!\w))"


@cache
def load_lexicon(language: str) -> Lexicon:
    """Return the lexicon of `language`; raises DataError where there is none or it is faulty."""
    file = data_root("languages") / language / "lexicon.toml"
    if not file.is_file():
        raise DataError(f"there is no lexicon for the language `{language}`")
    read = schema.load(LexiconFile, file.read_text(encoding="utf-8"), f"languages/{language}/lexicon.toml")
    cues = data_root("languages") / language / "cues.toml"
    limbs = schema.load(CuesFile, cues.read_text(encoding="utf-8"), f"languages/{language}/cues.toml")
    kinds = {"guards": read.parties.guards, "company": read.parties.company, "force": read.parties.force}
    modality = read.modality
    structure = read.structure
    return Lexicon(
        language=language,
        parties={plain(w): kind for kind, words in kinds.items() for w in words if " " not in w and w.islower()}
        | {plain(w): "no" for w in modality.negators if w.isalpha()},
        party_patterns={kind: pattern(words) for kind, words in kinds.items()},
        company_forms=re.compile("|".join(rf"\b{re.escape(form)}(?!\w)" for form in read.parties.company_forms)),
        modality={name: pattern(getattr(modality, name)) for name in Modality.__slots__},
        structure={name: pattern(getattr(structure, name)) for name in Structure.__slots__},
        patterns=_grammar(read.grammar),
        places=read.places,
        ordinals={plain(w): str(n) for n, words in enumerate(read.grammar.ordinals, 1) for w in words.split("|")},
        facts={fact: pattern(words) for fact, words in read.facts.items()},
        needs={limb: re.compile(words, re.I) for limb, words in limbs.needs.items()},
        unless={limb: re.compile(words, re.I) for limb, words in limbs.unless.items()},
        spread={limb: tuple(re.compile(w, re.I) for w in words) for limb, words in limbs.spread.items()},
    )


NUMBERS = r"\d[\d.]*(?:\([a-z\d]+\))*"


def _grammar(grammar: Grammar) -> dict[str, re.Pattern[str]]:
    """Return the patterns of a language, those completed that every language builds in the same way."""
    whole = {name: getattr(grammar, name) for name in Grammar.__slots__ if name != "ordinals"}
    spelt = sorted(
        (_bare(w).replace(" ", r"\s+") for o in grammar.ordinals for w in o.split("|")), key=len, reverse=True
    )
    ordinal = "|".join(spelt) or "(?!)"
    ends = r"\s|$" if spelt else r"\s"
    whole["subordinate"] = rf"(?:^|,\s*)(?:{grammar.subordinate})\b[^,;]*(?:,|$)"
    whole["label"] = (
        rf"\s*(?:(?:{grammar.label})\s+(?P<spelt>{ordinal})\b|(?:(?:{grammar.label})\s+)?"
        rf"(?P<number>(?:{ordinal})(?=\s*[.:(–-])|"
        r"\d+(?:\.\d+)*|\(?(?:\d+|[A-Za-z]{1,2}|[ivxl]{1,5})\)|[A-Z](?=\.\s)|(?!il\b)[IVXL]{1,5}(?=[.:]?\s)))"
        rf"(?:{grammar.mark})[.):]?(?:{ends})"
    )
    whole["titled"] = rf"(?:{grammar.label})\s+(?:[\divxa-z]+|{ordinal})\b"
    whole["left_open"] = rf"\[(?:{grammar.left_open}|…|\.{{3}}|●|_+)\s*\]"
    number = rf"(?:{NUMBERS}|\b(?:{ordinal})\b)(?:{grammar.mark})"
    whole["cited"] = rf"\b(?:{grammar.cited})\s+({number}(?:(?:\s*,\s*|\s+(?:{grammar.listed})\s+){number})*)"
    whole["number"] = rf"\d+(?:\.\d+)*|\b(?:{ordinal})\b"
    whole["annexed"] = rf"\b((?:{grammar.annexed})\s+(?:{grammar.annex_number}))\b"
    strict = ("alias", "defined", "annexed")  # where capitals tell
    return {name: re.compile(words, 0 if name in strict else re.I) for name, words in whole.items()}
