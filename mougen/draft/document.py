"""Plan in, Word out: the house shell is rendered by docxtpl, its body written by us, the package owned by python-docx."""

from __future__ import annotations

import datetime
import io
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .. import __version__
from ..data import data_root
from ..errors import DraftError
from .package import canonical, check_package, zipped
from .plan import Plan, PlannedClause
from .prose import Block, Run
from .wml import MAIN, Writer, bookmark_name, table_xml

PARTS = {
    "conduct": "Conduct of the Force",
    "deployment": "Deployment and command",
    "training": "Training",
    "support": "Support",
    "violations": "Violations and their consequences",
    "monitoring": "Monitoring",
    "communication": "Communication and disclosure",
    "remedy": "Remedy and protection",
    "governing": "General terms",
}
STYLES: Mapping[str, Mapping[int, str]] = {
    "clause": {0: "ClauseText", 2: "Clause2", 3: "Clause3", 4: "Clause4"},
    "definitions": {0: "ClauseText", 2: "Clause2", 3: "Clause3", 4: "Clause4"},
    "annex": {0: "Normal", 2: "Annex2", 3: "Annex3", 4: "Annex4"},
    "parties": {0: "Normal", 2: "Normal", 3: "Party", 4: "Clause3"},
    "recitals": {0: "Normal", 2: "Recital", 3: "Clause3", 4: "Clause4"},
    "signature": {0: "Normal", 2: "SignatureLead", 3: "Clause3", 4: "Clause4"},
}
TEXT_WIDTH = 9070  # twentieths of a point between the margins of the house shell
DISCLAIMER = (
    "Drafted with mougen, which informs and gives no legal advice. A lawyer admitted in the country must review this "
    "document before it is used."
)


@dataclass(frozen=True, slots=True)
class Memorandum:
    """A finished Word file and the plan that it was made from."""

    plan: Plan
    data: bytes = field(repr=False)

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> Path:
        """Write the file and return its path; raises DraftError rather than overwrite without `force`."""
        target = Path(path)
        if target.is_dir():
            raise DraftError(f"{target}: this is a folder; name the file to write")
        if target.exists() and not force:
            raise DraftError(f"{target}: the file exists; name another or use --force to replace it")
        if not target.parent.is_dir():
            raise DraftError(f"{target.parent}: there is no such folder; make it first")
        beside = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            beside.write_bytes(self.data)
            beside.replace(target)  # whole or not at all
        except OSError as fault:
            beside.unlink(missing_ok=True)
            raise DraftError(f"{target}: cannot be written ({fault.strerror or fault})") from None
        return target


def compose(plan: Plan, *, allow_blanks: bool = False, notes: bool = True) -> Memorandum:
    """Return the Word file for `plan`, the same bytes for the same plan.

    With `notes` a last page lists what a lawyer must verify. Raises DraftError where fields are missing and blanks
    are not allowed, or where the finished package does not pass the package check.
    """
    if plan.missing and not allow_blanks:
        raise DraftError(
            *(f"`{m.path}` is missing ({', '.join(m.clauses)}): {m.asks}".rstrip(": ") for m in plan.missing)
        )
    import docx
    from docx.oxml import parse_xml

    writer = Writer()
    _body(writer, plan)
    if notes:
        _notes(writer, plan)
    document = docx.Document(io.BytesIO(_shell(plan)))
    sentinel = next(p for p in document.paragraphs if p.text == SENTINEL)
    for element in parse_xml(f'<w:body xmlns:w="{MAIN}">{"".join(writer.parts)}</w:body>'):
        sentinel._p.addprevious(element)
    sentinel._p.getparent().remove(sentinel._p)
    _properties(document.core_properties, plan)
    buffer = io.BytesIO()
    document.save(buffer)
    data = canonical(buffer.getvalue())
    DraftError.raise_if(f"the drafted file is not sound: {fault}; please report it" for fault in check_package(data))
    return Memorandum(plan, data)


SENTINEL = "[[body]]"


@cache
def _house() -> bytes:
    """Return the house shell, zipped from its parts, which lie unzipped in the package so that they can be reviewed."""
    root, parts = data_root("template") / "house", {}

    def gather(folder: object, inside: str) -> None:
        for entry in folder.iterdir():  # type: ignore[attr-defined]
            if entry.is_dir():
                gather(entry, f"{inside}{entry.name}/")
            else:
                parts[inside + entry.name] = entry.read_bytes()

    gather(root, "")
    return zipped(parts)


def _shell(plan: Plan) -> bytes:
    """Return the shell with header, footer and one paragraph that holds the place of the body."""
    import jinja2
    from docxtpl import DocxTemplate
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    template = DocxTemplate(io.BytesIO(_house()))
    # docxtpl escapes nothing by default, so that "A & B" would be lost from the file.
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    company, site = plan.deal.company.name or "[company name]", plan.deal.site.name or "[site name]"
    forces = {f.institution: plan.country.institution(f.institution) for f in plan.deal.forces}
    parties = " · ".join([_short(company), *(i.abbr or i.name for i in forces.values() if i)])
    values = {
        "title": _short(f"{plan.title} – {site}"),
        "status": "Draft" if plan.missing else "",
        "parties": parties,
        "body": SENTINEL,
    }
    template.render(values, jinja_env=environment, autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def _short(words: str, most: int = 70) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _body(writer: Writer, plan: Plan) -> None:
    part = ""
    for item in plan.items:
        if item.clause.kind == "clause" and item.clause.category != part and item.clause.category in PARTS:
            part = item.clause.category
            writer.paragraph("PartHeading", [Run(PARTS[part])])
        if item.clause.kind == "title":
            _title(writer, item)
        else:
            _heading(writer, item)
            for block in item.blocks:
                _block(writer, item, block)
        if item.clause.kind == "signature":
            _signatures(writer, plan)


def _title(writer: Writer, item: PlannedClause) -> None:
    for index, block in enumerate(item.blocks):
        writer.paragraph("Subtitle" if index else "Title", block.runs)


def _heading(writer: Writer, item: PlannedClause) -> None:
    style = {"clause": "Heading1", "definitions": "Heading1", "annex": "AnnexHeading"}.get(
        item.clause.kind, "FrameHeading"
    )
    title = f": {item.title}" if item.clause.kind == "annex" else item.title
    writer.paragraph(style, [Run(title)], bookmark_name(item.id) if item.number else "")


def _block(writer: Writer, item: PlannedClause, block: Block) -> None:
    if block.rows:
        columns = max(map(len, block.rows))
        rows = [[*row, *[()] * (columns - len(row))] for row in block.rows]
        writer.table("ScheduleTable", item.title, rows, _widths(rows))
        return
    defines = item.clause.kind == "definitions" and block.level == 2 and block.runs[0].kind == "term"
    writer.paragraph("Definition" if defines else STYLES[item.clause.kind][block.level], block.runs)


def _widths(rows: list[list[tuple[Run, ...]]]) -> list[int]:
    """Share the text width among columns by the square root of their longest text, so that no column starves."""
    longest = [max(sum(len(r.text) for r in row[i]) for row in rows) for i in range(len(rows[0]))]
    weights = [max(size, 4) ** 0.5 for size in longest]
    widths = [int(TEXT_WIDTH * weight / sum(weights)) for weight in weights]
    return [*widths[:-1], TEXT_WIDTH - sum(widths[:-1])]


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
    writer.parts.append(
        table_xml("SignatureTable", "Signatures", rows, (half, TEXT_WIDTH - half), heading=False)
    )
    writer.paragraph("TableGap", ())


@dataclass(frozen=True, slots=True)
class _Signer:
    party: str
    office: str
    name: str


def _signers(plan: Plan, side: str) -> Iterable[_Signer]:
    named = [s for s in plan.deal.signatories if s.side == side]
    country = plan.country
    if side == "company":
        for signatory in named:
            yield _Signer(plan.deal.company.name, signatory.office, signatory.name)
        if not named:
            yield _Signer(plan.deal.company.name, "", "")
        return
    for signatory in named:
        institution = country.institution(signatory.institution or plan.deal.forces[0].institution)
        yield _Signer(institution.name if institution else "", signatory.office, signatory.name)
    if not named:
        for force in plan.deal.forces:
            institution = country.institution(force.institution)
            if institution:
                yield _Signer(institution.name, institution.signatory, "")


def _signature(writer: Writer, signer: _Signer | None, *, last: bool) -> str:
    ending = "SignatureLast" if last else "SignatureText"
    if signer is None:
        return writer.paragraph_xml(ending, ())
    lines = [
        writer.paragraph_xml("SignatureText", [Run("Signed for and on behalf of")]),
        writer.paragraph_xml("SignatureText", [_or_blank(signer.party, "party", "company.name", "term")]),
        writer.paragraph_xml("SignatureLine", ()),
        writer.paragraph_xml("SignatureText", [Run("Name: "), _or_blank(signer.name, "name", "signatories.name")]),
        writer.paragraph_xml("SignatureText", [Run("Office: "), _or_blank(signer.office, "office", "signatories.office")]),
        writer.paragraph_xml(ending, [Run("Date: "), Run("[date]", "blank", "signatories.date")]),
    ]
    return "".join(lines)


def _or_blank(value: str, prompt: str, path: str, kind: str = "text") -> Run:
    return Run(value, kind) if value else Run(f"[{prompt}]", "blank", path)  # type: ignore[arg-type]


def _notes(writer: Writer, plan: Plan) -> None:
    writer.paragraph("NoteHeading", [Run("Note to the drafter: delete this page before signature")])
    lines = [DISCLAIMER]
    if plan.unmet:
        lines.append("Not covered, because a clause was left out: " + ", ".join(plan.unmet) + ".")
    if plan.missing:
        lines.append("To be filled in: " + "; ".join(m.path for m in plan.missing) + ".")
    lines += [f"[{note}]" for note in plan.notes]
    for line in lines:
        writer.paragraph("NoteText", [Run(line)])


def _properties(properties: object, plan: Plan) -> None:
    """Set document properties from the plan alone, never from the clock, so that the same plan gives the same bytes."""
    set_ = properties.__setattr__
    set_("title", _short(f"{plan.title}: {plan.deal.site.name}".rstrip(": "), 255))
    set_("subject", f"Public security, {plan.country.name}")
    set_("author", _short(plan.deal.company.name, 255))
    set_("language", {"en": "en-GB"}.get(plan.deal.language, plan.deal.language))
    set_("comments", f"{DISCLAIMER} mougen {__version__}, library {plan.digest[:12]}.")
    if plan.deal.date:
        day = datetime.datetime.combine(plan.deal.date, datetime.time())
        set_("created", day)
        set_("modified", day)
