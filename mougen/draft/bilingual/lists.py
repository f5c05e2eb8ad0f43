"""A list of a shell once more for a second language: the same levels, its own styles, words and narrower indents."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ...language import Language
from ...opc import W
from ..firm.lists import Lists, Place, value
from ..shell import words_of

FIRST_ID = 0x4D6F5600  # of the ids by which Word tells lists apart
LEVELS = 9
# The order in which Word wants the properties of a paragraph and of a run (17.3.1.26, 17.3.2.28).
_ORDER: Mapping[str, tuple[str, ...]] = {
    "pPr": (
        *("keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers"),
        *("pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct"),
        *("autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind"),
        *("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
        *("textboxTightWrap", "outlineLvl"),
    ),
    "rPr": (
        *("rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss"),
        *("imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position"),
        *("sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang"),
    ),
}


@dataclass(frozen=True, slots=True)
class Twin:
    """What the twins of one language share: the lists, the language of the shell, its own, its styles by theirs."""

    lists: Lists
    first: Language
    language: Language
    styles: Mapping[str, str]
    narrower: float


def twin_of(twin: Twin, list: str, clause: Place | None, annex: Place | None) -> str:
    """Add a twin of `list` to the lists and return its number; `clause` and `annex` are the places of headings."""
    root = twin.lists.root
    number = _free(root, "abstractNum", "abstractNumId")
    scheme = etree.Element(f"{W}abstractNum", {f"{W}abstractNumId": str(number)})
    taken = {found.get(f"{W}val", "").upper() for found in root.iter(f"{W}nsid")}
    nsid = next(id for n in range(len(taken) + 1) if (id := f"{FIRST_ID + n:08X}") not in taken)
    for tag, said in (("nsid", nsid), ("multiLevelType", "multilevel"), ("tmpl", f"{FIRST_ID:08X}")):
        etree.SubElement(scheme, W + tag, {f"{W}val": said})
    for index in range(LEVELS):
        level = twin.lists.level(Place(list, index))
        if level is not None:
            scheme.append(_level(twin, level, Place(list, index), clause, annex))
    lists = root.findall(f"{W}num")
    lists[0].addprevious(scheme)  # all schemes come before all lists
    id = str(_free(root, "num", "numId"))
    added = etree.Element(f"{W}num", {f"{W}numId": id})
    etree.SubElement(added, f"{W}abstractNumId", {f"{W}val": str(number)})
    lists[-1].addnext(added)
    return id


def _level(
    twin: Twin, level: etree._Element, place: Place, clause: Place | None, annex: Place | None
) -> etree._Element:
    made = copy.deepcopy(level)
    for link in made.findall(f"{W}pStyle"):
        if link.get(f"{W}val") in twin.styles:
            link.set(f"{W}val", twin.styles[link.get(f"{W}val", "")])
        else:
            made.remove(link)
    theirs, mine = (words_of(language, "a4") for language in (twin.first, twin.language))
    if place == clause and _translates(level, theirs["clause"]["label"], twin):
        words = mine["clause"]
        made.find(f"{W}lvlText").set(f"{W}val", words["label"])
        for stale in made.findall(f"{W}suff"):
            made.remove(stale)
        made.find(f"{W}lvlText").addprevious(etree.Element(f"{W}suff", {f"{W}val": words["suffix"]}))
        for indent in made.iter(f"{W}ind"):
            indent.set(f"{W}left", str(words["indent"]))
            indent.set(f"{W}hanging", str(words["indent"]))
    if place == annex and _translates(level, f"{theirs['annex']} %1", twin):
        made.find(f"{W}lvlText").set(f"{W}val", f"{mine['annex']} %1")
    for indent in made.iter(f"{W}ind"):
        narrow(indent, twin.narrower)
    return made


def _translates(level: etree._Element, usual: str, twin: Twin) -> bool:
    """Tell whether a label has words to translate: that of the shell itself, or a firm's in the other column."""
    label = value(level, "lvlText")
    return label == usual or (twin.first is not twin.language and bool(re.search(r"[^\W\d_]", label)))


SCALED = tuple(W + name for name in ("left", "right", "start", "end", "hanging", "firstLine", "before", "after"))


def narrow(lengths: etree._Element, share: float) -> None:
    """Scale an indent, or the space around a paragraph."""
    for name in SCALED:
        said = lengths.get(name, "")
        if said.removeprefix("-").isdigit():
            lengths.set(name, str(round(int(said) * share)))


def put(style: etree._Element, group: str, tag: str, **attributes: str) -> None:
    """Put a property into the `group` of a style (pPr or rPr), at its place and for any old one."""
    properties = style.find(W + group)
    if properties is None:
        properties = etree.Element(W + group)
        letters = style.find(f"{W}rPr")
        if letters is not None:
            letters.addprevious(properties)
        else:
            style.append(properties)
    for stale in properties.findall(W + tag):
        properties.remove(stale)
    before = _ORDER[group][: _ORDER[group].index(tag)]
    at = sum(1 for child in properties if etree.QName(child).localname in before)
    properties.insert(at, etree.Element(W + tag, {W + name: said for name, said in attributes.items()}))


def _free(root: etree._Element, tag: str, attribute: str) -> int:
    taken = (found.get(W + attribute, "") for found in root.iter(W + tag))
    return max((int(id) for id in taken if id.isdigit()), default=0) + 1
