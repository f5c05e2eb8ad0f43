"""Plan in, Word out: docxtpl renders the house shell, our own writer its body, and python-docx owns the package."""

from __future__ import annotations

import datetime
import io
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from .. import __version__
from ..data import data_root
from ..errors import DraftError
from ..writing import write_whole
from .body import write_body, write_notes
from .package import canonical, check_package, zipped
from .plan import Plan
from .wml import MAIN, Writer

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
        write_whole(path, self.data, force=force, error=DraftError)
        return Path(path)


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
    write_body(writer, plan)
    if notes:
        write_notes(writer, plan, DISCLAIMER)
    document = docx.Document(io.BytesIO(_shell(plan)))
    sentinel = next(p for p in document.paragraphs if p.text == SENTINEL)
    for element in parse_xml(f'<w:body xmlns:w="{MAIN}">{"".join(writer.parts)}</w:body>'):
        sentinel._p.addprevious(element)
    sentinel._p.getparent().remove(sentinel._p)
    _paper(document.sections[0], plan.country.paper)
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
    company, site = plan.deal.company.name.strip(), plan.deal.site.name.strip()
    known = plan.country.institutions_by_id
    lead = known[plan.deal.forces[0].institution]
    others = " and others" if len(plan.deal.forces) > 1 else ""
    parties = f"{_short(company or '[company name]', 50)} · {lead.abbr or lead.name}{others}"
    values = {
        "title": f"{plan.short_title} · {_short(site or '[site name]', 50)}",
        "status": "Draft" if plan.missing else "",
        "parties": _short(parties, 100),
        "body": SENTINEL,
    }
    template.render(values, jinja_env=environment, autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def _short(words: str, most: int) -> str:
    """Return `words` on one line, cut between two words where they are longer than `most`."""
    words = " ".join(words.split())
    if len(words) <= most:
        return words
    kept = words[: most - 2]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:") + " …"


# Width and height of the paper, and the side margin that leaves the text as wide as the house styles expect.
PAPERS = {"a4": (11906, 16838, 1418), "letter": (12240, 15840, 1585)}


def _paper(section: Any, paper: str) -> None:
    from docx.shared import Twips

    width, height, margin = map(Twips, PAPERS[paper])
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = margin


def _properties(properties: object, plan: Plan) -> None:
    """Set document properties from the plan alone, never from the clock, so that the same plan gives the same bytes."""
    set_ = properties.__setattr__
    set_("title", _short(f"{plan.title}: {plan.deal.site.name}".rstrip(": "), 250))
    set_("subject", f"Public security, {plan.country.name}")
    set_("author", _short(plan.deal.company.name, 250))
    set_("language", {"en": "en-GB"}.get(plan.deal.language, plan.deal.language))
    set_("comments", f"{DISCLAIMER} mougen {__version__}, library {plan.digest[:12]}.")
    if plan.deal.date:
        day = datetime.datetime.combine(plan.deal.date, datetime.time())
        set_("created", day)
        set_("modified", day)
