"""Hostile and broken files: each ends in one plain sentence, soon and in little memory."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import time
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_files import PACKAGE_LINKS, SPACES, TYPES, WORD, docx, par, pdf, zipped

from mougen.errors import ReadError
from mougen.reading import formats, from_pdf, read_agreement
from mougen.reading.from_docx import read
from mougen.reading.sheet import MAX_PARAGRAPHS, Sheet

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def wrap(prologue: str, text: str) -> bytes:
    body = (
        f'{prologue}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    )
    return zipped(
        {
            "[Content_Types].xml": TYPES.encode(),
            "_rels/.rels": PACKAGE_LINKS.encode(),
            "word/document.xml": body.encode(),
        }
    )


def package(document: bytes) -> bytes:
    entries = {"[Content_Types].xml": TYPES.encode(), "_rels/.rels": PACKAGE_LINKS.encode()}
    return zipped({**entries, "word/document.xml": document})


def nested(tags: str, depth: int) -> bytes:
    """A document with one paragraph inside `depth` times the nested elements `tags`."""
    opening = "".join(f"<w:{tag}>" for tag in tags.split())
    closing = "".join(f"</w:{tag}>" for tag in reversed(tags.split()))
    return docx(opening * depth + par("deep") + closing * depth)


def bomb() -> bytes:
    return wrap("", "a" * 60_000_000)


def many_paragraphs() -> bytes:
    return docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 210_000)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    return wrap(f'<!DOCTYPE d [<!ENTITY l0 "lol">{entities}]>', "&l9;")


def utf16_doctype() -> bytes:
    prologue = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY e "x">]>'
    text = f"{prologue}<w:document {SPACES}><w:body/></w:document>"
    return package(text.encode("utf-16"))


def with_entry(name: str) -> bytes:
    return docx(par("x"), files={name: b"x"})


def duplicate() -> bytes:
    stream = io.BytesIO(docx(par("first")))
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/Document.xml", "<x/>")
    return stream.getvalue()


def encrypted_entry() -> bytes:
    data = bytearray(docx(par("x")))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    return bytes(data)


def other_method() -> bytes:
    stream = io.BytesIO(docx(par("x")))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/more.xml", "<x/>")
    return stream.getvalue()


def bad_crc() -> bytes:
    data = bytearray(docx(par("x")))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[at + 16] ^= 0xFF
    return bytes(data)


def entries() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for number in range(60_000):
            archive.writestr(f"word/{number}.xml", "")
    return stream.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (bomb, "bomb"),
    "repeated paragraphs": (many_paragraphs, "bomb"),
    "billion laughs": (laughs, "entities"),
    "external entity": (lambda: wrap('<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "a&e;b"), "entities"),
    "external DTD": (lambda: wrap('<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd">', "a"), "entities"),
    "document type in UTF-16": (utf16_doctype, "entities"),
    "duplicate names": (duplicate, "twice"),
    "parent folder": (lambda: with_entry("../evil.xml"), "unsafe name"),
    "absolute name": (lambda: with_entry("/evil.xml"), "unsafe name"),
    "backslash": (lambda: with_entry("word\\evil.xml"), "unsafe name"),
    "drive": (lambda: with_entry("C:evil.xml"), "unsafe name"),
    "encrypted entry": (encrypted_entry, "encrypted"),
    "other compression": (other_method, "compressed"),
    "bad checksum": (bad_crc, "damaged"),
    "truncated": (lambda: docx(par("x" * 500))[:-200], "damaged"),
    "encrypted package": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old Word": (lambda: OLE + "WordDocument".encode("utf-16-le"), "old Word"),
    "60 000 entries": (entries, "5,000 entries"),
    "deep tables": (lambda: nested("tbl tr tc", 2_000), "deep"),
    "deep controls": (lambda: nested("sdt sdtContent", 5_000), "deep"),
    "broken XML": (lambda: docx("<w:p>"), "damaged XML"),
    "no main part": (lambda: zipped({"[Content_Types].xml": b"<Types/>"}), "not a Word document"),
    "workbook": (lambda: package(b"<workbook/>"), "not a Word document"),
    "plain ZIP": (lambda: zipped({"a.txt": b"x"}), "ZIP archive"),
    "no text": (lambda: docx("<w:p/>"), "no text"),
    "text named docx": (lambda: b"just text", "not a Word file"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_word_file_is_refused(name: str, tmp_path: Path) -> None:
    make, reason = HOSTILE[name]
    data = make()
    file = tmp_path / "agreement.docx"
    file.write_bytes(data)
    tracemalloc.start()
    began = time.perf_counter()
    try:
        with pytest.raises(ReadError, match=reason) as caught:
            read_agreement(file)
        with pytest.raises(ReadError):
            read(data, file.name)
        assert time.perf_counter() - began < 5
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()
    message = str(caught.value)
    assert "agreement.docx" in message
    assert message.count("\n") == 0


@pytest.mark.parametrize(("tags", "depth"), [("tbl tr tc", 80), ("sdt sdtContent", 120)])
def test_nesting_just_below_the_limit_is_read(tags: str, depth: int) -> None:
    assert read(nested(tags, depth), "a.docx").text == "deep"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 5_000), st.integers(0, 255), st.integers(0, 2))
def test_damaged_bytes_never_raise_anything_else(at: int, value: int, what: int) -> None:
    data = bytearray(SOUND)
    at %= len(data)
    if what == 0:
        data[at] = value
    else:
        del data[at : at + what * value]
    with contextlib.suppress(ReadError):
        read(bytes(data), "a.docx")


WORDS = """p r t rPr pPr
    vanish tbl tr tc tcPr vMerge gridSpan sdt sdtContent ins del moveFrom moveTo hyperlink fldSimple
    fldChar sym drawing txbxContent footnoteReference numPr numId ilvl outlineLvl pStyle customXml ruby ffData ddList"""
TAGS = st.sampled_from(WORDS.split())
VALUES = st.sampled_from(["", "0", "1", "-1", "99999999999", "x", "begin", "separate", "end", "continue", "F0FE", "é"])


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def write(tag: str, value: str, inner: list[str]) -> str:
        attributes = "".join(f' w:{name}="{value}"' for name in ("val", "id", "fldCharType", "char"))
        return f"<w:{tag}{attributes}>{''.join(inner)}</w:{tag}>"

    return st.builds(write, TAGS, VALUES, st.lists(children, max_size=4))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.recursive(st.just("text"), element, max_leaves=25), max_size=5))
def test_any_arrangement_of_elements_is_read_or_refused(body: list[str]) -> None:
    with contextlib.suppress(ReadError):
        agreement = read(docx("".join(body), {"footnotes": f"<w:footnote w:id='1'>{''.join(body)}</w:footnote>"}), "a")
        assert all(agreement.text[p.start : p.end] == p.text for p in agreement.paragraphs)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 5_000), st.binary(max_size=12))
def test_damaged_pdf_is_read_or_refused(at: int, junk: bytes) -> None:
    data = pdf([[(700, "The Police shall train every officer.")]])
    at %= len(data)
    with contextlib.suppress(ReadError):
        from_pdf.read(data[:at] + junk + data[at + len(junk) :], "a.pdf")


def test_paragraphs_are_capped() -> None:
    sheet = Sheet("a.docx")
    for _ in range(MAX_PARAGRAPHS):
        sheet.add("")
    with pytest.raises(ReadError, match="200,000 paragraphs"):
        sheet.add("")


def test_importing_the_package_loads_no_parser() -> None:
    code = "import sys, mougen.reading; print(sorted({'lxml', 'pypdfium2', 'docx', 'spacy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


SOUND = docx(par("x"), {"styles": "", "numbering": ""})


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.doc", OLE, "old Word"),
        ("a.docm", docx(par("x")), "macros"),
        ("a.rtf", b"{\\rtf1 x}", "Rich Text"),
        ("a.docx", b"{\\rtf1 x}", "Rich Text"),
        ("a.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        ("a.pages", zipped({"Index/Document.iwa": b""}), "Pages"),
        ("a.txt", b"<!DOCTYPE html><p>x", "web page"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.pdf", b"no pdf", "not a sound PDF"),
        ("a.txt", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.txt", b"a\x00b", "zero bytes"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n ", "no text"),
        ("a.xyz", b"x", "cannot be read"),
        ("agreement", b"x", "no suffix"),
    ],
)
def test_refusal_names_file_fault_and_remedy(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=reason) as caught:
        read_agreement(tmp_path / name)
    assert str(caught.value).startswith(name)
    assert "; " in str(caught.value)


def test_folder_and_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is a folder"):
        read_agreement(tmp_path)
    with pytest.raises(ReadError, match="does not exist"):
        read_agreement(tmp_path / "none.docx")


def test_too_large(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(51 * 1024 * 1024)
    with pytest.raises(ReadError, match="50 MB"):
        read_agreement(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["agreement.docx", "agreement.TXT", "agreement.doc"])
def test_content_decides_over_suffix(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(pdf([[(700, "The Police shall train every officer.")]]))
    agreement = read_agreement(str(tmp_path / name))
    assert agreement.text == "The Police shall train every officer."
    assert "content is .pdf" in agreement.notes[0]


def test_formats_are_the_modules() -> None:
    assert formats() == (".docx", ".md", ".pdf", ".txt")
