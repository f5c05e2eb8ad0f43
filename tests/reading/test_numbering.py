"""The label engine against labels worked out by hand, and against LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from reading_files import docx, par, part

from mougen.reading.from_docx import read
from mougen.reading.numbering import Counter, format_number, read_numbering


def lvl(index: int, fmt: str, text: str, extra: str = "", start: str = "<w:start w:val='1'/>") -> str:
    return f"<w:lvl w:ilvl='{index}'>{start}<w:numFmt w:val='{fmt}'/>{extra}<w:lvlText w:val='{text}'/></w:lvl>"


def num(number: int, abstract: int, extra: str = "") -> str:
    return f"<w:num w:numId='{number}'><w:abstractNumId w:val='{abstract}'/>{extra}</w:num>"


def over(index: int, inner: str) -> str:
    return f"<w:lvlOverride w:ilvl='{index}'>{inner}</w:lvlOverride>"


def start_over(index: int, value: int) -> str:
    return over(index, f"<w:startOverride w:val='{value}'/>")


def abstract(number: int, levels: str) -> str:
    return f"<w:abstractNum w:abstractNumId='{number}'><w:multiLevelType w:val='multilevel'/>{levels}</w:abstractNum>"


LEGAL = abstract(
    1,
    lvl(0, "decimal", "%1.", "<w:pStyle w:val='H1'/>")
    + lvl(1, "decimal", "%1.%2", "<w:pStyle w:val='H2'/>")
    + lvl(2, "lowerLetter", "(%3)")
    + lvl(3, "lowerRoman", "(%4)"),
)
FRENCH = abstract(2, lvl(0, "upperRoman", "Article %1") + lvl(1, "decimal", "%1.%2", "<w:isLgl/>") + lvl(2, "none", ""))
SMALL = abstract(3, lvl(0, "decimalZero", "%1") + lvl(1, "ordinal", "%2") + lvl(2, "bullet", "-"))
KEPT = abstract(4, lvl(0, "decimal", "%1.") + lvl(1, "decimal", "%2)", "<w:lvlRestart w:val='0'/>"))
THIRD = abstract(
    5,
    lvl(0, "decimal", "%1") + lvl(1, "decimal", "%1.%2") + lvl(2, "decimal", "%1.%2.%3", "<w:lvlRestart w:val='1'/>"),
)
LINKED = (
    "<w:abstractNum w:abstractNumId='6'><w:numStyleLink w:val='ListStyle'/></w:abstractNum>"
    "<w:abstractNum w:abstractNumId='7'><w:styleLink w:val='ListStyle'/>"
    + lvl(0, "upperLetter", "Annex %1")
    + "</w:abstractNum>"
)
NUMBERING = (
    LEGAL
    + FRENCH
    + SMALL
    + KEPT
    + THIRD
    + LINKED
    + num(1, 1)
    + num(2, 2)
    + num(3, 3)
    + num(4, 4)
    + num(5, 5)
    + num(6, 6)
    + num(7, 7)
    + num(11, 1)
    + num(12, 1, start_over(0, 5))
    + num(13, 1, over(0, lvl(0, "upperLetter", "Part %1")))
    + num(14, 1, start_over(2, 3))
)


def style(style_id: str, numbered: str = "", base: str = "", kind: str = "paragraph") -> str:
    based = f"<w:basedOn w:val='{base}'/>" if base else ""
    properties = f"<w:pPr><w:numPr>{numbered}</w:numPr></w:pPr>" if numbered else ""
    return f"<w:style w:type='{kind}' w:styleId='{style_id}'><w:name w:val='{style_id}'/>{based}{properties}</w:style>"


STYLES = (
    style("H1", "<w:numId w:val='1'/>")
    + style("H2", "<w:ilvl w:val='7'/><w:numId w:val='1'/>")
    + style("H2own", base="H2")
    + style("Off", "<w:numId w:val='0'/>", base="H1")
    + style("ListStyle", "<w:numId w:val='7'/>", kind="numbering")
)
Item = tuple[str, "str | None", "int | None", str]
CASES: dict[str, list[Item]] = {
    "styles decide list and level": [
        ("H1", None, None, "1."),
        ("H2", None, None, "1.1"),
        ("H2own", None, None, "1.2"),
        ("H1", None, None, "2."),
        ("H2", None, None, "2.1"),
        ("Off", None, None, ""),
        ("", None, None, ""),
        ("H1", "0", None, ""),
        ("H1", None, None, "3."),
    ],
    "four levels": [
        ("", "1", 0, "1."),
        ("", "1", 1, "1.1"),
        ("", "1", 2, "(a)"),
        ("", "1", 3, "(i)"),
        ("", "1", 3, "(ii)"),
        ("", "1", 2, "(b)"),
        ("", "1", 3, "(i)"),
        ("", "1", 1, "1.2"),
        ("", "1", 2, "(a)"),
        ("", "1", 0, "2."),
    ],
    "counters are of the abstract list": [
        ("", "1", 0, "1."),
        ("", "11", 0, "2."),
        ("", "1", 1, "2.1"),
        ("", "11", 1, "2.2"),
    ],
    "startOverride counts once": [
        ("", "1", 0, "1."),
        ("", "12", 0, "5."),
        ("", "12", 0, "6."),
        ("", "1", 0, "7."),
        ("", "12", 0, "8."),
    ],
    "startOverride of a deeper level": [
        ("", "14", 0, "1."),
        ("", "14", 1, "1.1"),
        ("", "14", 2, "(c)"),
        ("", "14", 2, "(d)"),
    ],
    "level override": [("", "1", 0, "1."), ("", "13", 0, "Part B")],
    "isLgl": [
        ("", "2", 0, "Article I"),
        ("", "2", 1, "1.1"),
        ("", "2", 0, "Article II"),
        ("", "2", 1, "2.1"),
        ("", "2", 2, ""),
    ],
    "formats": [("", "3", 0, "01"), ("", "3", 1, "1st"), ("", "3", 1, "2nd"), ("", "3", 2, "•"), ("", "3", 0, "02")],
    "lvlRestart 0 never restarts": [("", "4", 0, "1."), ("", "4", 1, "1)"), ("", "4", 0, "2."), ("", "4", 1, "2)")],
    "lvlRestart 1 restarts below the first level only": [
        ("", "5", 0, "1"),
        ("", "5", 1, "1.1"),
        ("", "5", 2, "1.1.1"),
        ("", "5", 1, "1.2"),
        ("", "5", 2, "1.2.2"),
        ("", "5", 0, "2"),
        ("", "5", 1, "2.1"),
        ("", "5", 2, "2.1.1"),
    ],
    "numStyleLink": [("", "6", 0, "Annex A"), ("", "7", 0, "Annex B")],
    "missing shallower levels count as start": [("", "1", 1, "1.1"), ("", "1", 2, "(a)")],
    "letters after z": [
        ("", "1", 2, f"({letter * count})") for count in (1, 2) for letter in "abcdefghijklmnopqrstuvwxyz"
    ],
    "unknown list or level": [("", "99", 0, ""), ("", "1", 12, ""), ("", "1", 8, "")],
}


@pytest.mark.parametrize("name", CASES)
def test_labels(name: str) -> None:
    numbering = etree.fromstring(part("numbering", NUMBERING).encode())
    counter = Counter(read_numbering(numbering, etree.fromstring(part("styles", STYLES).encode())))
    assert [counter.label(style_id, num_id, ilvl) for style_id, num_id, ilvl, _ in CASES[name]] == [
        c[3] for c in CASES[name]
    ]


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (4, "lowerRoman", "iv"),
        (1999, "upperRoman", "MCMXCIX"),
        (0, "lowerRoman", "0"),
        (27, "lowerLetter", "aa"),
        (53, "upperLetter", "AAA"),
        (10**9, "lowerLetter", "1000000000"),
        (11, "ordinal", "11th"),
        (22, "ordinal", "22nd"),
        (3, "ordinalText", "Third"),
        (7, "cardinalText", "Seven"),
        (7, "decimalZero", "07"),
        (12, "decimalZero", "12"),
        (7, "thaiLetters", "7"),
        (7, "none", ""),
    ],
)
def test_formats(number: int, style: str, text: str) -> None:
    assert format_number(number, style) == text


def test_document_without_numbering_or_styles() -> None:
    assert Counter(read_numbering(None, None)).label("H1", "1", 0) == ""


def test_circular_list_links_end() -> None:
    loop = "".join(
        f"<w:abstractNum w:abstractNumId='{i}'><w:numStyleLink w:val='S{i}'/></w:abstractNum>" for i in (1, 2)
    )
    styles = "".join(style(f"S{i}", f"<w:numId w:val='{3 - i}'/>", kind="numbering") for i in (1, 2))
    roots = [
        etree.fromstring(part(tag, inner).encode())
        for tag, inner in (("numbering", loop + num(1, 1) + num(2, 2)), ("styles", styles))
    ]
    assert Counter(read_numbering(*roots)).label("", "1", 0) == ""


# LibreOffice ignores lvlRestart, which the standard does not, and numbers levels that no list defines.
LIBREOFFICE = [name for name in CASES if "lvlRestart" not in name and "unknown" not in name]


def test_labels_equal_those_of_libreoffice(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed, so labels cannot be compared with it")
    styles = STYLES.replace(
        "<w:ilvl w:val='7'/>", "<w:ilvl w:val='1'/>"
    )  # it trusts the style where Word trusts pStyle
    for index, name in enumerate(LIBREOFFICE):
        body = "".join(
            par("text", f"<w:pStyle w:val='{style_id}'/>" * bool(style_id) + _direct(num_id, ilvl))
            for style_id, num_id, ilvl, _ in CASES[name]
        )
        (tmp_path / f"{index}.docx").write_bytes(docx(body, {"numbering": NUMBERING, "styles": styles}))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = [str(file) for file in sorted(tmp_path.glob("*.docx"))]
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(tmp_path),
        *files,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for index, name in enumerate(LIBREOFFICE):
        shown = (tmp_path / f"{index}.txt").read_text("utf-8-sig").splitlines()
        theirs = [line.removesuffix("text").strip() for line in shown if line.endswith("text")]
        ours = [p.label for p in read((tmp_path / f"{index}.docx").read_bytes(), "a.docx").paragraphs]
        assert ours == [case[3] for case in CASES[name]]
        assert [label.replace("▪", "•") for label in theirs] == ours, name


def _direct(num_id: str | None, ilvl: int | None) -> str:
    if num_id is None:
        return ""
    level = "" if ilvl is None else f"<w:ilvl w:val='{ilvl}'/>"
    return f"<w:numPr>{level}<w:numId w:val='{num_id}'/></w:numPr>"
