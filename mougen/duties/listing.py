"""Plan or file in, obligations out: both are read as an agreement, so that both are told in the same way."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ..agreement import Agreement, Paragraph
from ..draft.plan import Plan, PlannedClause
from ..errors import MougenError
from ..library import Library
from ..review.lexicon import load_lexicon
from ..review.sections import sections_of
from ..review.structure import passages_of
from .calendar import due, later
from .deadlines import load_deadlines
from .duty import Duties, Duty, Interval
from .frames import Frame, Frames

SKIPPED = ("title", "parties", "recitals", "definitions", "signature")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def of_plan(plan: Plan, library: Library) -> Duties:
    """Return the obligations of a plan; those that run from signature have a date where the deal has one."""
    agreement, starts, ids = as_agreement(plan)
    skipped = {item.id for item in plan.items if item.clause.kind in SKIPPED}
    rows = []
    for frame in _frames(agreement, plan.language.code):
        clause = ids[bisect_right(starts, frame.passage.start) - 1]
        # The tables of the forms are filled in and bind nobody.
        if clause not in skipped and frame.passage.kind != "row":
            rows.append(_duty(frame, plan.language.code, plan.deal.date, clause))
    years = plan.deal.terms.get("term_years") or library.fields()["term_years"].default
    term = isinstance(years, int) and any(item.id == "term-and-review" for item in plan.items)
    return Duties(
        name=plan.deal.origin.name,
        rows=tuple(rows),
        signed=plan.deal.date,
        ends=later(plan.deal.date, Interval(years, "year")) if plan.deal.date and term else None,
        notes=tuple(_notes(plan.deal.date, "the deal has no `date`")),
    )


def of_agreement(agreement: Agreement, signed: datetime.date | None) -> Duties:
    """Return the obligations of an agreement, each part in its own language; `signed` is when it was signed.

    Raises MougenError where it is in no language that can be read.
    """
    sections = sections_of(agreement)
    parts, unread = dict(sections.read), [code for code in sections.unread if not _readable(code)]
    for code in sections.unread:  # a language that can be read, though not judged
        if code == sections.main and code not in unread:
            parts[code] = agreement
    if not parts:
        raise MougenError(
            f"{agreement.name}: its language ({sections.main}) is none that mougen reads; give a text in English, "
            "French, Spanish or Portuguese"
        )
    placed = [(start, row) for code, part in parts.items() for start, row in _placed(part, code, signed)]
    notes = [*agreement.notes, *_notes(signed, "no date of signature was given")]
    if len(parts) > 1:
        notes.append(f"The file is in several languages ({', '.join(sorted(parts))}); what each says is listed.")
    notes += [f"Text in the language `{code}` was not read." for code in unread]
    return Duties(
        agreement.name, tuple(row for _, row in sorted(placed, key=lambda p: p[0])), signed, None, tuple(notes)
    )


def _readable(code: str) -> bool:
    try:
        load_lexicon(code)
        load_deadlines(code)
    except MougenError:
        return False
    return True


def _notes(signed: datetime.date | None, why: str) -> Iterator[str]:
    if signed is None:
        yield f"Days that run from signature, and first days of what recurs, are not known, because {why}."


def _placed(agreement: Agreement, language: str, signed: datetime.date | None) -> Iterator[tuple[int, Duty]]:
    for frame in _frames(agreement, language):
        yield frame.passage.start, _duty(frame, language, signed, "")


def _frames(agreement: Agreement, language: str) -> Iterable[Frame]:
    lexicon = load_lexicon(language)
    return Frames(passages_of(agreement, lexicon), lexicon, load_deadlines(language))


def _duty(frame: Frame, language: str, signed: datetime.date | None, clause: str) -> Duty:
    return Duty(
        where=frame.passage.where,
        title=frame.passage.heading,
        who=frame.who,
        what=frame.what,
        when=frame.when,
        kind=frame.kind,
        date=due(frame.time, signed) if frame.time else None,
        every=frame.time.every if frame.time else None,
        clause=clause,
        language=language,
    )


def as_agreement(plan: Plan) -> tuple[Agreement, list[int], list[str]]:
    """Return a plan as the agreement that a reader of its Word file sees, and where in it each clause begins."""
    paragraphs: list[Paragraph] = []
    starts: list[int] = []
    ids: list[str] = []
    offset = 0
    for item in plan.items:
        starts.append(offset)
        ids.append(item.id)
        for text, label, level, row in _lines(item, len(starts)):
            text = " ".join(text.split())
            if text:
                paragraphs.append(Paragraph(text, offset, "table" if row else "body", label, level, row))
                offset += len(text) + 1
    return Agreement(plan.deal.origin.name, tuple(paragraphs)), starts, ids


def _lines(item: PlannedClause, table: int) -> Iterator[tuple[str, str, int, tuple[int, int] | None]]:
    """Yield text, label, heading level and table row of each line of a clause, numbered as in the Word file."""
    digits = re.search(r"\d+", item.number)
    number = digits[0] if digits else ""
    if item.clause.kind != "title":
        shown = f"– {item.title}" if " " in item.number else item.title
        yield shown, f"{item.number}." if item.number.isdigit() else item.number, 1, None
    counts = {2: 0, 3: 0, 4: 0}
    rows = 0
    for block in item.blocks:
        if block.rows:
            for line in block.text.split("\n"):
                rows += 1
                yield line, "", 0, (table, rows)
            continue
        for level in counts:
            counts[level] = (
                counts[level] + 1 if level == block.level else 0 if 0 < block.level < level else counts[level]
            )
        label = {
            2: f"{number}.{counts[2]}" if number else f"{counts[2]}.",
            3: f"({chr(96 + min(counts[3], 26))})",
            4: f"({ROMAN[min(counts[4], len(ROMAN)) - 1]})",
        }.get(block.level, "")
        yield block.text, label, 0, None
