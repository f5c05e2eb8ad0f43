"""The command `jurisdictions check`: which facts about countries are recalled, or were checked too long ago."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from ..errors import MougenError
from .options import format_option, library_of, library_option

if TYPE_CHECKING:
    from ..library import Library


@click.group()
def jurisdictions() -> None:
    """Look after the facts about countries."""


@jurisdictions.command("check")
@click.argument("names", metavar="[NAME...]", nargs=-1)
@click.option("--older-than", "age", metavar="AGE", default="18m", show_default=True, help="As in 90d, 18m or 2y.")
@click.option("--on", "today", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Count from this day (today).")
@format_option("text", "json")
@library_option
def check(names: tuple[str, ...], age: str, today: datetime.datetime | None, format: str, library: str | None) -> None:
    """List the facts that were recalled and never found, and those checked longer ago than AGE.

    Exit 1 if there is one.
    """
    import json

    known = library_of(library)
    day = today.date() if today else datetime.date.today()
    rows = list(_stale(known, names, day, before(day, age)))
    if format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            click.echo(f"{row['jurisdiction']}: {row['fact']} ({row['why']})")
        click.echo(f"{len(rows)} facts to check", err=True)
    if rows:
        click.get_current_context().exit(1)


def before(day: datetime.date, age: str) -> datetime.date:
    """Return the day that is `age` ("90d", "18m", "2y") before `day`; raises MougenError where it is not an age."""
    found = re.fullmatch(r"(\d{1,4})([dmy])", age.strip())
    if not found:
        raise MougenError(f"--older-than {age}: say a number and d, m or y, as in 18m")
    number, unit = int(found[1]), found[2]
    if unit == "d":
        return day - datetime.timedelta(days=number)
    months = day.year * 12 + day.month - 1 - number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        raise MougenError(f"--older-than {age}: that is before the first year; say a shorter time, as in 18m")
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _stale(
    library: Library, names: tuple[str, ...], day: datetime.date, limit: datetime.date
) -> Iterator[dict[str, str]]:
    """Yield a row for each fact that was not found in a source, or was last checked before `limit`."""
    countries = [library.jurisdiction(name) for name in names] or list(library.jurisdictions.values())
    for country in countries:
        for name, fact in country.facts():
            old = fact.checked < limit
            if fact.verified and not old:
                continue
            known = "found" if fact.verified else fact.confidence.replace("-", ", ")
            yield {
                "jurisdiction": country.id,
                "fact": name,
                "confidence": fact.confidence,
                "checked": fact.checked.isoformat(),
                "source": fact.source,
                "why": f"{known}; checked {fact.checked}{', too long ago' if old else ''}",
            }
