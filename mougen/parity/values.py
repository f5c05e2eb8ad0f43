"""A text in, what it counts out: dates, times, references, numbers, each written in one way for every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..review.features import plain
from ..review.lexicon import Lexicon
from .words import Words, months

SMALL = 3  # spelt numbers below it are articles and pairs ("one", "both")
GROUPED = re.compile(r"(?<![\d.,/])\d{1,3}(?:[ .,']\d{3})+(?![\d/]|[.,]\d)")
DECIMAL = re.compile(r"(?<![\d.,/-])(\d+)[.,](\d+)(?![\d/]|[.,]\d)")
PLAIN = re.compile(r"\d+(?:[./-]\d+)*")
AGAIN = re.compile(r"\bde (\w+) e[mn] \1\b")  # "de seis em seis meses"
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")


@dataclass(frozen=True, slots=True)
class Values:
    """What a text counts.

    `dates` are in the form of ISO 8601; `counts` are pairs of a number and of what it counts: a unit of time, "clause",
    "annex", or "" for anything. `often` are units after which something comes back, `units` all that are named.
    """

    dates: Counter[str]
    counts: Counter[tuple[str, str]]
    often: frozenset[str]
    units: frozenset[str]


def values_of(text: str, words: Words, lexicon: Lexicon) -> Values:
    """Return what `text`, in the language of `words` and `lexicon`, counts."""
    counts, rest = _references(text, lexicon)
    rest = plain(rest)
    dates, rest = _dates(rest)
    times, rest = _times(rest, words)
    named = {unit for _, unit in times} | {unit for found in words.unit.finditer(rest) for unit in _named(found)}
    often = {unit for found in words.often.finditer(rest) for unit in _named(found)}
    counts.update(times)
    counts.update((number, "") for number in _each_number(rest, words))
    return Values(dates, counts, frozenset(often), frozenset(named | often))


def _named(found: re.Match[str]) -> set[str]:
    return {name for name, said in found.groupdict().items() if said and name not in ("n", "again")}


def _references(text: str, lexicon: Lexicon) -> tuple[Counter[tuple[str, str]], str]:
    """Return the clauses and annexes that a text cites, and the text without them."""
    found = set[tuple[str, str]]()
    for cited in lexicon.patterns["cited"].finditer(text):
        numbers = [n[0] for n in lexicon.patterns["number"].finditer(cited[1])]
        if numbers[:1] and numbers[0][0].isdigit():  # then no word after it is a number ("segundo", according to)
            numbers = [n for n in numbers if n[0].isdigit()]
        found |= {(lexicon.number(number).lower(), "clause") for number in numbers}
    for annexed in lexicon.patterns["annexed"].finditer(text):
        found.add((annexed[1].split()[-1].lower(), "annex"))
    for name in ("cited", "annexed"):
        text = lexicon.patterns[name].sub(" ", text)
    return Counter(found), text


@cache
def _written() -> re.Pattern[str]:
    names = "|".join(sorted(months(), key=len, reverse=True))
    day, year = r"(?P<{0}>\d{{1,2}})(?:er|st|nd|rd|th|o|a)?", r"(?P<{0}>\d{{4}})"
    link = r",? (?:(?:de|of|del) )?"
    return re.compile(
        rf"\b(?:{day.format('day')} (?:(?:de|of|d') ?)?(?P<month>{names})(?:{link}{year.format('year')})?"
        rf"|(?P<month2>{names})(?: {day.format('day2')})?{link}{year.format('year2')})\b"
    )


def _dates(text: str) -> tuple[Counter[str], str]:
    dates = Counter[str]()
    for found in _written().finditer(text):
        day, year = found["day"] or found["day2"] or "", found["year"] or found["year2"] or ""
        dates[f"{year or '----'}-{months()[found['month'] or found['month2']]:02d}-{int(day or 0):02d}"] += 1
    text = _written().sub(" ", text)
    for found in ISO.finditer(text):
        year, month, day = found.groups()[:3] if found[1] else found.groups()[:2:-1]
        dates[f"{year}-{int(month):02d}-{int(day):02d}"] += 1
    return dates, ISO.sub(" ", text)


def _times(text: str, words: Words) -> tuple[Counter[tuple[str, str]], str]:
    """Return the times of more than one unit, since "a day" and "daily" are hardly told apart."""
    times = Counter[tuple[str, str]]()
    text = AGAIN.sub(r"\1", text)
    for found in words.limit.finditer(text):
        unit = next(iter(_named(found)))
        count = found["n"] if found["n"].isdigit() else str(words.numbers[found["n"]])
        if count != "1" or found["n"].isdigit():
            times[count, unit] += 1
    return times, words.limit.sub(" ", text)


def _each_number(text: str, words: Words) -> Iterator[str]:
    for found in GROUPED.finditer(text):
        yield re.sub(r"\D", "", found[0])
    text = GROUPED.sub(" ", text)
    for found in DECIMAL.finditer(text):
        yield f"{found[1]}.{found[2]}"
    text = DECIMAL.sub(" ", text)
    yield from (found[0] for found in PLAIN.finditer(text))
    spelt = (words.numbers[found[0]] for found in words.spelt.finditer(text))
    yield from (str(number) for number in spelt if number >= SMALL)
