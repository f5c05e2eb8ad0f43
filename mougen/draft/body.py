"""Plan in, WordprocessingML out: the body of the memorandum, its signatures and the note to the drafter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..requirement import TITLES
from .columns import widths_of
from .plan import Plan, PlannedClause
from .prose import Block, Run
from .signatures import write_approvals, write_signatures
from .wml import Heading, Writer, bookmark_name

# In an agreement the force is a defined term, and the last part is called by its usual name.
PARTS = {**TITLES, "conduct": "Conduct of the Force", "governing": "General terms"}
STYLES: Mapping[str, Mapping[int, str]] = {
    "clause": {0: "ClauseText", 2: "Clause2", 3: "Clause3", 4: "Clause4"},
    "definitions": {0: "ClauseText", 2: "Clause2", 3: "Clause3", 4: "Clause4"},
    "annex": {0: "Normal", 2: "Annex2", 3: "Annex3", 4: "Annex4"},
    "parties": {0: "Normal", 2: "Normal", 3: "Party", 4: "Clause3"},
    "recitals": {0: "Normal", 2: "Recital", 3: "Clause3", 4: "Clause4"},
    "signature": {0: "Normal", 2: "SignatureLead", 3: "Clause3", 4: "Clause4"},
    "letter": {0: "Normal", 2: "Normal", 3: "Clause3", 4: "Clause4"},
}
LED = ("Clause2", "Clause3", "Annex2", "Annex3")  # styles of which there is one that stays with what follows


def write_body(writer: Writer, plan: Plan, *, comments: bool = False) -> None:
    """Write every item of `plan` in its order, with the drafting notes as comments if asked for."""
    part = ""
    for item in plan.items:
        category = item.clause.category
        if item.clause.kind == "clause" and category != part and category in PARTS and plan.deal.register != "letter":
            part = category
            writer.heading("PartHeading", Heading(1, "", plan.language.say(PARTS[part]), bookmark_name(f"part-{part}")))
        if item.clause.kind == "title":
            write_title(writer, item)
            writer.titled = len(writer.parts)
        else:
            write_heading(writer, item, comment_of(item, plan) if comments else ())
            for block, following in zip(item.blocks, [*item.blocks[1:], None], strict=True):
                write_block(writer, item, block, following)
        if item.clause.kind == "signature":
            write_signatures(writer, plan)
            write_approvals(writer, plan)


def write_title(writer: Writer, item: PlannedClause) -> None:
    for index, block in enumerate(item.blocks):
        writer.paragraph({0: "Title", 1: "Subtitle"}.get(index, "TitleText"), block.runs)


def comment_of(item: PlannedClause, plan: Plan) -> tuple[str, ...]:
    """Return the drafting note of a clause and its sources, as lines of a comment."""
    sources = "; ".join(map(str, item.clause.citations))
    said = plan.language.say("Sources: {sources}", sources=sources) if sources else ""
    return tuple(line for line in (item.clause.note, item.clause.red_line, said) if line)


def write_heading(writer: Writer, item: PlannedClause, comment: Sequence[str]) -> None:
    numbered = {"clause": "Heading1", "definitions": "Heading1", "annex": "AnnexHeading"}
    style = numbered.get(item.clause.kind, "FrameHeading") if item.number else "FrameHeading"
    # A number that is a word and a figure ("Annex B", "Article 7") is set off from the title by a dash.
    shown = f"– {item.title}" if " " in item.number else item.title
    level = 2 if style == "Heading1" else 1
    number = f"{item.number}." if item.number.isdigit() else f"{item.number} –" if item.number else ""
    writer.heading(style, Heading(level, number, item.title, bookmark_name(item.id)), shown, comment)


def write_block(writer: Writer, item: PlannedClause, block: Block, following: Block | None) -> None:
    if block.rows:
        columns = max(map(len, block.rows))
        rows = [[*row, *[()] * (columns - len(row))] for row in block.rows]
        writer.table("ScheduleTable", item.title, rows, widths_of(rows, writer.width))
        return
    defines = item.clause.kind == "definitions" and block.level == 2 and block.runs[0].kind == "term"
    style = "Definition" if defines else STYLES[item.clause.kind][block.level]
    # What leads in limbs or a table is never left alone at the foot of a page.
    leads = following is not None and (following.rows or block.text.endswith(":"))
    writer.paragraph(f"{style}Lead" if leads and style in LED else style, block.runs)


def write_notes(writer: Writer, plan: Plan, disclaimer: str) -> None:
    """Write the last page, which tells the drafter what is open and what to verify."""
    say = plan.language.say
    writer.paragraph("NoteHeading", [Run(say("Note to the drafter: delete this page before signature"))])
    writer.paragraph("NoteText", [Run(disclaimer)])
    if plan.unmet:
        _note(writer, say("Not covered, because a clause was left out or weakened"), plan.unmet)
    if plan.missing:
        _note(writer, say("To be filled in"), [m.path for m in plan.missing])
    topics: dict[str, list[str]] = {}
    for note in plan.notes:
        topics.setdefault(note.topic, []).append(note.fact)
    for topic, facts in topics.items():
        _note(writer, say("Verify, {topic}", topic=topic), facts)


def _note(writer: Writer, topic: str, facts: Iterable[str]) -> None:
    writer.paragraph("NoteText", [Run(f"{topic}:", "term"), Run(f" {'; '.join(facts)}.")])
