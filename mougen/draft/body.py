"""Plan in, WordprocessingML out: the body of the memorandum, its signatures and the note to the drafter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ..requirement import TITLES
from .columns import widths_of
from .context import signatories_of
from .plan import Plan, PlannedClause
from .prose import Block, Run
from .wml import Writer, bookmark_name, table_xml

# In an agreement the force is a defined term, and the last part is called by its usual name.
PARTS = {**TITLES, "conduct": "Conduct of the Force", "governing": "General terms"}
STYLES: Mapping[str, Mapping[int, str]] = {
    "clause": {0: "ClauseText", 2: "Clause2", 3: "Clause3", 4: "Clause4"},
    "definitions": {0: "ClauseText", 2: "Clause2", 3: "Clause3", 4: "Clause4"},
    "annex": {0: "Normal", 2: "Annex2", 3: "Annex3", 4: "Annex4"},
    "parties": {0: "Normal", 2: "Normal", 3: "Party", 4: "Clause3"},
    "recitals": {0: "Normal", 2: "Recital", 3: "Clause3", 4: "Clause4"},
    "signature": {0: "Normal", 2: "SignatureLead", 3: "Clause3", 4: "Clause4"},
}
LED = ("Clause2", "Clause3", "Annex2", "Annex3")  # styles of which there is one that stays with what follows
TEXT_WIDTH = 9070  # twentieths of a point between the margins of the house shell
RULE = "\u00a0" + "_" * 28  # what a hand writes on


def write_body(writer: Writer, plan: Plan) -> None:
    """Write every item of `plan` in its order."""
    part = ""
    for item in plan.items:
        if item.clause.kind == "clause" and item.clause.category != part and item.clause.category in PARTS:
            part = item.clause.category
            writer.paragraph("PartHeading", [Run(PARTS[part])])
        if item.clause.kind == "title":
            _title(writer, item)
        else:
            _heading(writer, item)
            for block, following in zip(item.blocks, [*item.blocks[1:], None], strict=True):
                _block(writer, item, block, following)
        if item.clause.kind == "signature":
            _signatures(writer, plan)


def _title(writer: Writer, item: PlannedClause) -> None:
    for index, block in enumerate(item.blocks):
        writer.paragraph({0: "Title", 1: "Subtitle"}.get(index, "TitleText"), block.runs)


def _heading(writer: Writer, item: PlannedClause) -> None:
    style = {"clause": "Heading1", "definitions": "Heading1", "annex": "AnnexHeading"}.get(
        item.clause.kind, "FrameHeading"
    )
    title = f"– {item.title}" if item.clause.kind == "annex" else item.title
    writer.paragraph(style, [Run(title)], bookmark_name(item.id) if item.number else "")


def _block(writer: Writer, item: PlannedClause, block: Block, following: Block | None) -> None:
    if block.rows:
        columns = max(map(len, block.rows))
        rows = [[*row, *[()] * (columns - len(row))] for row in block.rows]
        writer.table("ScheduleTable", item.title, rows, widths_of(rows, TEXT_WIDTH))
        return
    defines = item.clause.kind == "definitions" and block.level == 2 and block.runs[0].kind == "term"
    style = "Definition" if defines else STYLES[item.clause.kind][block.level]
    # What leads in limbs or a table is never left alone at the foot of a page.
    leads = following is not None and (following.rows or block.text.endswith(":"))
    writer.paragraph(f"{style}Lead" if leads and style in LED else style, block.runs)


def _signatures(writer: Writer, plan: Plan) -> None:
    """Add two columns of signature blocks, company left, forces right; styles keep each row on one page."""
    columns = (list(_signers(plan, "company")), list(_signers(plan, "force")))
    rows = []
    for index in range(max(map(len, columns))):
        last = index == max(map(len, columns)) - 1
        rows.append(
            [_signature(writer, column[index] if index < len(column) else None, last=last) for column in columns]
        )
    half = TEXT_WIDTH // 2
    writer.parts.append(table_xml("SignatureTable", "Signatures", rows, (half, TEXT_WIDTH - half), heading=False))
    writer.paragraph("TableGap", ())


@dataclass(frozen=True, slots=True)
class _Signer:
    party: str
    office: str
    name: str


def _signers(plan: Plan, side: str) -> Iterable[_Signer]:
    """Yield who signs for a side; a party for which the deal names nobody signs by its office."""
    if side == "company":
        named = [s for s in plan.deal.signatories if s.side == "company"]
        yield from (_Signer(plan.deal.company.name, s.office, s.name) for s in named)
        if not named:
            yield _Signer(plan.deal.company.name, "", "")
        return
    for force in plan.deal.forces:
        institution = plan.country.institutions_by_id[force.institution]
        signatories = signatories_of(plan.deal, force.institution)
        yield from (_Signer(institution.name, s.office or institution.signatory, s.name) for s in signatories)
        if not signatories:
            yield _Signer(institution.name, institution.signatory, "")


def _signature(writer: Writer, signer: _Signer | None, *, last: bool) -> str:
    ending = "SignatureLast" if last else "SignatureText"
    if signer is None:
        return writer.paragraph_xml(ending, ())
    lines = [
        writer.paragraph_xml("SignatureHead", [Run("Signed for and on behalf of")]),
        writer.paragraph_xml("SignatureText", [_or_blank(signer.party, "party", "company.name", "term")]),
        writer.paragraph_xml("SignatureLine", ()),
        writer.paragraph_xml("SignatureText", [Run("Name: "), _or_blank(signer.name, "name", "signatories.name")]),
        writer.paragraph_xml(
            "SignatureText", [Run("Office: "), _or_blank(signer.office, "office", "signatories.office")]
        ),
        writer.paragraph_xml(ending, [Run(f"Date:{RULE}")]),
    ]
    return "".join(lines)


def _or_blank(value: str, prompt: str, path: str, kind: Literal["text", "term"] = "text") -> Run:
    value = " ".join(value.split())
    return Run(value, kind) if value else Run(f"[{prompt}]", "blank", path)


def write_notes(writer: Writer, plan: Plan, disclaimer: str) -> None:
    """Write the last page, which tells the drafter what is open and what to verify."""
    writer.paragraph("NoteHeading", [Run("Note to the drafter: delete this page before signature")])
    writer.paragraph("NoteText", [Run(disclaimer)])
    if plan.unmet:
        _note(writer, "Not covered, because a clause was left out", plan.unmet)
    if plan.missing:
        _note(writer, "To be filled in", [m.path for m in plan.missing])
    topics: dict[str, list[str]] = {}
    for note in plan.notes:
        topic, _, fact = note.partition(": ")
        topics.setdefault(topic, []).append(fact)
    for topic, facts in topics.items():
        _note(writer, f"Verify, {topic}", facts)


def _note(writer: Writer, topic: str, facts: Iterable[str]) -> None:
    writer.paragraph("NoteText", [Run(f"{topic}:", "term"), Run(f" {'; '.join(facts)}.")])
