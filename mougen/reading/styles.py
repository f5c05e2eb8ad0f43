"""Word styles, resolved along `basedOn`: heading level, list membership, hidden and struck text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..opc import Element, W

_VAL = W + "val"
_TAG = {name: W + name for name in ("style", "name", "basedOn", "pPr", "rPr", "numPr", "numId", "ilvl", "outlineLvl")}
_OFF = frozenset(("0", "false", "off", "none"))
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """One style as written; None or "" where it says nothing and its base decides."""

    id: str
    kind: str
    name: str = ""
    base: str = ""
    num_id: str | None = None
    ilvl: int | None = None
    outline: int | None = None
    hidden: bool | None = None
    struck: bool | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a style amounts to with all its bases."""

    level: int = 0
    contents: bool = False
    hidden: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles of a document; `default` is the id of the paragraph style used where none is named."""

    by_id: dict[str, Style]
    default: str = ""
    _chains: dict[str, tuple[Style, ...]] = field(default_factory=dict)
    _looks: dict[str, Look] = field(default_factory=dict)

    def chain(self, style_id: str) -> tuple[Style, ...]:
        """The style and its bases, nearest first; cycles and dangling bases end the chain."""
        known = self._chains.get(style_id)
        if known is not None:
            return known
        chain: dict[str, Style] = {}
        current = style_id
        while current in self.by_id and current not in chain:
            chain[current] = self.by_id[current]
            current = chain[current].base
        self._chains[style_id] = tuple(chain.values())
        return self._chains[style_id]

    def look(self, style_id: str) -> Look:
        """Heading level, contents entry, hidden and struck, each from the nearest style that says it."""
        known = self._looks.get(style_id)
        if known is None:
            chain = self.chain(style_id)
            known = self._looks[style_id] = Look(
                next((level for s in chain if (level := _level(s)) is not None), 0),
                any(s.name.lower().startswith("toc ") for s in chain),
                next((s.hidden for s in chain if s.hidden is not None), False),
                next((s.struck for s in chain if s.struck is not None), False),
            )
        return known

    def any_hidden_or_struck(self) -> bool:
        return any(style.hidden or style.struck for style in self.by_id.values())


def read_styles(root: Element | None) -> Styles:
    """Styles from the root of styles.xml; a document without that part has none."""
    by_id: dict[str, Style] = {}
    default = ""
    for element in () if root is None else root.iterchildren(_TAG["style"]):
        style = _style(element)
        by_id[style.id] = style
        if style.kind == "paragraph" and is_on(element.get(W + "default", "0")):
            default = style.id
    return Styles(by_id, default)


def _style(element: Element) -> Style:
    paragraph, run = element.find(_TAG["pPr"]), element.find(_TAG["rPr"])
    numbered = None if paragraph is None else paragraph.find(_TAG["numPr"])
    outline = None if paragraph is None else paragraph.find(_TAG["outlineLvl"])
    return Style(
        element.get(W + "styleId", ""),
        element.get(W + "type", "paragraph"),
        child_value(element, _TAG["name"]) or "",
        child_value(element, _TAG["basedOn"]) or "",
        None if numbered is None else child_value(numbered, _TAG["numId"]),
        None if numbered is None else whole(child_value(numbered, _TAG["ilvl"])),
        None if outline is None else whole(outline.get(_VAL)),
        None if run is None else toggle(run, W + "vanish"),
        None if run is None else toggle(run, W + "strike", W + "dstrike"),
    )


def _level(style: Style) -> int | None:
    """1-9 for a heading, 0 for declared body text (outline level 9 of 17.3.1.20), None where nothing is said."""
    if style.outline is not None:
        return style.outline + 1 if 0 <= style.outline <= 8 else 0
    heading = _HEADING.fullmatch(style.name)
    if heading:
        return int(heading[1])
    return 1 if style.name.lower() == "title" else None


def child_value(element: Element, tag: str) -> str | None:
    """The w:val of the first child `tag`, or None."""
    child = element.find(tag)
    if child is None:
        return None
    value: str | None = child.get(_VAL)
    return value


def toggle(properties: Element, *tags: str) -> bool | None:
    """Whether any of the on/off properties `tags` is on; None where none is present (17.7.3)."""
    found = [is_on(child.get(_VAL, "1")) for child in properties.iterchildren(*tags)]
    return any(found) if found else None


def is_on(value: str) -> bool:
    return value.lower() not in _OFF


def whole(value: str | None) -> int | None:
    """A whole number, or None where `value` is not one: attributes of untrusted files hold anything."""
    return int(value) if value and value.isascii() and value.removeprefix("-").isdigit() and len(value) < 10 else None
