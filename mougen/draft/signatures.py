"""The signature blocks, and the list of approvals that the law of the country asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from .columns import widths_of
from .context import signatories_of
from .plan import Plan
from .prose import Run
from .wml import Heading, Writer, bookmark_name, table_xml

RULE = "\u00a0" + "_" * 28  # what a hand writes on


@dataclass(frozen=True, slots=True)
class _Signer:
    party: str
    office: str
    name: str


def write_signatures(writer: Writer, plan: Plan) -> None:
    """Add two columns of signature blocks, company left, forces right; styles keep each row on one page."""
    rows = signature_rows(writer, plan)
    half = writer.width // 2
    caption = plan.language.say("Signatures")
    style = writer.style("SignatureTable")
    writer.parts.append(table_xml(style, caption, rows, (half, writer.width - half), heading=False))
    writer.paragraph("TableGap", ())


def signature_rows(writer: Writer, plan: Plan) -> list[list[str]]:
    """Return rows of two cells, company left, forces right."""
    columns = (list(_signers(plan, "company")), list(_signers(plan, "force")))
    count = max(map(len, columns))
    return [
        [_signature(writer, plan, column[i : i + 1], last=i == count - 1) for column in columns] for i in range(count)
    ]


def write_approvals(writer: Writer, plan: Plan) -> None:
    """Add the approvals and registrations of the country as a table to be filled in, where it has any."""
    say, country = plan.language.say, plan.country
    wanted = [(a.what, say("before signature")) for a in country.approvals]
    wanted += [(f"{r.what}{f' ({r.where})' if r.where else ''}", say("after signature")) for r in country.registrations]
    if not wanted:
        return
    title = say("Approvals and registrations under national law")
    writer.heading("FrameHeading", Heading(1, "", title, bookmark_name("approvals")))
    writer.paragraph(
        "TableTextKept", [Run(say("Counsel in the country confirms which of these are needed and enters the rest."))]
    )
    heads = ("What", "When", "Reference and date", "Seen by")
    rows = [[[Run(say(head))] for head in heads], *([[Run(what)], [Run(when)], [], []] for what, when in wanted)]
    writer.table("ScheduleTable", title, rows, widths_of(rows, writer.width))


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


def _capital(label: str) -> str:
    """Return a label that begins a line; in a bilingual draft it is said in both languages."""
    return " / ".join(said[:1].upper() + said[1:] for said in label.split(" / "))


def _signature(writer: Writer, plan: Plan, signers: Sequence[_Signer], *, last: bool) -> str:
    """Return the cell of one signature block, empty where a side has no more signers."""
    ending, say = "SignatureLast" if last else "SignatureText", plan.language.say
    if not signers:
        return writer.paragraph_xml(ending, ())
    signer = signers[0]

    def entry(label: str, value: str, path: str, kind: Literal["text", "term"] = "text") -> str:
        value = " ".join(value.split())
        run = Run(value, kind) if value else Run(f"[{say(label)}]", "blank", path)
        lead = [] if kind == "term" else [Run(say("{label}: ", label=_capital(say(label))))]
        return writer.paragraph_xml("SignatureText", [*lead, run])

    return "".join(
        (
            writer.paragraph_xml("SignatureHead", [Run(say("Signed for and on behalf of"))]),
            entry("party", signer.party, "company.name", "term"),
            writer.paragraph_xml("SignatureLine", ()),
            entry("name", signer.name, "signatories.name"),
            entry("office", signer.office, "signatories.office"),
            writer.paragraph_xml("SignatureText", [Run(f"{say('Authority to sign')}:{RULE[:17]}")]),
            writer.paragraph_xml(ending, [Run(f"{say('Date')}:{RULE}")]),
        )
    )
