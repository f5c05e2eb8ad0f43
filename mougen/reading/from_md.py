"""Reads Markdown as its reader sees it rendered: headings, lists, tables, emphasis removed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ..agreement import Agreement, Mark
from .from_txt import decoded
from .plain import Line, literal_label, opens_paragraph, paragraphs
from .sheet import Sheet

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_UNDERLINE = re.compile(r"=+|-+")
_RULE = re.compile(r"(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}")
_ORDERED = re.compile(r"(\d{1,9})[.)][ \t]")
_ITEM = re.compile(r"[-*+][ \t]+(.*)")
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_FENCE = ("```", "~~~")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = re.compile("[\U0010f021-\U0010f07e]")
_HOLD = 0x10F000  # escaped characters wait in a private area until emphasis is done
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)")
_TAG = re.compile(r"</?(?:br|b|i|u|em|strong|sup|sub|p|div|span|center)(?:\s[^>\n]{0,200})?/?>", re.IGNORECASE)
_EMPHASIS = (
    re.compile(r"\*\*(?=[^\s*])(.{1,2000}?)(?<=[^\s*])\*\*"),
    re.compile(r"(?<!\w)__(?=[^\s_])(.{1,2000}?)(?<=[^\s_])__(?!\w)"),
    re.compile(r"\*(?=[^\s*])([^*]{1,2000}?)(?<=\S)\*"),
    re.compile(r"(?<!\w)_(?=[^\s_])([^_]{1,2000}?)(?<=[^\s_])_(?!\w)"),
    re.compile(r"`([^`]{1,2000})`"),
)
_STRUCK = re.compile(r"~~(?=\S)(.{1,2000}?)(?<=\S)~~")
_MAX_INLINE = 20_000  # longer paragraphs are no prose; pattern search in them would take quadratic time


def read(data: bytes, name: str) -> Agreement:
    """Read the bytes of a Markdown file; raises ReadError only."""
    text, notes = decoded(data, name)
    lines, front = _without_front_matter(_without_comments(text).splitlines())
    if front:
        notes = (*notes, "The file opens with a block of settings between --- lines; it was not read.")
    reader = _Reader(Sheet(name), lines)
    reader.run()
    return reader.sheet.agreement(notes)


class _Reader:
    """Goes through the lines once; `_block` gathers the paragraph or list item that is open."""

    def __init__(self, sheet: Sheet, lines: list[str]) -> None:
        self.sheet = sheet
        self._lines = lines
        self._block: list[str] = []
        self._label = ""
        self._tables = 0
        self._row = 0

    def run(self) -> None:
        fenced = False
        for index, raw in enumerate(self._lines):
            line = raw.strip().lstrip(">").strip() if raw.lstrip().startswith(">") else raw.strip()
            if line.startswith(_FENCE):
                fenced = not fenced
                self._close()
            elif fenced:
                self._block.append(line)
            elif self._in_table(index, line):
                self._close()
                self._table_row(line)
            else:
                self._row = 0
                self._line(line)
        self._close()

    def _line(self, line: str) -> None:
        heading, item = _HEADING.fullmatch(line), _ITEM.fullmatch(line)
        if self._block and not self._label and _UNDERLINE.fullmatch(line):
            self._close(level=1 if line[0] == "=" else 2)
        elif not line or _RULE.fullmatch(line):
            self._close()
        elif heading:
            self._close()
            self._block = [heading[2].rstrip("#").strip() if heading[2].endswith("#") else heading[2]]
            self._close(level=len(heading[1]))
        elif item:
            self._close()
            self._block, self._label = [item[1]], "•"
        else:
            if self._block and self._opens(line):
                self._close()
            self._block.append(line.removesuffix("\\"))

    def _opens(self, line: str) -> bool:
        """A numbered item begins after another item, or anywhere with 1 (CommonMark 5.3); else as in plain text."""
        ordered = _ORDERED.match(line)
        if ordered and (self._label or ordered[1] == "1" or _ORDERED.match(self._block[0])):
            return True
        return opens_paragraph(_plain(self._block[-1])[0], _plain(line)[0])

    def _close(self, level: int = 0) -> None:
        """Put down the open block."""
        lines, label = [Line(line) for line in self._block if line], self._label
        self._block, self._label = [], ""
        for paragraph in paragraphs(lines) if len(lines) > 1 else lines:
            text, marks = _plain(paragraph.text)
            typed = literal_label(text) or (_bare_number(text) if level else "")
            self.sheet.add(text, label=typed or label, level=level, marks=marks)

    def _in_table(self, index: int, line: str) -> bool:
        """A row starts with a bar, or belongs to a table that a row of dashes below its head announces."""
        if line.startswith("|"):
            return True
        if "|" not in line:
            return False
        below = self._lines[index + 1].strip() if index + 1 < len(self._lines) else ""
        return self._row > 0 or ("|" in below and _DELIMITER.fullmatch(below) is not None)

    def _table_row(self, line: str) -> None:
        if self._row == 0:
            self._tables += 1
        if _DELIMITER.fullmatch(line) and "-" in line:
            return
        self._row += 1
        for column, cell in enumerate(_cells(line)):
            text, marks = _plain(cell)
            self.sheet.add(
                text, place="table", label=literal_label(text), row=(self._tables, self._row), cell=column, marks=marks
            )


def _cells(line: str) -> Iterator[str]:
    inner = line.replace("\\|", chr(_HOLD + ord("|"))).removeprefix("|").removesuffix("|")
    return (cell.strip() for cell in inner.split("|"))


def _bare_number(text: str) -> str:
    """In a heading even a bare number is a label: "## 4 Training"."""
    first = text.partition(" ")[0]
    return first if first.isdigit() and len(first) < 4 else ""


def _plain(text: str) -> tuple[str, tuple[Mark, ...]]:
    """Text without markup; struck text is dropped unless it is all there is, as in Word files."""
    marks: tuple[Mark, ...] = ()
    if len(text) > _MAX_INLINE:
        return text, marks
    text = _ESCAPED.sub(lambda match: chr(_HOLD + ord(match[1])), text)
    text = _TAG.sub(" ", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    if _STRUCK.search(text):
        kept = _STRUCK.sub("", text)
        marks = ("deletions",) if kept.strip() else ("struck",)
        text = kept if kept.strip() else _STRUCK.sub(r"\1", text)
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    return html.unescape(_HELD.sub(lambda match: chr(ord(match[0]) - _HOLD), text)), marks


def _without_comments(text: str) -> str:
    """Text without <!-- comments -->; one that is never closed is kept, since it is then no comment."""
    pieces = text.split("<!--")
    kept = [pieces[0]]
    for piece in pieces[1:]:
        _, closed, rest = piece.partition("-->")
        kept.append(rest if closed else "<!--" + piece)
    return "".join(kept)


def _without_front_matter(lines: list[str]) -> tuple[list[str], bool]:
    """YAML settings stand between two --- lines at the very top and are no part of the text."""
    if not lines or lines[0].strip() != "---":
        return lines, False
    end = next((i for i, line in enumerate(lines[1:200], 1) if line.strip() in ("---", "...")), 0)
    settings = lines[1:end]
    if not end or not any(re.match(r"[\w-]{1,60}:(\s|$)", line) for line in settings):
        return lines, False
    return lines[end + 1 :], True
