"""Reading stays a small multiple of parsing the same parts, and linear in the length of the file."""

from __future__ import annotations

import io
import statistics
import time
import zipfile
from collections.abc import Callable

from lxml import etree
from reading_files import docx, par, pdf, run
from test_numbering import NUMBERING, STYLES

from mougen.reading import from_docx, from_pdf

LOOK = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="22"/><w:lang w:val="en-GB"/>'
SENTENCE = "The Police shall give every officer who is posted to the Site training in human rights, and "


def agreement(clauses: int) -> bytes:
    """A Word file of about `clauses` / 2.7 pages with the density of markup that Word itself writes."""
    clause = par("Training", '<w:pStyle w:val="H1"/><w:keepNext/>')
    clause += f'<w:p><w:pPr><w:pStyle w:val="H2"/><w:jc w:val="both"/></w:pPr>{run(SENTENCE, LOOK) * 3}</w:p>' * 6
    clause += "<w:tbl><w:tr>" + f"<w:tc><w:tcPr/>{par('Cell')}</w:tc>" * 3 + "</w:tr></w:tbl>"
    return docx(clause * clauses, {"numbering": NUMBERING, "styles": STYLES})


def seconds(work: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def test_reading_takes_at_most_six_times_parsing() -> None:
    data = agreement(290)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    parsing = seconds(lambda: [etree.fromstring(part) for part in parts])
    assert seconds(lambda: from_docx.read(data, "a.docx")) < 6 * parsing


def test_word_reading_is_linear() -> None:
    short, long = agreement(200), agreement(800)
    fourfold = seconds(lambda: from_docx.read(long, "a.docx"), 3) / seconds(lambda: from_docx.read(short, "a.docx"), 3)
    assert fourfold < 8


def test_pdf_reading_is_linear() -> None:
    def pages(count: int) -> bytes:
        return pdf([[(780 - 15 * i, f"{i}. {SENTENCE} {n}") for i in range(48)] for n in range(count)])

    short, long = pages(50), pages(200)
    assert seconds(lambda: from_pdf.read(long, "a.pdf"), 3) < 8 * seconds(lambda: from_pdf.read(short, "a.pdf"), 3)
