"""The styles and lists of a shell once more for each of two languages: narrower, in its language, numbered on its own.

A paragraph of either column then carries a style and no formatting of its own; its language, direction, indents and
number come with the style.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Mapping, Sequence

from lxml import etree

from ...language import Language
from ...opc import W
from ..firm.lists import Lists, value
from ..shell import Shell
from .lists import Twin, narrow, put, twin_of

STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"
OURS = (
    *("Normal", "Title", "Subtitle", "TitleText", "FrameHeading", "PartHeading", "Heading1", "ClauseText"),
    *("Clause2", "Clause3", "Clause4", "Clause2Lead", "Clause3Lead", "Definition", "Party", "Recital", "SignatureLead"),
    *("AnnexHeading", "Annex2", "Annex3", "Annex4", "Annex2Lead", "Annex3Lead"),
    *("TableHeading", "TableText", "TableTextKept", "NoteHeading", "NoteText", "TOCHeading", "TOC1", "TOC2"),
)
CONTENTS = ("TOC1", "TOC2")  # Word knows the styles of contents by their names
SMALLER, NARROWER = 0.9, 0.75  # letters and indents of half a page, as shares of those of a whole one
LARGEST, LEAST = 30, 17  # half points
GAP = 120  # between text and edge of a column, in twentieths of a point
HANGING = "540"  # of the number of a clause in the contents
BODY, DEEPER = 9, 2  # the outline level of text; how much deeper the headings of the second language stand
FACING = f"""<w:styles xmlns:w="{W[1:-1]}">
<w:style w:type="table" w:customStyle="1" w:styleId="FacingTable"><w:name w:val="Facing Table"/><w:basedOn
w:val="TableNormal"/><w:tblPr><w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="{GAP}" w:type="dxa"/><w:right
w:w="{GAP}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom
w:val="single" w:sz="4" w:space="0" w:color="9AA5B8"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="FacingBreak"><w:name w:val="Facing Break"/><w:basedOn
w:val="TableGap"/><w:pPr><w:pageBreakBefore/><w:spacing w:before="0" w:after="0" w:line="20"
w:lineRule="exact"/></w:pPr></w:style>
</w:styles>"""


def twinned(shell: Shell, languages: Sequence[Language]) -> tuple[Shell, tuple[Mapping[str, str], ...]]:
    """Return `shell` with styles and lists for the columns of two `languages`, and for each the styles by ours.

    The first is the language that the shell was made in.
    """
    root, numbering = etree.fromstring(shell.parts[STYLES]), etree.fromstring(shell.parts[NUMBERING])
    twins = [_Twins(root, numbering, shell, languages, number) for number in (0, 1)]
    found = tuple(twin.run() for twin in twins)
    for added in etree.fromstring(FACING):
        for link in added.iter(f"{W}basedOn"):
            link.set(f"{W}val", shell.styles.get(link.get(f"{W}val", ""), link.get(f"{W}val", "")))
        root.append(added)
    written = {
        name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, tree in ((STYLES, root), (NUMBERING, numbering))
    }
    return dataclasses.replace(shell, parts={**shell.parts, **written}), found


class _Twins:
    """The styles of one language: `ids` maps each style of the shell that is needed to its twin."""

    def __init__(
        self, root: etree._Element, numbering: etree._Element, shell: Shell, languages: Sequence[Language], number: int
    ) -> None:
        self.root, self.shell, self.language, self.number = root, shell, languages[number], number
        self.styles = {s.get(f"{W}styleId", ""): s for s in root.iter(f"{W}style")}
        self.lists = Lists(numbering, self.styles)
        self.mine = {our: shell.styles.get(our, our) for our in OURS}
        needed = dict.fromkeys(id for style in self.mine.values() for id in self.lists.chain(style))
        self.ids = {id: self._free(f"{id}-{self.language.code}") for id in needed}
        for depth, our in enumerate(CONTENTS, 1):
            self.ids[self.mine[our]] = f"TOC{depth + DEEPER}" if number else self.mine[our]
        twin = Twin(self.lists, languages[0], self.language, self.ids, NARROWER)
        places = {our: self.lists.place(style) for our, style in self.mine.items()}
        used = dict.fromkeys(place.list for place in places.values() if place is not None)
        self.numbers = {list: twin_of(twin, list, places["Heading1"], places["AnnexHeading"]) for list in used}

    def run(self) -> Mapping[str, str]:
        """Add the twins to the styles; return them by ours."""
        for id, twin in self.ids.items():
            self._add(self.styles[id], twin)
        return {**self.shell.styles, **{our: self.ids[id] for our, id in self.mine.items()}}

    def _free(self, id: str) -> str:
        while id in self.styles:
            id += "x"
        return id

    def _add(self, style: etree._Element, id: str) -> None:
        twin = copy.deepcopy(style)
        twin.attrib.pop(f"{W}default", None)
        twin.set(f"{W}styleId", id)
        name = twin.find(f"{W}name")
        contents = next((our for our in CONTENTS if self.mine[our] == style.get(f"{W}styleId")), "")
        if contents:
            depth = CONTENTS.index(contents) + 1 + (DEEPER if self.number else 0)
            name.set(f"{W}val", f"toc {depth}")
            for old in [s for s in self.root.iter(f"{W}style") if value(s, "name").lower() == f"toc {depth}"]:
                self.root.remove(old)
        else:
            twin.set(f"{W}customStyle", "1")
            name.set(f"{W}val", f"{value(style, 'name')} ({self.language.code})")
        for link in [child for child in twin if child.tag in (W + "basedOn", W + "next", W + "link", W + "aliases")]:
            known = self.ids.get(link.get(f"{W}val", ""))
            if known and link.tag != f"{W}link":
                link.set(f"{W}val", known)
            else:
                twin.remove(link)
        self._paragraph(twin, style)
        self._letters(twin)
        self.root.append(twin)

    def _paragraph(self, twin: etree._Element, style: etree._Element) -> None:
        """Give the paragraphs of a twin its list, its direction and the indents of half a page."""
        self._number(twin, style.get(f"{W}styleId", ""))
        for scaled in [e for tag in ("ind", "spacing") for e in twin.iterfind(f"{W}pPr/{W}{tag}")]:
            narrow(scaled, NARROWER)
        for tab in twin.iter(f"{W}tab"):
            half = self.shell.width // 2 - GAP
            place = int(tab.get(f"{W}pos", "0"))
            tab.set(f"{W}pos", str(half if place == self.shell.width else round(place * NARROWER)))
        if style.get(f"{W}styleId") == self.mine["TOC2"]:
            put(twin, "pPr", "ind", left=HANGING, hanging=HANGING)
        level = value(style, "pPr/outlineLvl")
        if self.number and level.isdigit() and int(level) + DEEPER < BODY:
            put(twin, "pPr", "outlineLvl", val=str(int(level) + DEEPER))
        if style.get(f"{W}styleId") == self.mine["AnnexHeading"]:
            put(twin, "pPr", "pageBreakBefore", val="0")  # no page ends inside a table: the break stands before it
        if twin.find(f"{W}basedOn") is None and self.language.direction == "rtl":
            put(twin, "pPr", "bidi")

    def _number(self, twin: etree._Element, id: str) -> None:
        """Number a twin on the twin of its list; one that only others build on has no number to hand down."""
        for number in twin.iter(f"{W}numId"):
            number.set(f"{W}val", self.numbers.get(number.get(f"{W}val", ""), number.get(f"{W}val", "")))
        if id not in self.mine.values():
            for number in twin.findall(f"{W}pPr/{W}numPr"):
                number.getparent().remove(number)
            return
        giver = next((s for s in self.lists.chain(id) if value(self.styles[s], "pPr/numPr/numId")), "")
        place = self.lists.place(id)
        if giver and place is not None and giver not in self.mine.values():
            put(twin, "pPr", "numPr")
            for tag, said in (("ilvl", str(place.level)), ("numId", self.numbers[place.list])):
                etree.SubElement(twin.find(f"{W}pPr/{W}numPr"), W + tag, {f"{W}val": said})

    def _letters(self, twin: etree._Element) -> None:
        """Give the letters of a twin its language and a size for half a page."""
        for size in [s for tag in ("sz", "szCs") for s in twin.iter(W + tag)]:
            size.set(f"{W}val", str(_size(size.get(f"{W}val", "20"))))
        for tag in twin.findall(f"{W}rPr/{W}lang"):
            tag.getparent().remove(tag)
        if twin.find(f"{W}basedOn") is not None:
            return
        if twin.find(f"{W}rPr/{W}sz") is None:
            usual = value(self.root, "docDefaults/rPrDefault/rPr/sz") or "20"
            put(twin, "rPr", "sz", val=str(_size(usual)))
            put(twin, "rPr", "szCs", val=str(_size(usual)))
        put(twin, "rPr", "lang", **{"bidi" if self.language.direction == "rtl" else "val": self.language.tag})


def _size(points: str) -> int:
    return max(min(round(int(points) * SMALLER), LARGEST), LEAST)
