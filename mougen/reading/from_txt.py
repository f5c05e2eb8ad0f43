"""Reads plain text: decodes it, finds paragraphs, numbers and headings."""

from __future__ import annotations

import codecs

from ..agreement import Agreement
from ..errors import ReadError
from .plain import Line, heading_level, literal_label, paragraphs
from .sheet import Sheet

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(data: bytes, name: str) -> Agreement:
    """Read the bytes of a text file; raises ReadError only."""
    text, notes = decoded(data, name)
    sheet = Sheet(name)
    for paragraph in paragraphs([Line(line) for line in text.splitlines()]):
        sheet.add(paragraph.text, label=literal_label(paragraph.text), level=heading_level(paragraph.text))
    return sheet.agreement(notes)


def decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Text in UTF-8, in UTF-16 with its mark, or else in Windows-1252, which is said in a note."""
    notes: tuple[str, ...] = ()
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        if data.startswith(_UTF16):
            raise ReadError(f"{name} is damaged UTF-16 text; save it again as UTF-8.") from error
        text = data.decode("cp1252", errors="replace")
        notes = ("The file is not in UTF-8; it was read as Windows-1252, so check letters with accents.",)
    if "\x00" in text:
        raise ReadError(f"{name} holds zero bytes, so it is not plain text; save it as UTF-8 text or as .docx.")
    return text, notes
