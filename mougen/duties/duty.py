"""What `obligations` returns: who must do what by when, from which clause."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

Who = Literal["Force", "Company", "both", "other"]
Kind = Literal["once", "recurring", "event", "standing"]
Unit = Literal["hour", "workday", "day", "week", "month", "quarter", "half", "year"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A number of units of time; with `day` the day of the month on which something is due."""

    number: int
    unit: Unit
    day: int = 0

    def __str__(self) -> str:
        return self.unit if self.number == 1 else f"{self.number} {self.unit}s"


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation: the place where it stands, who owes it, the sentence that states it, and when it is due.

    `when` is the deadline or the recurrence in the words of the text, several parted by semicolons. `kind` is `once`
    (after signature, or by a date), `recurring` (with its `every`), `event` (within a time after something happens) or
    `standing`. `date` is the day on which it is due, first due where it recurs, and None where nobody can know it.
    """

    where: str
    title: str
    who: Who
    what: str
    when: str = ""
    kind: Kind = "standing"
    date: datetime.date | None = None
    every: Interval | None = None
    clause: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Duties:
    """The obligations of one agreement in the order in which they stand; `signed` is the day from which times run.

    `ends` is the day on which the agreement ends, where it is known; `notes` say what a reader should know.
    """

    name: str
    rows: tuple[Duty, ...]
    signed: datetime.date | None = None
    ends: datetime.date | None = None
    notes: tuple[str, ...] = field(default=())
