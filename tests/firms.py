"""Templates of a firm for tests, made with python-docx as a firm makes them with Word."""

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

COVER = ("KANZLEI", "{{ full_title }}", "{{ company | upper }}{% if status %} ({{ status }}){% endif %}", "{{ date }}")
KINDS = (("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)"))


def firm(
    *lines: str, heading: str = "heading 1", label: str = "%1.", level2: str = "Firm Level 2", numbered: bool = True
) -> bytes:
    """Return a firm's template: a red numbered heading, a style of its own on level 2, cover, header and footer."""
    made = docx.Document()
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Carlito", Pt(12)
    made.styles["Heading 1"].font.color.rgb = RGBColor(0x8A, 0, 0x2A)
    if numbered:
        number(made, label, level2)
    made.styles["Heading 1"].element.find(qn("w:name")).set(qn("w:val"), heading)
    for line in lines or COVER:
        made.add_paragraph(line)
    made.sections[0].header.paragraphs[0].text = "Kanzlei & Partner: {{ title }}"
    made.sections[0].footer.paragraphs[0].text = "{{ parties }}, {{ page }}"
    return saved(made)


def saved(made: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def number(made: docx.document.Document, label: str, level2: str) -> None:
    """Tie heading 1 and the style `level2` to a list of the firm."""
    if level2 not in [style.name for style in made.styles]:
        made.styles.add_style(level2, 1).base_style = made.styles["Normal"]
    tied = [made.styles["Heading 1"], made.styles[level2]]
    levels = ""
    for level, (kind, text) in enumerate([*KINDS, *[("none", "")] * 5]):
        style = f'<w:pStyle w:val="{tied[level].style_id}"/>' if level < 2 else ""
        levels += (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}'
            f'<w:lvlText w:val="{text if level else label}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{850 + 567 * max(level - 1, 0)}" w:hanging="567"/></w:pPr></w:lvl>'
        )
    lists = made.part.numbering_part.element
    scheme = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}'
    lists.insert(0, parse_xml(f"{scheme}</w:abstractNum>"))
    lists.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, style in enumerate(tied):
        numbering = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        style.element.get_or_add_pPr().insert_element_before(parse_xml(numbering), "w:spacing", "w:outlineLvl")
