"""A style of ours made to look like the firm's: its fonts, colours and sizes, our spacing, levels and page breaks."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from lxml import etree

from ...opc import W
from .lists import Lists, Place, value, whole

HEADINGS = ("Heading1", "PartHeading", "FrameHeading", "AnnexHeading", "NoteHeading", "TOCHeading")
_HOUSE_SIZE = 21  # of the text of the house shell, in half points
_WORD_SIZE = "20"  # where a file says nothing (17.3.2.38)
_HOUSE_WIDTH = "9070"  # where the tab of page numbers stands in the house styles
# The order in which Word wants the properties of a paragraph and of a run (17.3.1.26, 17.3.2.28).
_PARAGRAPH = (
    *("keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr"),
    *("shd", "tabs", "suppressAutoHyphens", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind"),
    *("contextualSpacing", "mirrorIndents", "jc", "textDirection", "textAlignment", "outlineLvl"),
)
_RUN = (
    *("rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "color", "spacing", "kern", "sz", "szCs", "u", "shd"),
    *("vertAlign", "rtl", "lang"),
)
_LINKS = tuple(W + tag for tag in ("basedOn", "next", "link"))
_OF_OURS = tuple(W + tag for tag in ("caps", "spacing"))  # what a heading of ours keeps of its own letters
_OFF: Mapping[str, Mapping[str, str]] = {
    **{tag: {"val": "0"} for tag in ("b", "bCs", "i", "iCs", "caps", "smallCaps")},
    "u": {"val": "none"},
}


class Dresser:
    """Makes styles for one template; `default` is its default style, `width` that of its text."""

    def __init__(
        self, root: etree._Element, styles: Mapping[str, etree._Element], lists: Lists, default: str, width: int
    ) -> None:
        self._root, self._styles, self._lists, self._default, self._width = root, styles, lists, default, width

    @staticmethod
    def outline(style: etree._Element, level: str) -> None:
        """Give `style` an outline level, which puts it into the contents; "9" keeps it out."""
        _put(_child(style, "pPr"), "outlineLvl", _PARAGRAPH, val=level)

    def dressed(
        self,
        ours: etree._Element,
        ids: Mapping[str, str],
        name: str,
        base: str,
        place: Place | None,
        *,
        renamed: bool,
    ) -> etree._Element:
        """Return a copy of `ours` called `name`, its styles those of `ids`, built on `base` and numbered at `place`."""
        id, style = ours.get(f"{W}styleId", ""), copy.deepcopy(ours)
        style.set(f"{W}styleId", ids[id])
        style.attrib.pop(f"{W}default", None)
        if renamed:
            style.set(f"{W}customStyle", "1")
        _child(style, "name").set(f"{W}val", name)
        for link in (child for child in style if child.tag in _LINKS):
            link.set(f"{W}val", ids[link.get(f"{W}val", "")])
        if base and style.find(f"{W}basedOn") is None:
            _child(style, "name").addnext(etree.Element(f"{W}basedOn"))
        if base:
            _child(style, "basedOn").set(f"{W}val", base)
        if style.get(f"{W}type") == "paragraph":
            self._dress(style, base, place, heading=bool(base) and id in HEADINGS)
        return style

    def _dress(self, style: etree._Element, base: str, place: Place | None, *, heading: bool) -> None:
        self._letters(style, like=heading)
        if heading:
            self._heading(style)
        elif base and self._outlines(base):
            self._plain(style)
        self._number(style, place, base)
        for tab in style.iter(f"{W}tab"):
            if tab.get(f"{W}pos") == _HOUSE_WIDTH:
                tab.set(f"{W}pos", str(self._width))

    def _letters(self, style: etree._Element, *, like: bool) -> None:
        """Leave fonts and colours to the firm, and sizes in proportion to its text; a heading is `like` its own."""
        letters = style.find(f"{W}rPr")
        for child in () if letters is None else list(letters):
            if child.tag in (f"{W}rFonts", f"{W}color") or (like and child.tag not in _OF_OURS):
                letters.remove(child)
            elif child.tag in (f"{W}sz", f"{W}szCs"):
                ours = int(child.get(f"{W}val", _WORD_SIZE))
                size = round(ours * (whole(self._of_default("sz").get(f"{W}val", "")) or 20) / _HOUSE_SIZE)
                child.set(f"{W}val", str(min(size, ours) if _in_table(style) else size))

    def _heading(self, style: etree._Element) -> None:
        """Undo what the firm's heading of a clause has beyond its letters."""
        properties = _child(style, "pPr")
        for stale in properties.findall(f"{W}jc"):
            properties.remove(stale)
        if properties.find(f"{W}pageBreakBefore") is None:
            _put(properties, "pageBreakBefore", _PARAGRAPH, val="0")
        if properties.find(f"{W}outlineLvl") is None:
            self.outline(style, "9")

    def _plain(self, style: etree._Element) -> None:
        """Make text of what is built on a heading for the sake of its number."""
        properties, letters = _child(style, "pPr"), _child(style, "rPr")
        self.outline(style, "9")
        for tag in ("keepNext", "keepLines", "pageBreakBefore"):
            _put(properties, tag, _PARAGRAPH, val="0")
        spacing = properties.find(f"{W}spacing")
        if spacing is None:
            _put(properties, "spacing", _PARAGRAPH, before="0", after="120")
        _put(properties, "jc", _PARAGRAPH, val=self._alignment())
        for tag, off in _OFF.items():
            _put(letters, tag, _RUN, **off)
        for tag in ("rFonts", "color", "sz", "szCs"):
            _put(letters, tag, _RUN).attrib.update(self._of_default(tag).attrib)

    def _number(self, style: etree._Element, place: Place | None, base: str) -> None:
        """Number `style` at `place`, indented as that level says, or not at all, whatever it is built on."""
        properties = _child(style, "pPr")
        for stale in properties.findall(f"{W}numPr"):
            properties.remove(stale)
        if place == (self._lists.place(base) if base else None):
            return  # it inherits what it should have
        numbering = _put(properties, "numPr", _PARAGRAPH)
        if place is None:
            _put(properties, "ind", _PARAGRAPH, left="0", firstLine="0")
        elif place.level:
            etree.SubElement(numbering, f"{W}ilvl", {f"{W}val": str(place.level)})
        etree.SubElement(numbering, f"{W}numId", {f"{W}val": place.list if place else "0"})
        level = self._lists.level(place) if place else None
        indent = None if level is None else level.find(f"{W}pPr/{W}ind")
        if indent is not None:
            _put(properties, "ind", _PARAGRAPH).attrib.update(indent.attrib)

    def _outlines(self, base: str) -> bool:
        levels = (value(self._styles[id], "pPr/outlineLvl") for id in self._lists.chain(base))
        return next(filter(None, levels), "9") != "9"

    def _alignment(self) -> str:
        chain = (value(self._styles[id], "pPr/jc") for id in self._lists.chain(self._default))
        return next(filter(None, chain), "left")

    def _of_default(self, tag: str) -> etree._Element:
        """Return the property of letters that text has where no style says otherwise."""
        places = [self._styles[id].find(f"{W}rPr/{W}{tag}") for id in self._lists.chain(self._default)]
        places.append(self._root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}{tag}"))
        usual = {"color": "auto", "sz": _WORD_SIZE, "szCs": _WORD_SIZE}.get(tag)
        nothing = etree.Element(W + tag, {f"{W}val": usual} if usual else {})
        return next((found for found in places if found is not None), nothing)


def _in_table(style: etree._Element) -> bool:
    """Tell whether `style` is for cells, whose columns are as wide as our size of letters needs."""
    return value(style, "name").startswith("Table ")


def _child(element: etree._Element, tag: str) -> etree._Element:
    """Return the child `tag`, which is added at its place in a style where there is none."""
    found = element.find(W + tag)
    if found is not None:
        return found
    added = etree.Element(W + tag)
    letters = element.find(f"{W}rPr")
    if tag == "pPr" and letters is not None:
        letters.addprevious(added)
    else:
        element.append(added)
    return added


def _put(properties: etree._Element, tag: str, order: tuple[str, ...], **attributes: str) -> etree._Element:
    """Put a new `tag` for any old one, at its place in the order that Word wants, and return it."""
    for stale in properties.findall(W + tag):
        properties.remove(stale)
    before = order[: order.index(tag)]
    at = sum(1 for child in properties if etree.QName(child).localname in before)
    made = etree.Element(W + tag, {W + name: value for name, value in attributes.items()})
    properties.insert(at, made)
    return made
