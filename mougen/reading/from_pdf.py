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
_CHARACTERS_PER_PAGE = 20
_FURNITURE_DEPTH = 2  # how many lines at the top and bottom of a page may be furniture
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
    """One line of text with the height of its foot above the page's lower edge, None where unknown."""

    text: str
    foot: float | None


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
    import pypdfium2  # type: ignore[import-untyped]

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
        return [_page_rows(document, number, pypdfium2) for number in range(count)], notes
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name} has a damaged page; save it again and try the new file.") from error
    finally:
        document.close()


def _page_rows(document: Any, number: int, pdfium: Any) -> list[_Row]:
    page = document[number]
    text_page = page.get_textpage()
    try:
        rows = []
        offset = 0
        text = text_page.get_text_range()
        for line in _BREAK.split(text):
            position = text.find(line, offset)
            offset = position + len(line)
            shown = line.strip()
            if shown:
                index = pdfium.raw.FPDFText_GetCharIndexFromTextIndex(text_page, position + line.index(shown[0]))
                rows.append(_Row(shown, _foot(text_page, index, pdfium)))
        return rows
    finally:
        text_page.close()
        page.close()


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


def _furniture(pages: list[list[_Row]]) -> dict[tuple[int, int], str]:
    """Positions (page, line) of page numbers and of lines that most pages repeat at their top or foot."""
    candidates = [
        (number, index, "header" if index < _FURNITURE_DEPTH else "footer")
        for number, page in enumerate(pages)
        for index in range(len(page))
        if index < _FURNITURE_DEPTH or index >= len(page) - _FURNITURE_DEPTH
    ]
    keys = {(n, i): (place, _DIGITS.sub("#", pages[n][i].text)) for n, i, place in candidates}
    repeats = Counter(keys.values())
    enough = max(2, len(pages) // 2 + 1)
    found = {}
    for (n, i), key in keys.items():
        edge = i in (0, len(pages[n]) - 1)
        if repeats[key] >= enough or (edge and len(pages[n]) > 1 and _PAGE_NUMBER.fullmatch(pages[n][i].text)):
            found[n, i] = key[0]
    return found


def _add_furniture(sheet: Sheet, pages: list[list[_Row]], furniture: dict[tuple[int, int], str]) -> None:
    """Each header and footer once, from the first page that has it; they differ in page numbers only."""
    done = set()
    places: tuple[Place, Place] = ("header", "footer")
    for place in places:
        for (n, i), where in furniture.items():
            key = (where, _DIGITS.sub("#", pages[n][i].text))
            if where == place and key not in done:
                done.add(key)
                sheet.add(pages[n][i].text, place=place, page=n + 1)
