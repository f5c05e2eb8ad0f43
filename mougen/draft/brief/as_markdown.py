"""Brief in, Markdown out."""

from __future__ import annotations

from collections.abc import Iterator

from ...markdown import escaped
from .parts import Cells, Part, parts_of
from .positions import Brief

BEFORE = {"title": "# ", "heading": "## ", "subheading": "### "}


def rendered(brief: Brief) -> str:
    """Return `brief` as Markdown, its sections numbered as in the Word file."""
    return "\n\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    sections = 0
    for part in parts_of(brief):
        sections += part.kind == "heading"
        number = f"{sections}. " if part.kind == "heading" else ""
        if part.kind == "notice":
            first, *others = (_text(cell) for (cell,) in part.rows)
            yield "\n>\n".join((f"> **{first}**", *(f"> {other}" for other in others)))
        elif part.rows:
            yield _table(part)
        else:
            yield f"{BEFORE.get(part.kind, '')}{number}{_text(part.runs)}"


def _table(part: Part) -> str:
    first, *body = (f"| {' | '.join(map(_text, row))} |" for row in part.rows)
    return "\n".join((first, f"|{' --- |' * len(part.rows[0])}", *body))


def _text(runs: Cells) -> str:
    text = "".join(f"**{escaped(run.text)}**" if run.kind == "term" else escaped(run.text) for run in runs)
    return text.strip()
