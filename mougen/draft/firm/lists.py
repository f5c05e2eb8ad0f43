"""The numbered lists of a Word file: on which level of which list a style stands, and a list of ours added to them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ...opc import W

_PRECEDING = tuple(W + tag for tag in ("start", "numFmt", "lvlRestart"))  # of w:pStyle in w:lvl (17.9.6)
_DEEPEST = 30  # styles built on one another; Word allows ten
_FIRST = {"decimal": "1", "upperLetter": "A", "lowerLetter": "a", "upperRoman": "I", "lowerRoman": "i"}


def value(element: etree._Element | None, path: str) -> str:
    """Return w:val of the element at `path` of tags, "" where there is none."""
    found = None if element is None else element.find("/".join(W + tag for tag in path.split("/")))
    return "" if found is None else str(found.get(f"{W}val", ""))


def whole(text: str) -> int | None:
    """Return the whole number in `text`, None where there is none that a Word file could mean."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


@dataclass(frozen=True, slots=True)
class Place:
    """A level of a list, both by number."""

    list: str
    level: int


class Lists:
    """The lists of a part numbering.xml, which is changed in place; `styles` are the styles of the file by id."""

    def __init__(self, root: etree._Element, styles: Mapping[str, etree._Element]) -> None:
        self.root, self._styles = root, styles
        self._ties: dict[str, dict[str, int]] = {}

    def chain(self, style: str) -> list[str]:
        """Return `style` and those that it is based on, nearest first."""
        found: list[str] = []
        while style in self._styles and style not in found and len(found) < _DEEPEST:
            found.append(style)
            style = value(self._styles[style], "basedOn")
        return found

    def place(self, style: str) -> Place | None:
        """Return where paragraphs in `style` are numbered, None where they are not."""
        chain = self.chain(style)
        list = next((id for s in chain if (id := value(self._styles[s], "pPr/numPr/numId"))), "0")
        if list == "0" or self._num(list) is None:
            return None
        if list not in self._ties:
            self._ties[list] = {value(self.level(Place(list, i)), "pStyle"): i for i in range(8, -1, -1)}
        level = next((self._ties[list][s] for s in chain if s in self._ties[list]), None)
        if level is None:
            own = next((id for s in chain if (id := value(self._styles[s], "pPr/numPr/ilvl"))), "0")
            level = whole(own) or 0
        return Place(list, level) if level < 9 else None

    def level(self, place: Place) -> etree._Element | None:
        """Return the definition of a level, that of the list itself before that of its scheme."""
        number = self._num(place.list)
        for scheme in () if number is None else (number, self._scheme(place.list)):
            for level in () if scheme is None else scheme.iter(f"{W}lvl"):
                if level.get(f"{W}ilvl") == str(place.level):
                    return level
        return None

    def linked(self, place: Place) -> str:
        """Return the style that is tied to a level, "" where none is."""
        style = value(self.level(place), "pStyle")
        return style if style in self._styles else ""

    def label(self, place: Place) -> tuple[str, str]:
        """Return the text with which a level numbers ("Article %1") and the format of its number ("decimal")."""
        level = self.level(place)
        return value(level, "lvlText"), value(level, "numFmt") or "decimal"

    def shown(self, place: Place) -> str:
        """Return the first label of a level as it is printed: "1.1", "(a)"."""
        text = self.label(place)[0]
        for upper in range(place.level + 1):
            kind = self.label(Place(place.list, upper))[1]
            text = text.replace(f"%{upper + 1}", _FIRST.get(kind, "1"))
        return text

    def styles_of(self, list: str) -> set[str]:
        """Return every style that is numbered by the scheme of `list`."""
        scheme = self._scheme(list)
        return {s for s in self._styles if (p := self.place(s)) is not None and self._scheme(p.list) is scheme}

    def tie(self, place: Place, style: str) -> None:
        """Tie `style` to a level that has no style yet."""
        level = self.level(place)
        if level is None:
            return
        self._ties.clear()
        for stale in level.findall(f"{W}pStyle"):
            level.remove(stale)
        at = sum(1 for child in level if child.tag in _PRECEDING)
        level.insert(at, etree.Element(f"{W}pStyle", {f"{W}val": style}))

    def add(self, scheme: etree._Element, ids: Mapping[str, str]) -> str:
        """Add a copy of `scheme` and a list of it, tied to the styles that `ids` names by ours; return the list."""
        ours = copy.deepcopy(scheme)
        number, nsid = self._free("abstractNum", "abstractNumId"), ours.find(f"{W}nsid")
        taken = {found.get(f"{W}val", "").upper() for found in self.root.iter(f"{W}nsid")}
        if nsid is not None:  # Word takes lists with one nsid for one list
            first = int(nsid.get(f"{W}val", ""), 16)
            nsid.set(f"{W}val", next(id for n in range(len(taken) + 1) if (id := f"{first + 16 * n:08X}") not in taken))
        ours.set(f"{W}abstractNumId", str(number))
        for link in ours.iter(f"{W}pStyle"):
            link.set(f"{W}val", ids[link.get(f"{W}val", "")])
        lists = self.root.findall(f"{W}num")
        if lists:
            lists[0].addprevious(ours)  # all schemes come before all lists
        else:
            self.root.append(ours)
        id = str(self._free("num", "numId"))
        added = etree.Element(f"{W}num", {f"{W}numId": id})
        etree.SubElement(added, f"{W}abstractNumId", {f"{W}val": str(number)})
        (lists[-1] if lists else ours).addnext(added)
        return id

    def _free(self, tag: str, attribute: str) -> int:
        return max((whole(found.get(W + attribute, "")) or 0 for found in self.root.iter(W + tag)), default=0) + 1

    def _num(self, id: str) -> etree._Element | None:
        return next((n for n in self.root.iter(f"{W}num") if n.get(f"{W}numId") == id), None)

    def _scheme(self, list: str) -> etree._Element | None:
        """Return the scheme of a list, through a style of lists where the scheme is kept in one."""
        for _ in range(5):  # a style of lists may lead to another, or in a circle
            wanted = value(self._num(list), "abstractNumId")
            scheme = next((a for a in self.root.iter(f"{W}abstractNum") if a.get(f"{W}abstractNumId") == wanted), None)
            style = value(scheme, "numStyleLink")
            list = value(self._styles.get(style), "pPr/numPr/numId")
            if not style or not list:
                return scheme
        return None
