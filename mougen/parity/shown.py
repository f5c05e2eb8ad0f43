"""A comparison in, text, Markdown or JSON out."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from ..language import load_language
from .finding import KINDS, Difference, Parity, Side

WIDTH = 100
SHOWN = 600  # characters of a passage
MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#"})


def shown(parity: Parity, form: str) -> str:
    """Return `parity` as "text", "markdown" or "json"."""
    if form == "json":
        return json.dumps(_wire(parity), ensure_ascii=False, indent=2) + "\n"
    return "".join(f"{line}\n" for line in (_markdown if form == "markdown" else _text)(parity))


def _head(parity: Parity) -> str:
    left, right = (load_language(code).name for code in parity.languages)
    count = len(parity.differences)
    said = "no difference" if not count else f"{count} difference{'s' if count > 1 else ''}"
    return f"{left} and {right}, {parity.pairs} passages compared: {said}"


def _text(parity: Parity) -> Iterator[str]:
    yield parity.name
    yield _head(parity)
    yield from (f"note: {note}" for note in parity.notes)
    for difference in parity.differences:
        yield ""
        yield f"{difference.where}: {KINDS[difference.kind]}: {difference.why}"
        for code, side in zip(parity.languages, (difference.left, difference.right), strict=True):
            lead = f"  {code} | "
            yield from textwrap.wrap(_quoted(side), WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))


def _markdown(parity: Parity) -> Iterator[str]:
    yield f"# Parity of {parity.name.translate(MARKS)}"
    yield ""
    yield f"{_head(parity)}."
    yield from (f"\n- {note}" for note in parity.notes)
    for number, difference in enumerate(parity.differences, 1):
        yield ""
        yield f"## {number}. {difference.where.translate(MARKS)}: {KINDS[difference.kind]}"
        yield ""
        yield f"{difference.why.translate(MARKS)}."
        yield ""
        left, right = (load_language(code).name for code in parity.languages)
        yield f"| {left} | {right} |"
        yield "| --- | --- |"
        yield f"| {' | '.join(_quoted(s).translate(MARKS).replace('|', '/') for s in _sides(difference))} |"


def _sides(difference: Difference) -> tuple[Side, Side]:
    return difference.left, difference.right


def _quoted(side: Side) -> str:
    """Return the text of a passage on one line, cut where it is long; a dash where there is none."""
    words = " ".join(side.text.split())
    return words if 0 < len(words) <= SHOWN else f"{words[:SHOWN]}…" if words else "–"


def _wire(parity: Parity) -> dict[str, object]:
    return {
        "version": 1,
        "file": parity.name,
        "languages": list(parity.languages),
        "pairs": parity.pairs,
        "notes": list(parity.notes),
        "differences": [
            {
                "kind": difference.kind,
                "where": difference.where,
                "why": difference.why,
                **{name: _place(side) for name, side in zip(("left", "right"), _sides(difference), strict=True)},
            }
            for difference in parity.differences
        ],
    }


def _place(side: Side) -> dict[str, object] | None:
    return {"text": side.text, "where": side.where, "start": side.start, "end": side.end} if side.text else None
