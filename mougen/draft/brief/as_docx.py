"""Brief in, Word out: the house shell and writer, so that the brief looks like our drafts, marked as confidential."""

from __future__ import annotations

from typing import Any

from ... import __version__
from ...errors import DraftError
from ..columns import widths_of
from ..package import check_parts, zipped
from ..shell import MAIN_PART, house, short, values_of
from ..wml import Heading, Writer, bookmark_name
from .parts import CONFIDENTIAL, TITLE, Part, parts_of
from .positions import Brief

STYLE = {
    "title": "Title",
    "subtitle": "Subtitle",
    "heading": "Heading1",
    "subheading": "Heading2",
    "text": "BriefText",
    "lead": "BriefLead",
}
# What the house styles of an agreement lack: a heading without number below a numbered one, and lines under it.
FONT = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>'
    '<w:next w:val="BriefText"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="80"/>'
    f'<w:jc w:val="left"/><w:outlineLvl w:val="2"/></w:pPr><w:rPr>{FONT}<w:b/><w:color w:val="1F2A44"/>'
    '<w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="BriefText"><w:name w:val="Brief Text"/>'
    '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="0" w:after="80"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="BriefLead"><w:name w:val="Brief Lead"/>'
    '<w:basedOn w:val="BriefText"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr></w:style></w:styles>'
)


def rendered(brief: Brief) -> bytes:
    """Return `brief` as a Word file; raises DraftError where the package does not pass its check."""
    shell = house(_values(brief))
    writer = Writer(shell.styles, shell.width)
    for index, part in enumerate(parts_of(brief)):
        _write(writer, part, f"brief-{index}")
    parts = dict(shell.parts)
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", STYLES.encode())
    parts[MAIN_PART] = f"{shell.before}{''.join(writer.parts)}{shell.after}".encode()
    DraftError.raise_if(f"the brief is not sound: {fault}; please report it" for fault in check_parts(parts))
    return zipped(parts)


def _values(brief: Brief) -> dict[str, Any]:
    plan, say = brief.plan, brief.plan.language.say
    values = values_of(plan)
    values["title"] = f"{say(TITLE)} · {short(plan.deal.site.name.strip() or say('[site name]'), 50)}"
    values["status"] = say(CONFIDENTIAL)
    values["parties"] = short(f"{say(CONFIDENTIAL)} · {values['parties']}", 100)
    values["clause"] = {"label": "%1.", "suffix": "tab", "indent": 720}  # numbers sections, in every language alike
    values["core"]["title"] = short(f"{say(TITLE)}: {plan.deal.site.name}".rstrip(": "), 250)
    values["core"]["comments"] = f"{say(CONFIDENTIAL)}. mougen {__version__}, library {plan.digest[:12]}."
    return values


def _write(writer: Writer, part: Part, id: str) -> None:
    if part.rows:
        writer.table("ScheduleTable", part.caption, part.rows, _widths(part, writer.width))
    elif part.kind in ("heading", "subheading"):
        text = "".join(run.text for run in part.runs)
        writer.heading(STYLE[part.kind], Heading(1, "", text, bookmark_name(id)))
    else:
        writer.paragraph(STYLE[part.kind], part.runs)


def _widths(part: Part, total: int) -> list[int]:
    if not part.shares:
        return widths_of(part.rows, total)
    *widths, _ = (total * share // 100 for share in part.shares)
    return [*widths, total - sum(widths)]
