"""A list of obligations as text, Markdown, CSV, JSON or a calendar."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator

from ..duties.calendar import as_ics
from ..duties.duty import Duties, Duty, Kind
from ..report.terminal import WIDTH, wrapped

KINDS: dict[Kind, str] = {
    "once": "Once",
    "recurring": "Recurring",
    "event": "On an event, within a time",
    "standing": "Standing",
}
COLUMNS = ("place", "title", "clause", "who", "what", "when", "kind", "date", "every", "language")
FORMULA = ("=", "+", "-", "@")  # what a spreadsheet takes for the beginning of a formula


def render_duties(duties: Duties, format: str) -> bytes:
    """Return `duties` in one of the formats text, markdown, csv, json and ics; raises MougenError as `as_ics` does."""
    if format == "ics":
        return as_ics(duties)
    if format == "csv":
        return _csv(duties)
    if format == "json":
        return (json.dumps(_wire(duties), ensure_ascii=False, indent=2) + "\n").encode()
    return ("\n".join(_markdown(duties) if format == "markdown" else _text(duties)) + "\n").encode()


def _counts(duties: Duties) -> str:
    who, kinds = Counter(duty.who for duty in duties.rows), Counter(duty.kind for duty in duties.rows)
    bound = ", ".join(f"{who[name]} {name}" for name in ("Force", "Company", "both", "other") if who[name])
    when = ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS if kinds[kind])
    return f"{len(duties.rows)} obligations{f': {bound}; {when}' if duties.rows else ''}."


def _due(duty: Duty) -> str:
    """Return when something is due: in the words of the text, and on which day."""
    if duty.date is None:
        return duty.when
    day = f"first {duty.date}" if duty.every else str(duty.date)
    return f"{duty.when} ({day})"


def _text(duties: Duties) -> Iterator[str]:
    yield wrapped(duties.name)
    yield wrapped(_counts(duties))
    yield from (wrapped(note) for note in duties.notes)
    for kind, title in KINDS.items():
        rows = [duty for duty in duties.rows if duty.kind == kind]
        if rows:
            yield f"\n{f'{title.upper()} '.ljust(WIDTH, '─')}"
        for duty in rows:
            due = f": {_due(duty)}" if duty.when else ""
            yield wrapped(f"{duty.where}  {duty.who}{due}", "    ", "  ")
            yield wrapped(duty.what, "    │ ")


def _markdown(duties: Duties) -> Iterator[str]:
    from ..report.as_markdown import escaped

    yield f"# Obligations: {escaped(duties.name)}\n\n{_counts(duties)}"
    yield from (f"\n- {escaped(note)}" for note in duties.notes)
    for kind, title in KINDS.items():
        rows = [duty for duty in duties.rows if duty.kind == kind]
        if rows:
            yield f"\n## {title}\n\n| Place | Who | When | What |\n| --- | --- | --- | --- |"
        for duty in rows:
            yield f"| {escaped(duty.where)} | {duty.who} | {escaped(_due(duty))} | {escaped(duty.what)} |"


def _wire(duties: Duties) -> dict[str, object]:
    return {
        "version": 1,
        "name": duties.name,
        "signed": duties.signed.isoformat() if duties.signed else None,
        "ends": duties.ends.isoformat() if duties.ends else None,
        "obligations": [_row(duty) for duty in duties.rows],
        "notes": list(duties.notes),
    }


def _row(duty: Duty) -> dict[str, object]:
    every = {"number": duty.every.number, "unit": duty.every.unit} if duty.every else None
    return {
        "place": duty.where,
        "title": duty.title,
        "clause": duty.clause,
        "who": duty.who,
        "what": duty.what,
        "when": duty.when,
        "kind": duty.kind,
        "date": duty.date.isoformat() if duty.date else None,
        "every": every,
        "language": duty.language,
    }


def _csv(duties: Duties) -> bytes:
    """Return a table with a head row; no cell can be taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for duty in duties.rows:
        row = {**_row(duty), "every": str(duty.every or "")}
        writer.writerow([_cell(str(row[column] or "")) for column in COLUMNS])
    return out.getvalue().encode()


def _cell(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(FORMULA) else text
