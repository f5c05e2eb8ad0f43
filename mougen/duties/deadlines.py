"""When a sentence says that something is due; the words for it are data, one file a language."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from .. import schema
from ..data import data_root
from ..errors import DataError
from ..language import load_language
from .duty import Interval, Unit

Words = tuple[str, ...]
REST = r"[^.;:,()]{0,90}"  # of the event from which a time runs
SPACED = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What comes back; the interval is `every` times `unit`, or what the text says."""

    says: str
    every: int = 1
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DeadlinesFile:
    pronouns: Words
    plurals: Words
    determiners: Words
    signature: str
    limits: Words
    soonest: Words
    dates: Words
    units: dict[str, str]
    numbers: dict[str, int]
    recurrences: tuple[Recurrence, ...]


@dataclass(frozen=True, slots=True)
class Time:
    """A time found in a sentence, at `start` to `end`: a recurrence (`every`), a date, or a limit (`within`).

    `signed` tells that the limit runs from the agreement itself; at `core` the event begins from which it runs.
    """

    start: int
    end: int
    every: Interval | None = None
    date: datetime.date | None = None
    within: Interval | None = None
    signed: bool = False
    core: int = 0


@dataclass(frozen=True)
class Deadlines:
    """The compiled patterns of one language.

    `pronouns` and `plurals` are subjects that stand for the one or the several named before, without accents; with one
    of the `determiners` a subject begins.
    """

    pronouns: frozenset[str]
    plurals: frozenset[str]
    determiners: re.Pattern[str]
    signature: re.Pattern[str]
    limits: tuple[re.Pattern[str], ...]
    soonest: re.Pattern[str]
    dates: tuple[re.Pattern[str], ...]
    units: Mapping[Unit, re.Pattern[str]]
    numbers: Mapping[str, int]
    months: Words
    recurrences: tuple[tuple[re.Pattern[str], Recurrence], ...]

    def times(self, sentence: str) -> list[Time]:
        """Return the times that `sentence` names, in order; it has no two spaces side by side."""
        text = sentence.translate(SPACED)
        found = _apart(sorted(self._found(text), key=lambda t: (t.start - t.end, t.start)))
        return sorted(found, key=lambda t: t.start)

    def _found(self, text: str) -> Iterator[Time]:
        for pattern, recurrence in self.recurrences:
            for match in pattern.finditer(text):
                every = self._interval(match, recurrence)
                if every:
                    yield Time(*match.span(), every=every)
        for pattern in self.limits:
            yield from filter(None, map(self._limit, pattern.finditer(text)))
        for pattern in self.dates:
            yield from filter(None, map(self._date, pattern.finditer(text)))
        yield from (Time(*match.span()) for match in self.soonest.finditer(text))

    def _limit(self, match: re.Match[str]) -> Time | None:
        within = self._interval(match)
        if within is None:
            return None
        anchor = match.groupdict().get("anchor") or ""
        core = match.end() - len(anchor)
        for pattern, recurrence in self.recurrences:
            # "within ten days after the end of each month" comes back every month.
            if (again := pattern.search(anchor)) and (every := self._interval(again, recurrence)):
                return Time(*match.span(), every=every, within=within, core=core)
        return Time(*match.span(), within=within, signed=bool(self.signature.search(anchor)), core=core)

    def _date(self, match: re.Match[str]) -> Time | None:
        month = next(n for n, name in enumerate(self.months, 1) if _bare(name) == _bare(match["month"]))
        try:
            return Time(*match.span(), date=datetime.date(int(match["year"]), month, int(match["day"])))
        except ValueError:  # no such day
            return None

    def _interval(self, match: re.Match[str], recurrence: Recurrence | None = None) -> Interval | None:
        """Return the interval that a match names, None where its number is none."""
        said = match.groupdict()
        number = said.get("number")
        count = 1 if number is None else int(number) if number.isdigit() else self.numbers.get(_bare(number), 0)
        if recurrence and recurrence.unit:
            unit = _unit(recurrence.unit)
            count *= recurrence.every
        else:
            unit = next(unit for unit, pattern in self.units.items() if pattern.fullmatch(said["unit"]))
        day = int(said.get("day") or 0) if recurrence else 0
        return Interval(count, unit, day) if count > 0 and day <= 31 else None


def _apart(times: Iterable[Time]) -> list[Time]:
    """Return the first of `times` and each that overlaps none before it."""
    kept: list[Time] = []
    for time in times:
        if all(time.end <= other.start or time.start >= other.end for other in kept):
            kept.append(time)
    return kept


@cache
def load_deadlines(language: str) -> Deadlines:
    """Return the patterns of `language`; raises DataError where there are none or they are faulty."""
    file, name = data_root("languages") / language / "deadlines.toml", f"languages/{language}/deadlines.toml"
    if not file.is_file():
        raise DataError(f"there is no {name}, so nothing can be told of when duties in that language are due")
    read = schema.load(DeadlinesFile, file.read_text(encoding="utf-8"), name)
    months = load_language(language).months
    numbers = sorted(read.numbers, key=len, reverse=True)
    groups = {
        "<number>": rf"(?P<number>\d{{1,4}}|{'|'.join(numbers)})(?: \(\w+(?:[ -]\w+){{0,3}}\))?",
        "<unit>": f"(?P<unit>{'|'.join(read.units.values())})",
        "<month>": f"(?P<month>{'|'.join(months)})",
        "<rest>": REST,
    }

    def compiled(says: str) -> re.Pattern[str]:
        for group, pattern in groups.items():
            says = says.replace(group, pattern)
        try:
            return re.compile(rf"(?<!\w)(?:{_unaccented(says)})(?!\w)", re.IGNORECASE)
        except re.error as fault:
            raise DataError(f"{name}: `{says}` is no regular expression ({fault}); correct it") from None

    return Deadlines(
        pronouns=frozenset(map(_bare, read.pronouns)),
        plurals=frozenset(map(_bare, read.plurals)),
        determiners=compiled("|".join(read.determiners)),
        signature=compiled(read.signature),
        limits=tuple(map(compiled, read.limits)),
        soonest=compiled("|".join(read.soonest)),
        dates=tuple(map(compiled, read.dates)),
        units={_unit(unit): compiled(says) for unit, says in read.units.items()},
        numbers={_bare(word): number for word, number in read.numbers.items()},
        months=months,
        recurrences=tuple((compiled(r.says), r) for r in read.recurrences),
    )


def _unit(name: str) -> Unit:
    if name not in get_args(Unit):
        raise DataError(f"`{name}` is no unit of time; {schema.nearest(name, get_args(Unit))}")
    return name  # type: ignore[return-value]


def _bare(text: str) -> str:
    """Return `text` in lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def _unaccented(pattern: str) -> str:
    """Return a pattern in which each accented letter outside brackets matches its plain form as well."""
    outside = re.split(r"(\[[^\]]*\])", pattern)
    return "".join(
        part
        if part.startswith("[")
        else "".join(f"[{c}{_bare(c)}]" if c.isalpha() and _bare(c) != c.lower() else c for c in part)
        for part in outside
    )
