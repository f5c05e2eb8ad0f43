"""Two languages side by side: the same clauses, one numbering in both columns, live references, right languages."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from deals import ROOT, complete
from lxml import etree

from mougen.agreement import Agreement
from mougen.api import compose, make_plan
from mougen.cli import main
from mougen.draft.bilingual import document as bilingual
from mougen.draft.bilingual.facing import directions
from mougen.draft.bilingual.joint import joined
from mougen.draft.bilingual.pairing import paired
from mougen.draft.document import Options
from mougen.draft.package import check_package
from mougen.draft.plan import Plan
from mougen.draft.prose import Block, Run
from mougen.errors import DraftError
from mougen.language import load_language
from mougen.reading import read_agreement

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEALS = ROOT / "samples" / "deals"
SAMPLES = {"cameroon-bauxite": ("fr", "en"), "colombia-oil": ("es", "en"), "mozambique-lng": ("pt", "en")}
SCHEMAS = ROOT.parent / "shared" / "schemas"


@cache
def sample(name: str) -> bytes:
    return compose(DEALS / f"{name}.toml", bilingual=SAMPLES[name]).data


@cache
def plans(name: str) -> tuple[Plan, Plan]:
    deal = make_plan(DEALS / f"{name}.toml").deal
    first, second = (make_plan(dataclasses.replace(deal, language=code)) for code in SAMPLES[name])
    return first, second


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


@cache
def read(name: str, folder: Path) -> Agreement:
    path = folder / f"{name}.docx"
    path.write_bytes(sample(name))
    return read_agreement(path)


def check_schema(data: bytes) -> None:
    if not (SCHEMAS / "wml.xsd").is_file():
        pytest.skip(f"the ECMA-376 schemas are not at {SCHEMAS}")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "wml.xsd"))
    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footer1.xml"):
        schema.assertValid(part(data, name))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_bilingual_draft_is_sound_and_the_same_each_time(name: str) -> None:
    data = sample(name)
    assert list(check_package(data)) == []
    check_schema(data)
    assert compose(DEALS / f"{name}.toml", bilingual=SAMPLES[name]).data == data


@pytest.mark.parametrize("name", SAMPLES)
def test_both_columns_print_the_numbers_of_their_plans(name: str, tmp_path: Path) -> None:
    agreement = read(name, tmp_path)
    for plan, cell in zip(plans(name), (0, 1), strict=True):
        printed = {p.label.rstrip(".") for p in agreement.paragraphs if p.row and p.cell == cell and p.level}
        assert {item.number for item in plan.items if item.number} <= printed
    rows: dict[tuple[int, int], list[list[str]]] = {}
    for paragraph in agreement.paragraphs:
        if paragraph.row and paragraph.label and not paragraph.level:
            rows.setdefault(paragraph.row, [[], []])[paragraph.cell > 0].append(paragraph.label)
    numbered = [row for row in rows.values() if all(row)]
    assert len(numbered) > 200
    assert all(left == right for left, right in numbered)


@pytest.mark.parametrize("name", SAMPLES)
def test_references_lead_to_the_heading_in_their_own_column(name: str) -> None:
    body = part(sample(name))
    headings = {}
    for mark in body.iter(f"{W}bookmarkStart"):
        style = mark.getparent().find(f"{W}pPr/{W}pStyle").get(f"{W}val", "")
        headings[mark.get(f"{W}name")] = style.rsplit("-", 1)[-1]
    checked = 0
    for code in body.iter(f"{W}instrText"):
        words = (code.text or "").split()
        if words[:1] == ["REF"]:
            paragraph = next(code.iterancestors(f"{W}p"))
            style = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val", "")
            assert headings[words[1]] == style.rsplit("-", 1)[-1]
            checked += 1
    assert checked > 100


def test_each_style_of_a_column_has_its_language_and_nothing_is_formatted_by_hand() -> None:
    data = sample("cameroon-bauxite")
    styles = {s.get(f"{W}styleId"): s for s in part(data, "word/styles.xml").iter(f"{W}style")}
    assert styles["Normal-fr"].find(f"{W}rPr/{W}lang").get(f"{W}val") == "fr-FR"
    assert styles["Normal-en"].find(f"{W}rPr/{W}lang").get(f"{W}val") == "en-GB"
    for properties in part(data).iter(f"{W}pPr"):
        assert {etree.QName(child).localname for child in properties} <= {"pStyle"}
    for properties in part(data).iter(f"{W}rPr"):
        assert {etree.QName(child).localname for child in properties} == {"rStyle"}


def test_tables_repeat_the_names_of_the_languages_and_rows_may_break() -> None:
    rows = list(part(sample("cameroon-bauxite")).iter(f"{W}tr"))
    heads = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert "FrançaisEnglish" in {"".join(row.itertext()) for row in heads}
    assert any(row.find(f"{W}trPr/{W}cantSplit") is None for row in rows)


def test_what_is_there_once_is_said_in_both_languages() -> None:
    data = sample("cameroon-bauxite")
    lines = {"".join(p.itertext()) for p in part(data).iter(f"{W}p")}
    assert "Signé au nom et pour le compte de / Signed for and on behalf of" in lines
    assert "Nom / Name : Peter Galloway" in lines
    assert "Texte, et lieu de publicationText, and where it is published" in {
        "".join(cell.itertext()) for cell in part(data).iter(f"{W}tc")
    }
    header = "".join(part(data, "word/header1.xml").itertext())
    assert header.startswith("Protocole d’accord / Memorandum of Understanding · ")
    assert joined("avant la signature", "before signature") == "avant la signature / before signature"
    assert (joined("Date", "Date"), joined("", "Date"), joined("Date", "")) == ("Date", "Date", "Date")


def test_definitions_are_paired_by_what_they_define() -> None:
    pair = next(p for p in paired(*plans("colombia-oil")) if p.left.clause.kind == "definitions")
    terms = {left.runs[0].text: right.runs[0].text for left, right in pair.blocks[1:]}
    assert terms["Denuncia Creíble"] == "Credible Allegation"
    assert terms["Vigilantes"] == "Guards"
    endings = [right.text[-5:] for _, right in pair.blocks[1:]]
    assert endings[-2].endswith("; and")
    assert endings[-1].endswith(".")
    assert all(ending.endswith(";") for ending in endings[:-2])


def without(plan: Plan, id: str, **changes: object) -> Plan:
    items = [dataclasses.replace(i, **changes) if i.id == id else i for i in plan.items if changes or i.id != id]
    return dataclasses.replace(plan, items=tuple(items))


def test_a_clause_or_a_paragraph_in_one_language_only_stops_the_draft() -> None:
    first, second = plans("cameroon-bauxite")
    with pytest.raises(DraftError, match=r"clause `firearms` is drafted in français and not in English; write"):
        bilingual.compose((first, without(second, "firearms")))
    with pytest.raises(DraftError, match=r"`firearms` .* write clauses/conduct/firearms\.fr\.md"):
        bilingual.compose((without(first, "firearms"), second))
    short = second["firearms"].blocks[:-1]
    with pytest.raises(DraftError, match=r"clause `firearms`, paragraph \d+: .*firearms\.fr\.md has .* nothing"):
        bilingual.compose((first, without(second, "firearms", blocks=short)))
    fewer = second["definitions"].blocks[:4] + second["definitions"].blocks[5:]
    with pytest.raises(DraftError):
        bilingual.compose((first, without(second, "definitions", blocks=fewer)))
    moved = Block(2, (Run("Stranger", "term"), Run(" means nobody.")))
    strange = (*second["definitions"].blocks[:-1], moved)
    with pytest.raises(DraftError, match="“Stranger” is defined in clauses/frame/definitions"):
        bilingual.compose((first, without(second, "definitions", blocks=strange)))


@pytest.mark.parametrize("codes", [("fr",), ("fr", "fr"), ("fr", "en", "es")])
def test_a_bilingual_draft_is_in_two_languages(codes: tuple[str, ...]) -> None:
    with pytest.raises(DraftError, match="in two languages, such as fr,en"):
        compose(DEALS / "cameroon-bauxite.toml", bilingual=codes)


def test_blanks_ask_in_both_languages_and_are_one_field() -> None:
    deal = {**complete("cameroon"), "language": "fr"}
    deal["company"]["name"] = ""
    data = compose(deal, bilingual=("fr", "en"), allow_blanks=True).data
    assert list(check_package(data)) == []
    texts = {"".join(c.itertext()) for c in part(data).iter(f"{W}sdtContent")}
    assert {"[nom de la société]", "[company name]"} <= texts
    prompts = "".join(part(data, "word/glossary/document.xml").itertext())
    assert "[nom de la société] / [company name]" in prompts
    paths = [f.get("path") for f in part(data, "customXml/item1.xml")]
    assert paths.count("company.name") == 1


def test_a_form_alone_and_a_template_are_bilingual_too() -> None:
    from mougen.draft.firm.template import starter

    plan = make_plan(DEALS / "cameroon-bauxite.toml", form="support-schedule")
    assert list(check_package(compose(plan, bilingual=("fr", "en")).data)) == []
    data = compose(DEALS / "cameroon-bauxite.toml", bilingual=("fr", "en"), template=starter()).data
    assert list(check_package(data)) == []
    labels = [e.get(f"{W}val") for e in part(data, "word/numbering.xml").iter(f"{W}lvlText")]
    assert {"Article %1", "%1.", "Annexe %1", "Annex %1"} <= set(labels)


ARABIC = "تلتزم القوة باحترام حقوق الإنسان وفقاً للاتفاق (Voluntary Principles, 2000) خلال 24 ساعة."


def arabic(plan: Plan) -> Plan:
    """Return a plan as it would be in Arabic: the language is made up, and so is one sentence for every paragraph."""
    language = dataclasses.replace(
        load_language("en"), name="العربية", tag="ar-SA", code="ar", direction="rtl", clause="المادة {n}"
    )
    items = []
    for item in plan.items:
        blocks = []
        for block in item.blocks:
            terms = [r for r in block.runs[:1] if r.kind == "term"]
            numbers = [dataclasses.replace(r, text="7") for r in block.runs if r.kind == "ref"]
            blocks.append(dataclasses.replace(block, runs=(*terms, Run(ARABIC), *numbers)) if block.runs else block)
        items.append(dataclasses.replace(item, blocks=tuple(blocks), title="استخدام القوة"))
    return dataclasses.replace(plan, language=language, items=tuple(items))


@pytest.mark.parametrize("leads", [True, False])
def test_a_language_written_from_right_to_left(leads: bool) -> None:
    english = plans("cameroon-bauxite")[1]
    both = (arabic(english), english) if leads else (english, arabic(english))
    data = bilingual.compose(both, Options(verify=False)).data
    assert list(check_package(data)) == []
    check_schema(data)
    root = part(data)
    styles = {s.get(f"{W}styleId"): s for s in part(data, "word/styles.xml").iter(f"{W}style")}
    assert styles["Normal-ar"].find(f"{W}pPr/{W}bidi") is not None
    assert styles["Normal-en"].find(f"{W}pPr/{W}bidi") is None
    assert styles["Normal-ar"].find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "ar-SA"
    turned = {table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in root.iter(f"{W}tbl")}
    assert leads in turned
    assert leads or turned == {False}
    for run in root.iter(f"{W}r"):
        style = next(run.iterancestors(f"{W}p")).find(f"{W}pPr/{W}pStyle").get(f"{W}val", "")
        text = "".join(t.text or "" for t in run.iter(f"{W}t"))
        if style.endswith("-ar") and any(c.isalpha() for c in text):
            assert (run.find(f"{W}rPr/{W}rtl") is not None) == any("\u0600" <= c <= "\u06ff" for c in text)
        elif style.endswith("-en"):
            assert run.find(f"{W}rPr/{W}rtl") is None


def test_foreign_words_in_a_text_from_right_to_left_keep_their_direction() -> None:
    assert list(directions(ARABIC)) == [
        (ARABIC[: ARABIC.index("Voluntary")], True),
        ("Voluntary Principles, 2000", False),
        (ARABIC[ARABIC.index(") خلال") :], True),
    ]
    assert list(directions("")) == []


def test_the_command_names_the_file_after_the_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    deal = str(DEALS / "cameroon-bauxite.toml")
    done = CliRunner().invoke(main, ["draft", deal, "--bilingual", "fr, en"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "cameroon-bauxite-fr-en.docx").read_bytes() == sample("cameroon-bauxite")
    done = CliRunner().invoke(main, ["draft", deal, "--bilingual", "fr,xx"])
    assert done.exit_code == 2
    assert "`xx` is not a language that mougen writes" in done.output
