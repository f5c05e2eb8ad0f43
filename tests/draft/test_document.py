"""The Word file: valid, the same each time, and its printed numbers those of the plan."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from deals import COUNTRIES, ROOT, SAMPLES, complete, plan_of, planned
from lxml import etree

from mougen.api import compose
from mougen.deal import read_deal
from mougen.draft.document import Memorandum
from mougen.draft.package import check_package, zipped
from mougen.draft.plan import Plan, make_plan
from mougen.errors import DraftError
from mougen.library import bundled_library

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SCHEMAS = ROOT.parent / "shared" / "schemas"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@cache
def sample(path: Path) -> Memorandum:
    return compose(make_plan(read_deal(path), bundled_library()))


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def styles_of(data: bytes) -> list[str]:
    return [style.get(f"{W}val", "") for style in part(data).iter(f"{W}pStyle")]


def paragraphs(data: bytes) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in part(data).iter(f"{W}p")]


@pytest.mark.parametrize("everything", [True, False])
@pytest.mark.parametrize(("country", "lead"), COUNTRIES)
def test_every_draft_passes_the_package_check_and_the_schemas(country: str, lead: str, everything: bool) -> None:
    data = compose(plan_of(country, lead, everything=everything)).data
    assert list(check_package(data)) == []
    check_schema(data)


def check_schema(data: bytes) -> None:
    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/settings.xml", "word/footer1.xml"):
        tree = part(data, name)
        for attribute in [a for a in tree.attrib if a.endswith("}Ignorable")]:
            del tree.attrib[attribute]
        word_schema().assertValid(tree)


@cache
def word_schema() -> etree.XMLSchema:
    if not (SCHEMAS / "wml.xsd").is_file():
        pytest.skip(f"the ECMA-376 schemas are not at {SCHEMAS}")
    return etree.XMLSchema(etree.parse(SCHEMAS / "wml.xsd"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_have_structural_integrity(path: Path, tmp_path: Path) -> None:
    ooxml_integrity = pytest.importorskip("ooxml_integrity")
    file = sample(path).save(tmp_path / "s.docx")
    findings = ooxml_integrity.check(file)
    assert [f for f in findings if f.severity in (ooxml_integrity.ERROR, ooxml_integrity.WARN)] == []


def test_blanks_are_placeholders_that_word_can_fill() -> None:
    deal = complete()
    deal["company"]["name"] = ""
    del deal["date"]
    data = compose(planned(deal), allow_blanks=True).data
    assert list(check_package(data)) == []
    check_schema(data)
    tags = [tag.get(f"{W}val") for tag in part(data).iter(f"{W}tag")]
    assert {"company.name", "date"} <= set(tags)
    assert "[company name]" in " ".join(paragraphs(data))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"Draft" in package.read("word/header1.xml")


def test_missing_fields_stop_a_draft_with_a_list() -> None:
    deal = complete()
    del deal["date"], deal["company"]["name"]
    with pytest.raises(DraftError) as caught:
        compose(planned(deal))
    assert [problem.split(" is missing (")[0] for problem in caught.value.problems] == ["`company.name`", "`date`"]


HOSTILE = (
    "A & B <x>",
    "{{7*7}}",
    "</w:t></w:r></w:p><w:p>",
    "{%p if x %}",
    "[[body]]",
    "one\ntwo",
    "👮🏽‍♀️ שלום",
    "'\"&lt;",
)


@pytest.mark.parametrize("value", [*HOSTILE, "N" * 4000, "word " * 700])
def test_any_name_reaches_the_document_as_it_is(value: str) -> None:
    deal = complete()
    deal["company"]["name"] = deal["site"]["name"] = value
    data = compose(planned(deal)).data
    assert styles_of(data) == styles_of(compose(planned(complete())).data)
    plain = str.maketrans("‘’“”", "''\"\"")
    assert " ".join(value.split()) in " ".join(paragraphs(data)).translate(plain).replace("\u00a0", " ")
    header = "".join(part(data, "word/header1.xml").itertext())
    assert header.startswith("Memorandum of Understanding · ")
    assert len(header) < 90
    docx.Document(io.BytesIO(data))


def test_no_paragraph_is_formatted_by_hand() -> None:
    data = sample(SAMPLES[0]).data
    allowed = {"pStyle", "numPr"}
    for properties in part(data).iter(f"{W}pPr"):
        assert {etree.QName(child).localname for child in properties} <= allowed
    for properties in part(data).iter(f"{W}rPr"):
        assert {etree.QName(child).localname for child in properties} == {"rStyle"}


def test_parties_are_numbered_and_the_annexes_have_a_dash() -> None:
    data = sample(next(path for path in SAMPLES if "papua" in path.stem)).data
    assert styles_of(data).count("Party") == 3
    headings = [p for p in part(data).iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle[@{W}val='AnnexHeading']") is not None]
    texts = ["".join(t.text or "" for t in heading.iter(f"{W}t")) for heading in headings]
    assert texts
    assert all(text.startswith("– ") for text in texts)


def test_the_signature_block_stays_together_and_leaves_dates_open() -> None:
    data = sample(SAMPLES[0]).data
    (table,) = [
        t for t in part(data).iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "SignatureTable"
    ]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr"))
    rows = list(table.iter(f"{W}tr"))
    for row in rows[:-1]:
        assert "SignatureLast" not in [s.get(f"{W}val") for s in row.iter(f"{W}pStyle")]
    lines = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in table.iter(f"{W}p")]
    assert sum(line.startswith("Date:\u00a0____") for line in lines) == sum(line.startswith("Name: ") for line in lines)


def test_tables_repeat_their_heading_and_a_short_one_stays_on_its_page() -> None:
    data = sample(SAMPLES[0]).data
    for table in part(data).iter(f"{W}tbl"):
        if table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "ScheduleTable":
            rows = table.findall(f"{W}tr")
            assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
            kept = [row.find(f".//{W}pStyle").get(f"{W}val") == "TableTextKept" for row in rows[1:]]
            assert kept == [len(rows) <= 8] * (len(rows) - 2) + [False]


def test_the_paper_is_that_of_the_country() -> None:
    import dataclasses

    plan = plan_of("ghana", "police-service", everything=False)
    letter = dataclasses.replace(plan, country=dataclasses.replace(plan.country, paper="letter"))
    for made, width, height in ((plan, "11906", "16838"), (letter, "12240", "15840")):
        section = part(compose(made).data).find(f".//{W}sectPr")
        size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        assert (size.get(f"{W}w"), size.get(f"{W}h")) == (width, height)
        assert int(width) - int(margin.get(f"{W}left")) - int(margin.get(f"{W}right")) == 9070


def test_the_note_page_is_there_unless_it_is_not_wanted() -> None:
    plan = plan_of("ghana", "police-service", everything=True)
    assert "NoteHeading" in styles_of(compose(plan).data)
    assert "NoteHeading" not in styles_of(compose(plan, verify=False).data)
    text = " ".join(paragraphs(compose(planned({**complete(), "clauses": {"drop": ["use-of-force"]}})).data))
    assert "Not covered, because a clause was left out or weakened: conduct-force-necessity." in text


def test_properties_come_from_the_deal_and_never_from_the_clock() -> None:
    properties = docx.Document(io.BytesIO(sample(SAMPLES[0]).data)).core_properties
    deal = read_deal(SAMPLES[0])
    assert deal.site.name in properties.title
    assert properties.author == deal.company.name
    assert properties.language == "en-GB"
    assert properties.created.date() == deal.date
    assert bundled_library().digest[:12] in properties.comments


SCRIPT = """
import hashlib, sys, mougen
print(hashlib.sha256(mougen.compose(sys.argv[1]).data).hexdigest(), "spacy" in sys.modules)
"""


def test_the_same_deal_gives_the_same_bytes_whatever_the_process() -> None:
    seen = set()
    for seed, zone in (("0", "UTC"), ("4711", "Pacific/Kiritimati")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        run = [sys.executable, "-c", SCRIPT, str(SAMPLES[0])]
        seen.add(subprocess.run(run, env=environment, capture_output=True, text=True, check=True).stdout)
    assert seen == {f"{hashlib.sha256(sample(SAMPLES[0]).data).hexdigest()} False\n"}


def test_saving_never_overwrites_unasked_and_never_leaves_a_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memorandum, target = sample(SAMPLES[0]), tmp_path / "m.docx"
    assert memorandum.save(target) == target
    target.write_bytes(b"mine")
    with pytest.raises(DraftError, match="the file exists"):
        memorandum.save(target)
    assert target.read_bytes() == b"mine"
    memorandum.save(target, force=True)
    assert target.read_bytes() == memorandum.data

    def full(self: Path, other: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DraftError, match="No space left on device"):
        memorandum.save(tmp_path / "n.docx")
    assert [path.name for path in tmp_path.iterdir()] == ["m.docx"]
    with pytest.raises(DraftError, match="this is a folder"):
        memorandum.save(tmp_path)
    with pytest.raises(DraftError, match="there is no such folder"):
        memorandum.save(tmp_path / "no" / "m.docx")


def stale(data: bytes) -> bytes:
    """Return the file with 99 as the shown number of every cross-reference, so that only live fields print right."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    shown = re.compile(rb'(REF _mou_\w+ .*?"separate"/></w:r><w:r><w:t(?: xml:space="preserve")?>)[^<]*')
    parts["word/document.xml"], count = shown.subn(rb"\g<1>99", parts["word/document.xml"])
    assert count > 50
    return zipped(parts)


def expected_lines(plan: Plan) -> list[str]:
    """Return the numbered headings and sub-clauses as they must be printed, cross-references resolved."""
    lines = []
    for item in plan.items:
        if item.clause.kind not in ("clause", "definitions", "annex"):
            continue
        annex = item.clause.kind == "annex"
        lines.append(f"{item.number}. {item.title}" if item.number.isdigit() else f"{item.number} – {item.title}")
        clause = "".join(re.findall(r"\d+", item.number))  # the number without its word: "Article 7"
        levels = [0, 0, 0]
        for block in item.blocks:
            if block.rows or block.level == 0 or (item.clause.kind == "definitions" and block.runs[0].kind == "term"):
                continue
            depth = block.level - 2
            levels = [n + (i == depth) if i <= depth else 0 for i, n in enumerate(levels)]
            first = f"{levels[0]}." if annex else f"{clause}.{levels[0]}"
            roman = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")[levels[2]]
            lines.append(f"{(first, f'({chr(96 + levels[1])})', f'({roman})')[depth]} {block.text}")
    return lines


def converted(folder: Path, kind: str) -> None:
    """Convert the Word files of a folder; text keeps the shown numbers of fields, PDF works them out."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, folder.glob("*.docx"))], check=True, capture_output=True, timeout=120)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_the_numbers_of_the_plan(tmp_path: Path) -> None:
    for path in SAMPLES:
        sample(path).save(tmp_path / f"{path.stem}.docx")
    converted(tmp_path, "txt:Text (encoded):UTF8")
    for path in SAMPLES:
        printed = (tmp_path / f"{path.stem}.txt").read_text(encoding="utf-8-sig").split("\n")
        found = [" ".join(line.split()) for line in printed]
        position = 0
        for line in expected_lines(sample(path).plan):
            position = found.index(" ".join(line.split()), position) + 1


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_cross_references_are_live(tmp_path: Path) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    (tmp_path / "stale.docx").write_bytes(stale(sample(SAMPLES[0]).data))
    converted(tmp_path, "pdf")
    with pypdfium2.PdfDocument(tmp_path / "stale.pdf") as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    footers = re.compile(rf"Page\d+of{len(pages)}")
    header = squeezed("".join(part(sample(SAMPLES[0]).data, "word/header1.xml").itertext()))
    parties = squeezed("".join(part(sample(SAMPLES[0]).data, "word/footer1.xml").itertext()).split("Page")[0])
    text = "".join(footers.sub("", squeezed(page)).replace(header, "").replace(parties, "") for page in pages)
    for line in expected_lines(sample(SAMPLES[0]).plan):
        assert squeezed(line) in text, line


def squeezed(text: str) -> str:
    """Return text without white space, hyphens and ligatures, which a PDF has where the print needs them."""
    return re.sub(r"[\s\u00ad\ufffe\u0002-]", "", unicodedata.normalize("NFKC", text))
