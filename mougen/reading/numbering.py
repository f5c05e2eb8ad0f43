"""Works out the automatic numbers that Word shows but does not store, from numbering.xml and styles.xml.

Section numbers in comments are those of ISO/IEC 29500-1. Behaviour was checked against LibreOffice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..opc import Element, W
from .styles import Styles, child_value, is_on, read_styles, whole

BULLET = "•"
_PLACEHOLDER = re.compile("%([1-9])")
_LEVELS = 9
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_CARDINALS = """Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen
    Seventeen Eighteen Nineteen Twenty"""
_ORDINALS = """Zeroth First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth
    Fourteenth Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth Twentieth"""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; `restart` is w:lvlRestart (0: never), None where a shallower level always restarts it."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""
    restart: int | None = None
    legal: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """One w:num: its levels with overrides applied, and `counters`, the abstract list whose counters it shares."""

    id: str
    counters: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]

    def start(self, level: int) -> int:
        fallback = self.levels.get(level)
        return self.restarts.get(level, 1 if fallback is None else fallback.start)


@dataclass(frozen=True, slots=True)
class Numbering:
    """All lists of a document, and which paragraph belongs to which."""

    lists: Mapping[str, List]
    styles: Styles
    _places: dict[tuple[str, str | None, int | None], tuple[List, int] | None] = field(default_factory=dict)

    def place(self, style_id: str, num_id: str | None, ilvl: int | None) -> tuple[List, int] | None:
        """List and level of a paragraph from its style and its own w:numPr (None where it has none)."""
        key = (style_id, num_id, ilvl)
        if key not in self._places:
            self._places[key] = self._resolve(style_id, num_id, ilvl)
        return self._places[key]

    def _resolve(self, style_id: str, num_id: str | None, ilvl: int | None) -> tuple[List, int] | None:
        chain = self.styles.chain(style_id or self.styles.default)
        if num_id is None:
            num_id = next((style.num_id for style in chain if style.num_id is not None), None)
        found = None if num_id in (None, "0") else self.lists.get(num_id or "")  # 0 takes a paragraph out (17.9.18)
        if found is None:
            return None
        if ilvl is None:
            # a style is tied to a level by the level's pStyle, and the style's own ilvl is then ignored (17.9.23)
            linked = {level.style: index for index, level in found.levels.items() if level.style}
            ilvl = next((linked[style.id] for style in chain if style.id in linked), None)
        if ilvl is None:
            ilvl = next((style.ilvl for style in chain if style.ilvl is not None), 0)
        return (found, ilvl) if 0 <= ilvl < _LEVELS else None


class Counter:
    """Counts the lists of one story (body, footnotes, ...): ask for labels in reading order."""

    __slots__ = ("_counts", "_numbering", "_used")

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, list[int | None]] = {}
        self._used: set[str] = set()

    def label(self, style_id: str, num_id: str | None = None, ilvl: int | None = None) -> str:
        """The label of the next paragraph, "" where it is in no list."""
        place = self._numbering.place(style_id, num_id, ilvl)
        if place is None:
            return ""
        member, index = place
        counts = self._counts.setdefault(member.counters, [None] * _LEVELS)
        if member.id not in self._used:
            self._used.add(member.id)
            for level in member.restarts:  # startOverride counts once, at the first use of this w:num
                counts[level] = None
        count = counts[index]
        counts[index] = member.start(index) if count is None else count + 1
        for level in range(index):
            if counts[level] is None:
                counts[level] = member.start(level)
        for level in range(index + 1, _LEVELS):
            restart = member.levels[level].restart if level in member.levels else None
            if restart is None or index < restart:  # 17.9.10: the value counts levels from one, 0 never
                counts[level] = None
        return _written(member, index, counts)


def read_numbering(numbering: Element | None, styles: Element | Styles | None) -> Numbering:
    """Lists from the roots of numbering.xml and styles.xml (or styles read before); both parts are optional."""
    known = styles if isinstance(styles, Styles) else read_styles(styles)
    if numbering is None:
        return Numbering({}, known)
    abstracts = {item.get(W + "abstractNumId", ""): item for item in numbering.iterchildren(W + "abstractNum")}
    nums = {item.get(W + "numId", ""): item for item in numbering.iterchildren(W + "num")}
    levels = {key: _levels(item) for key, item in abstracts.items()}
    lists = {}
    for num_id, num in nums.items():
        abstract = _follow(child_value(num, W + "abstractNumId") or "", abstracts, nums, known)
        if abstract in levels:
            lists[num_id] = _list(num_id, num, abstract, levels[abstract])
    return Numbering(lists, known)


def _list(num_id: str, num: Element, abstract: str, levels: Mapping[int, Level]) -> List:
    own, restarts = dict(levels), {}
    for override in num.iterchildren(W + "lvlOverride"):
        index = whole(override.get(W + "ilvl"))
        if index is None or not 0 <= index < _LEVELS:
            continue
        start = whole(child_value(override, W + "startOverride"))
        if start is not None:
            restarts[index] = start
        level = override.find(W + "lvl")
        if level is not None:
            own[index] = _level(level)
    return List(num_id, abstract, own, restarts)


def _follow(abstract: str, abstracts: Mapping[str, Element], nums: Mapping[str, Element], styles: Styles) -> str:
    """The abstract list that holds the levels: a list style is reached through numStyleLink (17.9.21)."""
    seen: set[str] = set()
    while abstract in abstracts and abstract not in seen:
        seen.add(abstract)
        link = child_value(abstracts[abstract], W + "numStyleLink")
        if not link:
            break
        style = styles.by_id.get(link)
        num = nums.get(style.num_id or "") if style else None
        target = "" if num is None else child_value(num, W + "abstractNumId") or ""
        if not target or target == abstract:  # the style is missing, but the list may still name it (17.9.27)
            target = next((k for k, item in abstracts.items() if child_value(item, W + "styleLink") == link), abstract)
        abstract = target
    return abstract


def _levels(abstract: Element) -> dict[int, Level]:
    indexed = ((whole(item.get(W + "ilvl")), item) for item in abstract.iterchildren(W + "lvl"))
    return {index: _level(item) for index, item in indexed if index is not None and 0 <= index < _LEVELS}


def _level(element: Element) -> Level:
    start, legal = whole(child_value(element, W + "start")), element.find(W + "isLgl")
    return Level(
        0 if start is None else start,  # 17.9.25: a level without w:start begins at 0
        child_value(element, W + "numFmt") or "decimal",
        child_value(element, W + "lvlText") or "",
        child_value(element, W + "pStyle") or "",
        whole(child_value(element, W + "lvlRestart")),
        legal is not None and is_on(legal.get(W + "val", "1")),
    )


def _written(member: List, index: int, counts: list[int | None]) -> str:
    level = member.levels.get(index)
    if level is None:
        return ""
    if level.format == "bullet":
        return BULLET

    def number(match: re.Match[str]) -> str:
        position = int(match[1]) - 1
        if position > index:
            return ""
        shown = member.levels.get(position, Level())
        return format_number(counts[position] or 0, "decimal" if level.legal else shown.format)

    return _PLACEHOLDER.sub(number, level.text).strip()


def format_number(number: int, style: str) -> str:
    """`number` in one of Word's formats (17.18.59); unknown ones and numbers out of range fall back to digits."""
    match style:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{number:02d}"
        case "lowerRoman" | "upperRoman" if 0 < number < 4000:
            return _cased(_roman(number), style)
        case "lowerLetter" | "upperLetter" if 0 < number <= 780:  # Word's own limit: thirty repeats, a to zz..z
            return _cased(chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1), style)
        case "ordinal":
            return f"{number}{_suffix(number)}"
        case "cardinalText" if 0 <= number <= 20:
            return _CARDINALS.split()[number]
        case "ordinalText":
            return _ORDINALS.split()[number] if 0 <= number <= 20 else f"{number}{_suffix(number)}"
    return str(number)


def _cased(text: str, style: str) -> str:
    return text.upper() if style.startswith("upper") else text


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _suffix(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
