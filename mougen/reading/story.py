"""Walks the blocks of a Word story (body, header, note, ...) into a `Sheet`, each visible paragraph exactly once."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ..agreement import Mark, Place
from ..opc import Element, W
from .inline import ALTERNATE, ANCHOR, Content, Inline, anchor_of, branch
from .numbering import Counter, Numbering
from .plain import literal_label
from .sheet import Sheet
from .styles import child_value, toggle, whole

_VAL = W + "val"
_PARAGRAPH, _TABLE, _ROW, _CELL = (W + tag for tag in ("p", "tbl", "tr", "tc"))
_CONTROL, _CONTROL_CONTENT, _CHUNK = W + "sdt", W + "sdtContent", W + "altChunk"
_INSERTED, _DELETED, _MOVED_IN, _MOVED_OUT = (W + tag for tag in ("ins", "del", "moveTo", "moveFrom"))
_WRAPPERS = frozenset((W + "customXml", W + "smartTag", _INSERTED, _MOVED_IN))
_STYLE, _NUMBERED, _OUTLINE, _MARK = (W + tag for tag in ("pStyle", "numPr", "outlineLvl", "rPr"))
_PARAGRAPH_PROPERTIES, _CELL_PROPERTIES, _ROW_PROPERTIES = (W + tag for tag in ("pPr", "tcPr", "trPr"))
_MERGED_DOWN, _MERGED_ACROSS, _SPAN, _BEFORE = (W + tag for tag in ("vMerge", "hMerge", "gridSpan", "gridBefore"))
_CELL_DELETED, _LIST, _LEVEL, _HIDDEN, _SEPARATOR = (
    W + tag for tag in ("cellDel", "numId", "ilvl", "vanish", "specVanish")
)
_WRAPPER_MARKS: dict[str, Mark] = {_INSERTED: "inserted", _MOVED_IN: "moved"}
_MARKS: tuple[Mark, ...] = ("inserted", "moved", "deletions", "struck", "hidden", "contents")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the walk stands; `lead` opens every paragraph (the author of a comment)."""

    place: Place = "body"
    row: tuple[int, int] | None = None
    cell: int = 0
    marks: frozenset[Mark] = frozenset()
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Properties:
    """What w:pPr says; `deleted`, `inserted`, `moved` and `hidden` are of the paragraph mark."""

    style: str = ""
    num_id: str | None = None
    ilvl: int | None = None
    outline: int | None = None
    deleted: bool = False
    inserted: bool = False
    moved: bool = False
    hidden: bool = False


class Story:
    """Reads stories one after the other into one sheet."""

    def __init__(
        self, sheet: Sheet, numbering: Numbering, notes: Mapping[tuple[str, str], Element], watch: bool
    ) -> None:
        """`notes` are footnotes and endnotes by kind and id; `watch` is explained in `Inline`."""
        self.seen: Tally[str] = Tally()
        self._sheet = sheet
        self._numbering = numbering
        self._styles = numbering.styles
        self._notes = dict(notes)
        self._inline = Inline(self._styles, self.seen, watch)
        self._counters: dict[str, Counter] = {}
        self._pending: tuple[Content, Properties, Spot] | None = None
        self._anchors: list[str] = []  # of bookmarks between paragraphs, which belong to the next one
        self._tables = 0

    def read(self, root: Element, place: Place, lead: str = "") -> None:
        """Read all blocks below `root`."""
        self._inline.restart()
        self._closed(root, Spot(place, lead=lead))

    def _closed(self, container: Element, spot: Spot) -> None:
        """Blocks of a container that no paragraph can leave, so that a deleted mark merges nothing past its end."""
        self._flush()
        self._blocks(container, spot)
        self._flush()

    def _blocks(self, container: Element, spot: Spot) -> None:
        for child in container:
            tag = child.tag
            if tag == _PARAGRAPH:
                self._paragraph(child, spot)
            elif tag == _TABLE:
                self._flush()
                self._table(child, spot)
            elif tag == _CONTROL:
                for content in child.iterchildren(_CONTROL_CONTENT):
                    self._blocks(content, spot)
            elif tag in _WRAPPERS:
                self._blocks(child, self._wrapped(tag, spot))
            elif tag == ALTERNATE:
                chosen = branch(child)
                if chosen is not None:
                    self._blocks(chosen, spot)
            else:
                self._other(child)

    def _other(self, child: Element) -> None:
        """Note what is no text: a bookmark between paragraphs, another file to be taken in here."""
        if child.tag == ANCHOR:
            self._anchors += anchor_of(child)
        elif child.tag == _CHUNK:
            self.seen["chunks"] += 1

    def _wrapped(self, tag: str, spot: Spot) -> Spot:
        mark = _WRAPPER_MARKS.get(tag)
        if mark is None:
            return spot
        self.seen["tracked"] += 1
        return replace(spot, marks=spot.marks | {mark})

    def _paragraph(self, element: Element, spot: Spot) -> None:
        properties = _properties(element)
        content = Content() if self._pending is None else self._pending[0]
        self._pending = None
        content.anchors += self._anchors
        self._anchors.clear()
        self._inline.read(element, content, properties.style or self._styles.default)
        if properties.inserted or properties.moved or properties.deleted:
            self.seen["tracked"] += 1
        if not properties.deleted:
            self._emit(content, properties, spot)
            return
        # Without its mark a paragraph runs on into the next one, whose mark, and so whose style and number, stays.
        if any(text.strip() for text, _ in content.pieces):
            content.marks.add("deletions")
        else:
            content.marks.clear()  # nothing of it is left to be marked
            content.anchors.clear()
        self._pending = (content, properties, spot)

    def _flush(self) -> None:
        """Put down a paragraph whose mark is deleted although no paragraph follows that it could join."""
        if self._pending is None:
            return
        content, properties, spot = self._pending
        self._pending = None
        if content.after or any(text.strip() for text, _ in content.pieces):
            self._emit(content, properties, spot)

    def _emit(self, content: Content, properties: Properties, spot: Spot) -> None:
        style = properties.style or self._styles.default
        look = self._styles.look(style)
        text = content.text()
        label = "" if properties.hidden else self._counter(spot.place).label(style, properties.num_id, properties.ilvl)
        if not label and not look.contents:
            label = literal_label(text)
        if look.contents:
            content.marks.add("contents")
        if properties.inserted:
            content.marks.add("inserted")
        if properties.moved:
            content.marks.add("moved")
        marks = content.marks | spot.marks
        level = look.level if properties.outline is None else (properties.outline + 1) % 10
        self._sheet.add(
            spot.lead + text if text.strip() else text,
            place=spot.place,
            label=label,
            level=level,
            row=spot.row,
            cell=spot.cell,
            marks=tuple(mark for mark in _MARKS if mark in marks) if marks else (),
            anchors=tuple(content.anchors),
        )
        for kind, element in content.after:
            self._hanging(kind, element, spot)

    def _hanging(self, kind: str, element: Element, spot: Spot) -> None:
        """Read a text box, or the note that a reference cites, right after the paragraph it hangs on."""
        if kind == "text box":
            body = spot.place in ("body", "table")
            self._closed(element, replace(spot, place="text box" if body else spot.place, row=None, cell=0))
        elif spot.place not in ("footnote", "endnote"):  # Word allows no notes on notes; a chain could be endless
            note = self._notes.pop((kind, element.get(W + "id", "")), None)
            if note is not None:
                place: Place = "footnote" if kind == "footnote" else "endnote"
                self._closed(note, replace(spot, place=place, row=None, cell=0))

    def _counter(self, place: str) -> Counter:
        key = "body" if place == "table" else place
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = Counter(self._numbering)
        return counter

    def _table(self, table: Element, spot: Spot) -> None:
        """Cells are numbered by grid column, so that those of one column agree whatever is merged."""
        self._tables += 1
        number, rows = self._tables, 0
        place: Place = "table" if spot.place == "body" else spot.place
        for row, row_marks in self._inside(table, _ROW, spot.marks):
            marks = row_marks
            properties = next(row.iterchildren(_ROW_PROPERTIES), None)
            if _has(properties, _DELETED):
                self.seen["tracked"] += 1
                continue
            if _has(properties, _INSERTED):
                self.seen["tracked"] += 1
                marks = row_marks | {"inserted"}
            rows += 1
            column = _number(properties, _BEFORE, 0)
            for cell, cell_marks in self._inside(row, _CELL, marks):
                shown, width = _cell(cell, rows, column)
                if shown:
                    self._closed(cell, Spot(place, (number, rows), column, cell_marks, spot.lead))
                column += width

    def _inside(
        self, container: Element, wanted: str, marks: frozenset[Mark]
    ) -> Iterator[tuple[Element, frozenset[Mark]]]:
        """Rows of a table or cells of a row, also those in content controls and tracked wrappers, in order."""
        stack = [(child, marks) for child in reversed(container)]
        while stack:
            element, marks = stack.pop()
            tag = element.tag
            if tag == wanted:
                yield element, marks
            elif tag == ALTERNATE:
                chosen = branch(element)
                stack.extend((child, marks) for child in reversed(() if chosen is None else chosen))
            elif tag in (_CONTROL, _CONTROL_CONTENT) or tag in _WRAPPERS:
                mark = _WRAPPER_MARKS.get(tag)
                inner = marks | {mark} if mark else marks
                stack.extend((child, inner) for child in reversed(element))


def _cell(cell: Element, row: int, column: int) -> tuple[bool, int]:
    """Whether a cell shows text of its own, and how many grid columns it takes.

    A cell merged into the one above (17.4.84) or to its left (17.4.22) shows nothing, even if it holds text.
    """
    properties = next(cell.iterchildren(_CELL_PROPERTIES), None)
    if properties is None:
        return True, 1
    merged = (row > 1 and _continues(properties, _MERGED_DOWN)) or (
        column > 0 and _continues(properties, _MERGED_ACROSS)
    )
    return not merged and not _has(properties, _CELL_DELETED), max(1, _number(properties, _SPAN, 1))


def _continues(properties: Element, tag: str) -> bool:
    return any(item.get(_VAL, "continue") == "continue" for item in properties.iterchildren(tag))


def _has(properties: Element | None, tag: str) -> bool:
    return properties is not None and next(properties.iterchildren(tag), None) is not None


def _number(properties: Element | None, tag: str, default: int) -> int:
    value = None if properties is None else whole(child_value(properties, tag))
    return default if value is None else min(max(value, 0), 1_000)


def _properties(paragraph: Element) -> Properties:
    found = next(paragraph.iterchildren(_PARAGRAPH_PROPERTIES), None)
    if found is None:
        return _NONE
    style, num_id, ilvl, outline = "", None, None, None
    tracked: frozenset[str] = frozenset()
    hidden = False
    for item in found.iterchildren(_STYLE, _NUMBERED, _OUTLINE, _MARK):
        if item.tag == _STYLE:
            style = item.get(_VAL, "")
        elif item.tag == _OUTLINE:
            outline = min(max(whole(item.get(_VAL)) or 0, 0), 9)
        elif item.tag == _NUMBERED:
            num_id, ilvl = child_value(item, _LIST), whole(child_value(item, _LEVEL))
        else:
            tracked = frozenset(x.tag for x in item.iterchildren(_INSERTED, _DELETED, _MOVED_IN, _MOVED_OUT))
            # a mark hidden as style separator (specVanish) still ends a visible heading
            hidden = bool(toggle(item, _HIDDEN)) and not toggle(item, _SEPARATOR)
    return _shared(
        style,
        num_id,
        ilvl,
        outline,
        _DELETED in tracked or _MOVED_OUT in tracked,
        _INSERTED in tracked,
        _MOVED_IN in tracked,
        hidden,
    )


_NONE = Properties()
_shared = lru_cache(maxsize=1024)(Properties)  # paragraphs differ in text, hardly in properties
