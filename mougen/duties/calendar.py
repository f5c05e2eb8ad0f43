"""Days: when something is first due, and the calendar file (RFC 5545) of what has a date."""

from __future__ import annotations

import calendar
import datetime
import hashlib
from collections.abc import Iterator

from ..errors import MougenError
from .deadlines import Time
from .duty import Duties, Duty, Interval

HOURS = 24
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
DAYS = {"day": 1, "week": 7}
LINE = 75  # octets of a line before it is folded (3.1)
SUMMARY = 70  # characters of what a calendar shows at a glance


def later(day: datetime.date, interval: Interval) -> datetime.date:
    """Return the day that is an interval after `day`; working days leave out Saturdays and Sundays, not holidays."""
    if interval.unit in MONTHS:
        months = day.year * 12 + day.month - 1 + interval.number * MONTHS[interval.unit]
        year, month = divmod(months, 12)
        return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    if interval.unit == "workday":
        for _ in range(interval.number):
            day += datetime.timedelta(days={4: 3, 5: 2}.get(day.weekday(), 1))
        return day
    if interval.unit == "hour":
        return day + datetime.timedelta(days=-(-interval.number // HOURS))
    return day + datetime.timedelta(days=interval.number * DAYS[interval.unit])


def due(time: Time, signed: datetime.date | None) -> datetime.date | None:
    """Return the day on which something is due, or first due, where it can be known."""
    if time.date or signed is None:
        return time.date
    try:
        if time.every and time.every.unit != "hour":
            first = later(signed, time.every)
            return _on_day(first, time.every.day)
        if time.signed and time.within:
            return later(signed, time.within)
    except (ValueError, OverflowError):  # beyond the last year that there is
        return None
    return None


def _on_day(first: datetime.date, day: int) -> datetime.date:
    """Return `first` on that day of its month; "day 7 of the following month" falls in the month after signature."""
    return first.replace(day=min(day, calendar.monthrange(first.year, first.month)[1])) if day else first


def as_ics(duties: Duties) -> bytes:
    """Return the calendar of all obligations with a date; the same obligations give the same bytes.

    Raises MougenError where none has a date, because a calendar must hold something.
    """
    dated = [duty for duty in duties.rows if duty.date and (duties.ends is None or duty.date <= duties.ends)]
    if not dated:
        raise MougenError(
            f"{duties.name}: none of its {len(duties.rows)} obligations has a date to put into a calendar; "
            "say when it was signed (`date` in a deal, --date for a file)"
        )
    stamp = f"{(duties.signed or datetime.date(1970, 1, 1)):%Y%m%d}T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mougen//obligations//EN", "CALSCALE:GREGORIAN"]
    seen: dict[str, int] = {}
    for duty in dated:
        lines += _event(duty, duties.ends, stamp, seen)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _event(duty: Duty, ends: datetime.date | None, stamp: str, seen: dict[str, int]) -> Iterator[str]:
    assert duty.date is not None  # or it would not be here
    said = f"{duty.where}\n{duty.who}\n{duty.what}\n{duty.when}"
    seen[said] = seen.get(said, 0) + 1
    id = hashlib.sha256(f"{said}\n{seen[said]}".encode()).hexdigest()[:32]
    what = duty.what if len(duty.what) <= SUMMARY else duty.what[:SUMMARY].rsplit(" ", 1)[0] + " …"
    yield "BEGIN:VEVENT"
    yield f"UID:{id}@mougen"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{duty.date:%Y%m%d}"
    if rule := _rule(duty, ends):
        yield f"RRULE:{rule}"
    yield f"SUMMARY:{_text(f'{duty.who}: {what}')}"
    yield "DESCRIPTION:" + _text("\n".join(filter(None, (duty.what, duty.when, duty.where))))
    yield f"CATEGORIES:{_text(duty.who)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _rule(duty: Duty, ends: datetime.date | None) -> str:
    """Return the recurrence (3.3.10) of an obligation, until the agreement ends where that is known."""
    every = duty.every
    if every is None or duty.date is None or every.unit == "hour":
        return ""
    number, frequency = every.number, {"day": "DAILY", "workday": "DAILY", "week": "WEEKLY"}.get(every.unit, "")
    if not frequency:
        months = number * MONTHS[every.unit]
        frequency, number = ("YEARLY", months // 12) if months % 12 == 0 else ("MONTHLY", months)
    parts = [f"FREQ={frequency}", f"INTERVAL={number}"]
    if every.unit == "workday":
        parts.append("BYDAY=MO,TU,WE,TH,FR")
    if frequency == "MONTHLY" and duty.date.day > 28:  # else months without that day would be left out
        days = ",".join(str(day) for day in range(28, duty.date.day + 1))
        parts.append(f"BYMONTHDAY={days};BYSETPOS=-1")
    if ends and ends > duty.date:
        parts.append(f"UNTIL={ends:%Y%m%d}")
    return ";".join(parts)


def _text(words: str) -> str:
    """Return a value of type TEXT (3.3.11)."""
    words = "".join(c for c in words if c == "\n" or c == "\t" or c.isprintable() or c.isspace()).replace("\r", " ")
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a content line folded after at most 75 octets, no character divided (3.1)."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > LINE:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += width
    return "\r\n".join(parts)
