"""A trace as text, JSON or Markdown."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ..report.terminal import WIDTH, shortened, wrapped
from ..tracing.trace import Change, Foreign, Trace, TracedClause
from ..tracing.words import Piece

AROUND = 7  # unchanged words that are shown before and after a change
QUOTE = 420  # characters of a text that is there as a whole or gone as a whole
MARKS = {"same": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
SINCE = {"same": "", "changed": "the library has changed its text since", "gone": "the library no longer has it"}


def render_trace(trace: Trace, format: str) -> bytes:
    """Return `trace` in one of the formats text, json and markdown."""
    if format == "json":
        return (json.dumps(_wire(trace), ensure_ascii=False, indent=2) + "\n").encode()
    return ("\n".join(_markdown(trace) if format == "markdown" else _text(trace)) + "\n").encode()


def _headline(trace: Trace) -> str:
    if trace.untouched:
        return f"Untouched: all {len(trace.clauses)} clauses are as they were drafted, and nothing else was added."
    counts = Counter(clause.status for clause in trace.clauses)
    told = [f"{counts[status]} {status}" for status in ("edited", "moved", "deleted", "untouched") if counts[status]]
    told += [f"{len(trace.foreign)} foreign passages"] if trace.foreign else []
    told += [f"{len(trace.frame)} changes outside the clauses"] if trace.frame else []
    return f"{len(trace.clauses)} clauses: {', '.join(told)}."


def _library(trace: Trace) -> str:
    then, now = trace.library[:12], trace.library_now[:12]
    if then == now:
        return f"Drafted with library {then}, which is the one here."
    others = sum(clause.since != "same" for clause in trace.clauses)
    said = f"{others} of these clauses have another text in it" if others else "these clauses have the same text in it"
    return f"Drafted with library {then}; the one here is {now}, and {said}."


def _text(trace: Trace) -> Iterator[str]:
    yield wrapped(trace.file)
    yield wrapped(_headline(trace))
    yield wrapped(_library(trace))
    yield from (wrapped(note) for note in trace.notes)
    changed = [clause for clause in trace.clauses if clause.status != "untouched"]
    for title, entries in (
        ("CHANGED", ["\n".join(_clause_lines(clause)) for clause in changed]),
        ("FOREIGN TEXT", ["\n".join(_foreign_lines(foreign)) for foreign in trace.foreign]),
        ("OUTSIDE THE CLAUSES", [_change_line(change) for change in trace.frame]),
    ):
        if entries:
            yield f"\n{f'{title} '.ljust(WIDTH, '─')}"
            yield "\n\n".join(entries)
    untouched = [clause for clause in trace.clauses if clause.status == "untouched"]
    if untouched:
        yield f"\n{'UNTOUCHED '.ljust(WIDTH, '─')}"
        yield from (wrapped(f"{_name(clause)}{_tail(clause)}", "    ", "  ") for clause in untouched)


def _clause_lines(clause: TracedClause) -> Iterator[str]:
    word = clause.status.upper() + (", MOVED" if clause.moved and clause.status == "edited" else "")
    yield wrapped(f"{word}  {_name(clause)}{_tail(clause)}", "    ", "  ")
    if clause.moved:
        yield wrapped(f"now {clause.where}", "    ")
    if clause.status == "deleted":
        return
    for change in clause.changes:
        if change.kind == "inserted":
            yield wrapped(
                f"foreign text {change.where.partition(', ')[2] or change.where}, see below", "      ", "    "
            )
        else:
            yield _change_line(change)


def _change_line(change: Change) -> str:
    said = {"moved": f"moved, now {change.where}: ", "deleted": "deleted: "}
    place = change.where.partition(", ")[2] or change.where
    where = said.get(change.kind, f"{place}{_shown(change.tracked)}: ")
    return wrapped(f"{where}{marked(change.pieces)}", "      ", "    ")


def _foreign_lines(foreign: Foreign) -> Iterator[str]:
    hidden = ", hidden text" if foreign.hidden else ""
    yield wrapped(f"{foreign.where}{_shown(foreign.tracked)}{hidden}", "    ", "  ")
    yield wrapped(f"“{shortened(foreign.text, QUOTE)}”", "    │ ")


def _shown(tracked: bool) -> str:
    return " (tracked)" if tracked else " (not tracked)"


def _name(clause: TracedClause) -> str:
    return f"{clause.name} [{clause.id} {clause.version}]"


def _tail(clause: TracedClause) -> str:
    number = f"; now {clause.now}" if clause.now and clause.now != clause.number else ""
    return f"{number}{'; ' if SINCE[clause.since] else ''}{SINCE[clause.since]}"


def marked(pieces: Sequence[Piece], says: Callable[[str], str] = str, marks: dict[str, tuple[str, str]] = MARKS) -> str:
    """Return pieces as one text with marks around what came and went; long stretches that stayed are shortened."""
    found = []
    for index, piece in enumerate(pieces):
        text = piece.text.strip()
        if piece.kind == "same" and len(pieces) > 1:
            text = _around(text, first=index == 0, last=index == len(pieces) - 1)
        elif len(pieces) == 1:
            text = shortened(text, QUOTE)
        before, after = marks[piece.kind]
        space = " " if piece.text[:1].isspace() and index else ""
        found.append(f"{space}{before}{says(text)}{after}")
    return "".join(found)


def _around(text: str, *, first: bool, last: bool) -> str:
    words = text.split()
    head, tail = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= head + tail + 2:
        return text
    return " ".join([*words[:head], "…", *(words[-tail:] if tail else ())])


def _markdown(trace: Trace) -> Iterator[str]:
    from ..report.as_markdown import escaped

    def shown(pieces: Sequence[Piece]) -> str:
        return marked(pieces, escaped, {"same": ("", ""), "deleted": ("~~", "~~"), "inserted": ("**", "**")})

    yield f"# Trace of {escaped(trace.file)}\n\n**{_headline(trace)}** {_library(trace)}\n"
    yield from (f"- {escaped(note)}" for note in trace.notes)
    yield "\n| Clause | Id | Version | State | Library since |\n| --- | --- | --- | --- | --- |"
    for clause in trace.clauses:
        state = clause.status + (f", now {escaped(clause.where)}" if clause.moved else "")
        yield f"| {escaped(clause.name)} | `{clause.id}` | `{clause.version}` | {state} | {clause.since} |"
    for clause in trace.clauses:
        if clause.changes:
            yield f"\n## {clause.status.capitalize()}: {escaped(clause.name)}\n"
        for change in clause.changes:
            where = f" {escaped(change.where)}{'' if change.kind == 'deleted' else _shown(change.tracked)}"
            yield f"- {change.kind}{where if change.where else ''}: {shown(change.pieces)}"
    if trace.foreign:
        yield "\n## Foreign text\n"
        yield from (f"- {escaped(f.where)}{_shown(f.tracked)}: {escaped(f.text)}" for f in trace.foreign)
    if trace.frame:
        yield "\n## Outside the clauses\n"
        yield from (f"- {escaped(c.where)}: {shown(c.pieces)}" for c in trace.frame)


def _wire(trace: Trace) -> dict[str, object]:
    return {"version": 1, "untouched": trace.untouched, **dataclasses.asdict(trace)}
