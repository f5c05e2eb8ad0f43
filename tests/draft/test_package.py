"""The package check: silent about a good file, and loud about each way in which Word would refuse one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from deals import complete, planned

from mougen.api import compose
from mougen.draft.package import check_package, zipped

DOCUMENT, NUMBERING, TYPES = "word/document.xml", "word/numbering.xml", "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"
Parts = dict[str, bytes]


@cache
def good() -> bytes:
    deal = complete()
    del deal["date"]
    return compose(planned(deal), allow_blanks=True).data


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def swap(part: str, old: str, new: str, count: int = 1) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        assert old.encode() in parts[part], old
        parts[part] = parts[part].replace(old.encode(), new.encode(), count)

    return change


def drop(part: str) -> Callable[[Parts], None]:
    return lambda parts: parts.pop(part) and None


def add(part: str, content: bytes = b"<x/>") -> Callable[[Parts], None]:
    return lambda parts: parts.update({part: content})


def cell_without_paragraph(parts: Parts) -> None:
    text = parts[DOCUMENT].decode()
    start = text.index("</w:tcPr>", text.index("<w:tbl>")) + len("</w:tcPr>")
    parts[DOCUMENT] = (text[:start] + text[text.index("</w:tc>", start) :]).encode()


def same_control_twice(parts: Parts) -> None:
    text = parts[DOCUMENT].decode()
    start, end = text.index("<w:sdt>"), text.index("</w:sdt>") + len("</w:sdt>")
    parts[DOCUMENT] = (text[:end] + text[start:end] + text[end:]).encode()


MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
TITLE = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>'
DELETED = '<w:p><w:del w:id="9" w:author="a"><w:r><w:t>x</w:t></w:r></w:del>'
LARGE = '<w:sdtPr><w:id w:val="9999999999"/>'
BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
MUTATIONS: dict[str, tuple[Callable[[Parts], None], str]] = {
    "cell without a paragraph": (cell_without_paragraph, "a table cell does not end in a paragraph"),
    "bookmark not closed": (swap(DOCUMENT, '<w:bookmarkEnd w:id="1"/>', ""), "do not open and close in pairs"),
    "bookmark id twice": (swap(DOCUMENT, 'w:id="2" w:name', 'w:id="1" w:name'), "do not open and close in pairs"),
    "bookmark name twice": (swap(DOCUMENT, '"_mou_interpretation"/', '"_mou_definitions"/'), "is there twice"),
    "reference to nothing": (swap(DOCUMENT, " REF _mou_vetting ", " REF _mou_nowhere "), "leads to _mou_nowhere"),
    "field not ended": (swap(DOCUMENT, END, ""), "does not begin and end in pairs"),
    "field not begun": (swap(DOCUMENT, BEGIN, ""), "does not begin and end in pairs"),
    "field ended before it begins": (swap(DOCUMENT, BEGIN, END + BEGIN), "does not begin and end in pairs"),
    "content control twice": (same_control_twice, "content control id"),
    "list missing": (swap(NUMBERING, '<w:num w:numId="1">', '<w:num w:numId="91">'), "list 1 is not defined"),
    "style missing": (swap(DOCUMENT, 'w:val="Clause2"', 'w:val="Clause9"'), "style Clause9 is not defined"),
    "orphan part": (add("word/orphan.xml"), "word/orphan.xml is reached by no relationship"),
    "no content type": (add("word/x.bin"), "word/x.bin has no content type"),
    "target missing": (drop("word/footer1.xml"), "leads to word/footer1.xml, which is not there"),
    "type for nothing": (drop("word/settings.xml"), "content type for word/settings.xml, which is not there"),
    "relationship not defined": (swap(DOCUMENT, 'r:id="rId5"', 'r:id="rId77"'), "rId77 is used and not defined"),
    "relationship twice": (swap(RELATIONS, 'Id="rId5"', 'Id="rId6"'), "relationship rId6 is there twice"),
    "not XML": (swap(DOCUMENT, "</w:body>", ""), "word/document.xml is not XML"),
    "no content types": (drop(TYPES), "[Content_Types].xml is missing"),
    "two titles": (
        swap("docProps/core.xml", "<dc:title>", "<dc:title>x</dc:title><dc:title>"),
        "docProps/core.xml: dc:title is there twice",
    ),
    "prefix not declared": (
        swap(DOCUMENT, "<w:document ", f'<w:document {MC} mc:Ignorable="w99" '),
        "mc:Ignorable names w99, which is not declared",
    ),
    "deleted text as text": (swap(DOCUMENT, TITLE, DELETED), "w:t inside w:del"),
    "control id too large": (swap(DOCUMENT, "<w:sdtPr>", LARGE), "9999999999 is out of range"),
}  # fmt: skip


def test_a_good_file_has_nothing_wrong() -> None:
    assert list(check_package(good())) == []


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_flaw_is_named(name: str) -> None:
    change, said = MUTATIONS[name]
    parts = parts_of(good())
    change(parts)
    assert any(said in fault for fault in check_package(zipped(parts))), list(check_package(zipped(parts)))


def test_a_part_in_two_spellings_is_named() -> None:
    parts = parts_of(good())
    parts["word/Document.xml"] = parts[DOCUMENT]
    assert "part word/document.xml is there twice" in list(check_package(zipped(parts)))
