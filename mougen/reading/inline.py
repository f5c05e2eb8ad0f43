"""Reads what stands inside one Word paragraph as a reader sees it: final text, what is struck, what hangs on it.

Section numbers in comments are those of ISO/IEC 29500-1; MCE is 29500-3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ..agreement import Mark
from ..opc import Element, W
from .styles import Styles, is_on, toggle, whole

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
ALTERNATE = _MC + "AlternateContent"
_TEXT, _RUN, _RUN_PROPERTIES = W + "t", W + "r", W + "rPr"
_BOX = W + "txbxContent"
ANCHOR, _OURS = W + "bookmarkStart", "_mou_"  # drafting names the bookmarks of clauses so
_CHARACTER_STYLE, _HIDDEN, _STRIKE, _DOUBLE_STRIKE = (W + tag for tag in ("rStyle", "vanish", "strike", "dstrike"))
# Glyphs of Microsoft's symbol fonts that matter in agreements: ticked boxes, ticks and bullets.
_SYMBOLS = {0xA8: "☐", 0x6F: "☐", 0xFE: "☑", 0xFD: "☒", 0x78: "☒", 0xFC: "✓", 0xFB: "✗", 0xA7: "▪", 0xB7: "•"}


@dataclass(slots=True)
class Content:
    """What a paragraph holds so far: (text, struck) pieces, marks, anchors, and boxes and notes to be read after it."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    marks: set[Mark] = field(default_factory=set)
    anchors: list[str] = field(default_factory=list)
    after: list[tuple[str, Element]] = field(default_factory=list)

    def text(self) -> str:
        """The final text; text struck through by hand is dropped, unless it is all there is (then marked)."""
        struck = [text for text, is_struck in self.pieces if is_struck and text.strip()]
        if not struck:
            return "".join([text for text, _ in self.pieces])
        kept = "".join(text for text, is_struck in self.pieces if not is_struck)
        if kept.strip():
            self.marks.add("deletions")
            return kept
        self.marks.add("struck")
        return "".join(text for text, _ in self.pieces)


class Inline:
    """Walks runs and their wrappers; keeps the state of fields, which may span paragraphs, for one story."""

    __slots__ = ("_fields", "_in_code", "_style", "_styles", "_watch", "seen")

    def __init__(self, styles: Styles, seen: Counter[str], watch: bool) -> None:
        """`watch`: whether runs must be examined for hidden and struck text (most documents have none)."""
        self.seen = seen
        self._styles = styles
        self._watch = watch
        self._style = ""
        self._fields: list[bool] = []
        self._in_code = False

    def read(self, paragraph: Element, content: Content, style: str) -> None:
        """Add to `content` what `paragraph`, of paragraph style `style`, shows."""
        self._style = style
        if self._in_code:
            # instructions do not span paragraphs in sound files; text must not vanish after a broken field
            self._fields = [False] * len(self._fields)
            self._in_code = False
        self.walk(paragraph, content, False)

    def restart(self) -> None:
        """Forget open fields: a new story begins."""
        self._fields, self._in_code = [], False

    def walk(self, element: Element, content: Content, struck: bool) -> None:
        for child in element:
            tag = child.tag
            if tag == _TEXT:
                if not self._in_code:
                    content.pieces.append((child.text or "", struck))
            elif tag == _RUN:
                self.walk(child, content, self._look(child, content) if self._watch else False)
            else:
                action = _ACTIONS.get(tag)
                if action is not None:
                    action(self, child, content, struck)

    def say(self, text: str, content: Content, struck: bool) -> None:
        if not self._in_code:
            content.pieces.append((text, struck))

    def hang(self, kind: str, element: Element, content: Content) -> None:
        if not self._in_code:
            content.after.append((kind, element))

    def field_mark(self, element: Element, content: Content, struck: bool) -> None:
        """Between begin and separate stands an instruction, between separate and end its result (17.16.18)."""
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(True)
            form = element.find(W + "ffData")
            if form is not None and not self._in_code:
                content.pieces.append((_form_value(form), struck))
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()
        self._in_code = True in self._fields

    def _look(self, run: Element, content: Content) -> bool:
        """Mark hidden text and say whether the run is struck: its own properties, then its styles."""
        hidden, struck = None, None
        looks = [self._styles.look(self._style)]
        for properties in run.iterchildren(_RUN_PROPERTIES):
            hidden, struck = toggle(properties, _HIDDEN), toggle(properties, _STRIKE, _DOUBLE_STRIKE)
            looks += [self._styles.look(item.get(W + "val", "")) for item in properties.iterchildren(_CHARACTER_STYLE)]
        if hidden is None:
            hidden = any(look.hidden for look in looks)
        if hidden and next(run.iterchildren(_TEXT), None) is not None and not self._in_code:
            content.marks.add("hidden")
            self.seen["hidden"] += 1
        return any(look.struck for look in looks) if struck is None else struck


def branch(alternate: Element) -> Element | None:
    """The one branch of mc:AlternateContent that is read: both say the same thing (MCE 10.2).

    Everything Word requires here is one of Microsoft's own namespaces; another one is left to the fallback.
    """
    fallback = next(alternate.iterchildren(_MC + "Fallback"), None)
    choices = list(alternate.iterchildren(_MC + "Choice"))
    for choice in choices:
        names = (choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split())
        if all(name.startswith("http://schemas.microsoft.com/office/") for name in names):
            return choice
    return fallback if fallback is not None or not choices else choices[0]


def text_boxes(drawing: Element) -> Iterator[Element]:
    """Outermost text boxes in a drawing, each once, in order."""
    stack = [drawing]
    while stack:
        element = stack.pop()
        if element.tag == _BOX:
            yield element
            continue
        if element.tag == ALTERNATE:
            chosen = branch(element)
            element = () if chosen is None else chosen
        stack.extend(reversed(element))


def _wrapped(mark: Mark) -> Callable[[Inline, Element, Content, bool], None]:
    def walk(inline: Inline, element: Element, content: Content, struck: bool) -> None:
        inline.seen["tracked"] += 1
        content.marks.add(mark)
        inline.walk(element, content, struck)

    return walk


def _dropped(mark: Mark) -> Callable[[Inline, Element, Content, bool], None]:
    def drop(inline: Inline, element: Element, content: Content, struck: bool) -> None:
        inline.seen["tracked"] += 1
        content.marks.add(mark)

    return drop


def _fixed(text: str) -> Callable[[Inline, Element, Content, bool], None]:
    return lambda inline, element, content, struck: inline.say(text, content, struck)


def _alternate(inline: Inline, element: Element, content: Content, struck: bool) -> None:
    chosen = branch(element)
    if chosen is not None:
        inline.walk(chosen, content, struck)


def _inner(tag: str) -> Callable[[Inline, Element, Content, bool], None]:
    def walk(inline: Inline, element: Element, content: Content, struck: bool) -> None:
        for inner in element.iterchildren(tag):
            inline.walk(inner, content, struck)

    return walk


def _drawing(inline: Inline, element: Element, content: Content, struck: bool) -> None:
    boxes = list(text_boxes(element))
    for box in boxes:
        inline.hang("text box", box, content)
    if next(element.iter(_MAIN + "blip", _VML + "imagedata"), None) is not None:
        inline.seen["pictures"] += 1
    if next(element.iter(_CHART, _DIAGRAM), None) is not None:
        inline.seen["charts"] += 1


def _symbol(inline: Inline, element: Element, content: Content, struck: bool) -> None:
    """Symbol fonts sit in the private area F000-F0FF (17.3.3.30); other codes are plain Unicode."""
    try:
        code = int(element.get(W + "char", ""), 16)
        text = _SYMBOLS.get(code & 0xFF, chr(code)) if code < 0x100 or 0xF000 <= code <= 0xF0FF else chr(code)
    except (ValueError, OverflowError):
        return
    inline.say(text if text.isprintable() or 0xE000 <= code <= 0xF8FF else "", content, struck)


def _note(inline: Inline, element: Element, content: Content, struck: bool) -> None:
    inline.hang("footnote" if element.tag == W + "footnoteReference" else "endnote", element, content)


def anchor_of(bookmark: Element) -> list[str]:
    """The name of a bookmark that mougen set, in a list; nothing for any other."""
    name = bookmark.get(W + "name", "")
    return [name] if name.startswith(_OURS) else []


def _anchor(inline: Inline, element: Element, content: Content, struck: bool) -> None:
    content.anchors += anchor_of(element)


def _formula(inline: Inline, element: Element, content: Content, struck: bool) -> None:
    inline.say("".join(item.text or "" for item in element.iter(_MATH + "t")), content, struck)


def _form_value(form: Element) -> str:
    """What an old form field shows: a ticked box or the chosen entry stands in its data, not in a run."""
    for box in form.iterchildren(W + "checkBox"):
        state = next(box.iterchildren(W + "checked"), next(box.iterchildren(W + "default"), None))
        return "☒" if state is not None and is_on(state.get(W + "val", "1")) else "☐"
    for choice in form.iterchildren(W + "ddList"):
        entries = [entry.get(W + "val", "") for entry in choice.iterchildren(W + "listEntry")]
        chosen = next(choice.iterchildren(W + "result", W + "default"), None)
        index = 0 if chosen is None else whole(chosen.get(W + "val")) or 0
        return entries[index] if 0 <= index < len(entries) else ""
    return ""


_ACTIONS: dict[str, Callable[[Inline, Element, Content, bool], None]] = {
    W + "fldChar": Inline.field_mark,
    W + "tab": _fixed("\t"),
    W + "ptab": _fixed("\t"),
    W + "br": _fixed(" "),
    W + "cr": _fixed(" "),
    W + "noBreakHyphen": _fixed("-"),
    W + "sym": _symbol,
    ANCHOR: _anchor,
    W + "ins": _wrapped("inserted"),
    W + "moveTo": _wrapped("moved"),
    W + "del": _dropped("deletions"),
    W + "moveFrom": _dropped("moved"),
    W + "sdt": _inner(W + "sdtContent"),
    W + "ruby": _inner(W + "rubyBase"),
    **{W + tag: Inline.walk for tag in ("hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo")},
    **{W + tag: _drawing for tag in ("drawing", "pict", "object")},
    **{W + tag: _note for tag in ("footnoteReference", "endnoteReference")},
    ALTERNATE: _alternate,
    _MATH + "oMath": _formula,
    _MATH + "oMathPara": _formula,
}
