"""Reads the text layer of a PDF: lines from pypdfium2, joined to paragraphs, page furniture set apart."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..agreement import Agreement, Place
from ..errors import ReadError
from .plain import Line, heading_level, literal_label, paragraphs
from .sheet import Sheet

MAX_PAGES = 1_000
MAX_CHARACTERS = 20_000_000
_CHARACTERS_PER_PAGE = 20
_MARGIN = 0.1  # share of the page at top and foot; under the usual margin of one inch no line of text starts there
_GAP = 1.35  # a distance between lines above this multiple of the usual one parts paragraphs
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page|p[aá]gina|pag\.|p\.)?\s*[-–—|]?\s*\d{1,4}\s*(?:(?:/|of|de|sur|von)\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE
)
# PDFium writes U+0002 or U+FFFE where a hyphen at a line end divides a word (core/fpdftext/cpdf_textpage.cpp).
_DIVIDED = re.compile("[\x02\ufffe]\\s*")
_BREAK = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of text with the height of its foot above the page's lower edge, None where unknown.

    `margin` says in which margin it stands, if in one.
    """

    text: str
    foot: float | None
    margin: Place | None


def read(data: bytes, name: str) -> Agreement:
    """Read the bytes of a PDF; raises ReadError only."""
    pages, notes = _extract(data, name)
    characters = [sum(len("".join(row.text.split())) for row in page) for page in pages]
    if sum(characters) < _CHARACTERS_PER_PAGE * len(pages):
        raise ReadError(f"{name} has no text layer (a scan?) and needs OCR; run text recognition and read the result.")
    bare = [str(number) for number, count in enumerate(characters, 1) if count == 0]
    if bare:
        notes.append(f"Pages without text, perhaps scanned, were not read: {', '.join(bare[:20])}.")
    sheet = Sheet(name)
    furniture = _furniture(pages)
    kept = [[row for i, row in enumerate(page) if (n, i) not in furniture] for n, page in enumerate(pages)]
    for paragraph in paragraphs(list(_lines(kept))):
        text = paragraph.text
        sheet.add(text, label=literal_label(text), level=heading_level(text), page=paragraph.page)
    _add_furniture(sheet, pages, furniture)
    return sheet.agreement(notes)


def _extract(data: bytes, name: str) -> tuple[list[list[_Row]], list[str]]:
    """Lines of every page, and notes; pypdfium2 is imported here because most runs read no PDF."""
    try:
        import pypdfium2
    except ImportError as error:
        raise ReadError(f"{name} is a PDF, which needs pypdfium2; install it with: pip install pypdfium2.") from error

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(f"{name} is protected by a password; save a copy without one and read that.") from error
        raise ReadError(f"{name} is not a sound PDF; fetch or save it again.") from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise ReadError(f"{name} has more than {MAX_PAGES:,} pages; give the agreement alone.")
        notes = ["Text was taken from a PDF, so paragraphs and reading order are inferred from the layout."]
        if document.get_formtype():
            notes.append("The PDF has form fields; what was filled into them was not read.")
        return _all_rows(document, count, name, pypdfium2), notes
    except (pypdfium2.PdfiumError, AssertionError, ValueError) as error:  # what pypdfium2 raises on damaged pages
        raise ReadError(f"{name} has a damaged page; save it again and try the new file.") from error
    finally:
        document.close()


def _all_rows(document: Any, count: int, name: str, pdfium: Any) -> list[list[_Row]]:
    pages: list[list[_Row]] = []
    characters = 0
    for number in range(count):
        pages.append(_page_rows(document, number, pdfium))
        characters += sum(len(row.text) for row in pages[-1])
        if characters > MAX_CHARACTERS:
            raise ReadError(f"{name} holds far more text than an agreement can; give the agreement alone.")
    return pages


def _page_rows(document: Any, number: int, pdfium: Any) -> list[_Row]:
    page = document[number]
    text_page = page.get_textpage()
    try:
        rows = []
        offset = 0
        height = page.get_height()
        text = text_page.get_text_range()
        for line in _BREAK.split(text):
            position = text.find(line, offset)
            offset = position + len(line)
            shown = line.strip()
            if shown:
                index = pdfium.raw.FPDFText_GetCharIndexFromTextIndex(text_page, position + line.index(shown[0]))
                foot = _foot(text_page, index, pdfium)
                rows.append(_Row(shown, foot, _margin(foot, height)))
        return rows
    finally:
        text_page.close()
        page.close()


def _margin(foot: float | None, height: float) -> Place | None:
    if foot is None or _MARGIN * height <= foot <= (1 - _MARGIN) * height:
        return None
    return "header" if foot > height / 2 else "footer"


def _foot(text_page: Any, index: int, pdfium: Any) -> float | None:
    """Height of the line at a character; the loose box has the same foot for "g" and "h"."""
    if index < 0:
        return None
    try:
        return float(text_page.get_charbox(index, loose=True)[1])
    except pdfium.PdfiumError:
        return None


def _lines(pages: list[list[_Row]]) -> Iterator[Line]:
    """Lines of all pages with a gap wherever the layout leaves one, or a page ends with a sentence."""
    for number, page in enumerate(pages, 1):
        usual = _usual_distance(page)
        previous: _Row | None = None
        for row in page:
            if previous is None:
                if not (row.text[0].islower() or number == 1):
                    yield Line("")
            elif usual and previous.foot is not None and row.foot is not None:
                distance = previous.foot - row.foot
                if distance > _GAP * usual or distance < -usual:  # upwards: a new column
                    yield Line("")
            previous = row
            first, *others = _DIVIDED.split(row.text)
            yield Line(first + "-" if others else first, number)
            for index, part in enumerate(others, 1):
                yield Line(part + "-" if index < len(others) else part, number)


def _usual_distance(page: list[_Row]) -> float:
    """The lower quartile of distances between lines: that within paragraphs, even where most lines stand alone."""
    feet = [row.foot for row in page if row.foot is not None]
    distances = sorted(a - b for a, b in itertools.pairwise(feet) if a - b > 1)
    return distances[len(distances) // 4] if distances else 0.0


def _furniture(pages: list[list[_Row]]) -> dict[tuple[int, int], Place]:
    """Positions (page, line) of page numbers, and of lines that most pages repeat at the same height of a margin.

    A clause must never be taken for furniture, a running title taken for a clause does little harm: so lines in the
    text area and lines with a clause number are left alone.
    """
    margins = {(n, i): row for n, page in enumerate(pages) for i, row in enumerate(page) if row.margin}
    repeats = Counter(_key(row) for row in margins.values())
    enough = max(2, len(pages) // 2 + 1)
    found: dict[tuple[int, int], Place] = {}
    for (n, i), row in margins.items():
        repeated = repeats[_key(row)] >= enough and not literal_label(row.text)
        if row.margin and len(pages[n]) > 1 and (repeated or _PAGE_NUMBER.fullmatch(row.text)):
            found[n, i] = row.margin
    return found


def _key(row: _Row) -> tuple[str, int]:
    return _DIGITS.sub("#", row.text), round(row.foot or 0.0)


def _add_furniture(sheet: Sheet, pages: list[list[_Row]], furniture: dict[tuple[int, int], Place]) -> None:
    """Each header and footer once, from the first page that has it; they differ in page numbers only."""
    done = set()
    places: tuple[Place, Place] = ("header", "footer")
    for place in places:
        for (n, i), where in furniture.items():
            key = _DIGITS.sub("#", pages[n][i].text)
            if where == place and key not in done:
                done.add(key)
                sheet.add(pages[n][i].text, place=place, page=n + 1)
