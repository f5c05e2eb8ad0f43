"""A firm's Word file as shell: its styles and lists are used, its fields filled in, and a hostile one is refused."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from deals import ROOT, complete, planned
from firms import firm, saved
from lxml import etree

from mougen.api import compose, make_plan
from mougen.cli import main
from mougen.draft.firm.template import starter
from mougen.draft.package import check_package, unzipped, zipped
from mougen.errors import DraftError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLE = ROOT / "samples" / "deals" / "ghana-gold.toml"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
Change = Callable[[dict[str, bytes]], object]
DOCUMENT, TYPES = "word/document.xml", "[Content_Types].xml"


def drafted(template: bytes, **options: object) -> bytes:
    data = compose(make_plan(SAMPLE), template=template, **options).data  # type: ignore[arg-type]
    assert list(check_package(data)) == []
    return data


def part(data: bytes, name: str = DOCUMENT) -> etree._Element:
    return etree.fromstring(unzipped(data)[name])


def lines(data: bytes, name: str = DOCUMENT) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in part(data, name).iter(f"{W}p")]


def style_before(data: bytes, text: str) -> str:
    """Return the name of the style of the paragraph that begins with `text`."""
    styles = part(data, "word/styles.xml").iter(f"{W}style")
    names = {s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val") for s in styles}
    found = (p for p in part(data).iter(f"{W}p") if "".join(t.text or "" for t in p.iter(f"{W}t")).startswith(text))
    return next(names[p.find(f"{W}pPr/{W}pStyle").get(f"{W}val")] for p in reversed(list(found)))


def changed(template: bytes, *changes: Change) -> bytes:
    parts = unzipped(template)
    for change in changes:
        change(parts)
    return zipped(parts)


def swap(name: str, old: str, new: str) -> Change:
    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[name], old
        parts[name] = parts[name].replace(old.encode(), new.encode(), 1)

    return change


def test_cover_header_and_footer_are_the_firms_and_filled_in() -> None:
    data = drafted(firm())
    plan = make_plan(SAMPLE)
    text = lines(data)
    assert text[:2] == ["KANZLEI", f"{plan.title}: {plan.deal.site.name}"]
    assert text[2] == plan.deal.company.name.upper()
    assert text[3] == plan.language.day(plan.deal.date)
    assert text[4] == plan.title  # the body follows the cover
    names = unzipped(data)
    header = next("".join(lines(data, n)) for n in names if n.startswith("word/header"))
    footer = next("".join(lines(data, n)) for n in names if n.startswith("word/footer"))
    assert header == f"Kanzlei & Partner: {plan.short_title} · {plan.deal.site.name}"
    assert footer.endswith(", Page")


def test_the_list_of_the_firm_numbers_the_clauses() -> None:
    data = drafted(firm())
    assert style_before(data, "Definitions") == "heading 1"
    assert style_before(data, "The annexes form part") == "Firm Level 2"
    styles = {s.get(f"{W}styleId"): s for s in part(data, "word/styles.xml").iter(f"{W}style")}
    assert styles["Clause3"].find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "77"
    level = part(data, "word/numbering.xml").find(f"{W}abstractNum[@{W}abstractNumId='77']/{W}lvl[@{W}ilvl='2']")
    assert level.find(f"{W}pStyle").get(f"{W}val") == "Clause3"


@pytest.mark.parametrize("heading", ["Überschrift 1", "Titre 1", "TÍTULO 1", "Cabeçalho 1", "Heading 1"])
def test_roles_are_found_under_localised_names(heading: str) -> None:
    assert style_before(drafted(firm(heading=heading)), "Definitions") == heading


def test_a_list_that_would_not_print_what_the_text_says_is_not_used() -> None:
    faults: Mapping[str, bytes] = {
        "it prints “Article 1”, where the text says “1”": firm(label="Article %1"),
        "it is not numbered": firm(numbered=False),
        "the template prints numbers of its list already": changed(
            firm(), swap(DOCUMENT, "<w:p>", '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>')
        ),
    }
    for fault, template in faults.items():
        assert style_before(drafted(template), "Definitions") == "Clause Heading"
        assert fault in checked(template).output


def test_sub_clauses_on_a_heading_do_not_fill_the_contents() -> None:
    data = drafted(firm(level2="Heading 2"))
    assert style_before(data, "The annexes form part") == "Clause Level 2"
    style = part(data, "word/styles.xml").find(f"{W}style[@{W}styleId='Clause2']")
    assert style.find(f"{W}basedOn").get(f"{W}val") == "Heading2"
    assert style.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "9"


def test_added_headings_look_like_the_firms_and_have_no_number_too_much() -> None:
    styles = {s.get(f"{W}styleId"): s for s in part(drafted(firm()), "word/styles.xml").iter(f"{W}style")}
    part_heading = styles["PartHeading"]
    assert part_heading.find(f"{W}basedOn").get(f"{W}val") == "Heading1"
    assert part_heading.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "0"
    assert part_heading.find(f"{W}rPr/{W}color") is None
    # Word builds the heading of the contents on heading 1, so a firm's would print "1. Contents".
    contents = next(s for s in styles.values() if s.find(f"{W}name").get(f"{W}val") == "TOC Heading (draft)")
    assert contents.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "0"


def test_the_body_goes_where_the_template_says() -> None:
    data = drafted(firm("Cover", "{{ body }}", "Schedule of the firm"))
    text = lines(data)
    assert (text[0], text[-1]) == ("Cover", "Schedule of the firm")
    assert make_plan(SAMPLE).title in text[1]


def test_a_blank_line_at_the_end_is_not_kept_before_the_body() -> None:
    assert lines(drafted(firm("Cover", "", "")))[:2] == ["Cover", make_plan(SAMPLE).title]


def test_the_tables_are_as_wide_as_the_text_of_the_firm() -> None:
    made = docx.Document(io.BytesIO(firm()))
    section = made.sections[0]
    width = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
    widths = {int(t.get(f"{W}w")) for t in part(drafted(saved(made))).iterfind(f".//{W}tblPr/{W}tblW")}
    assert widths == {width}


@pytest.mark.parametrize("value", ["A & B <x>", "{{ 7*7 }}", "<!--mougen:body-->", "{_{ x", "</w:t>", "א"])
def test_any_name_reaches_the_cover_as_it_is(value: str) -> None:
    deal = complete()
    deal["company"]["name"] = value
    data = compose(planned(deal), template=firm("{{ company }}")).data
    assert lines(data)[0] in (value, value.replace("{_{", "{{"))  # docxtpl takes this as an escape


def test_the_same_template_gives_the_same_bytes_whatever_it_says_of_itself() -> None:
    made = docx.Document(io.BytesIO(firm()))
    made.core_properties.title, made.core_properties.keywords = "{{ title.__class__ }}", "secret"
    assert drafted(saved(made)) == drafted(saved(made))
    properties = docx.Document(io.BytesIO(drafted(saved(made)))).core_properties
    assert (properties.author, properties.keywords) == (make_plan(SAMPLE).deal.company.name, "")


def test_what_else_a_draft_carries_finds_its_place() -> None:
    deal = complete()
    del deal["date"]
    data = compose(planned(deal), template=firm(), allow_blanks=True, comments=True, contents="ask").data
    assert list(check_package(data)) == []
    assert {"word/comments.xml", "word/glossary/document.xml", "customXml/item1.xml"} <= set(unzipped(data))
    assert part(data, "word/settings.xml").find(f"{W}updateFields") is not None
    assert "(Draft)" in lines(data)[2]


def test_a_template_of_word_is_a_template_and_a_draft_is_none() -> None:
    dotx = changed(firm(), swap(TYPES, "wordprocessingml.document.main", "wordprocessingml.template.main"))
    assert b"wordprocessingml.document.main" in unzipped(drafted(dotx))[TYPES]
    refused(drafted(firm()), "is a draft already; delete what is not cover")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_the_numbers_of_the_plan_in_the_lists_of_the_firm(tmp_path: Path) -> None:
    from test_document import converted, expected_lines

    templates = {
        "own": firm(),
        "headings": firm(level2="Heading 2"),
        "unnumbered": firm(numbered=False),
        "starter": starter(),
    }
    for name, template in templates.items():
        (tmp_path / f"{name}.docx").write_bytes(drafted(template))
    converted(tmp_path, "txt:Text (encoded):UTF8")
    for name in templates:
        printed = (tmp_path / f"{name}.txt").read_text(encoding="utf-8-sig").split("\n")
        found, position = [" ".join(line.split()) for line in printed], 0
        for line in expected_lines(make_plan(SAMPLE)):
            position = found.index(" ".join(line.split()), position) + 1


def relation(kind: str, target: str, *, external: bool = True, owner: str = DOCUMENT) -> Change:
    folder, _, base = owner.rpartition("/")
    name, mode = f"{folder}/_rels/{base}.rels", ' TargetMode="External"' if external else ""
    head = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'

    def change(parts: dict[str, bytes]) -> None:
        if not external:
            parts[f"word/{target}"] = b"<x/>"
        added = f'<Relationship Id="rIdX" Type="{head}/{kind}" Target="{target}"{mode}/></Relationships>'
        parts[name] = parts.get(name, empty).replace(b"</Relationships>", added.encode())

    return change


def inside(markup: str) -> Change:
    return swap(DOCUMENT, "<w:p>", f"<w:p>{markup}")


CODE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:instrText>{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
VML = (
    '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:rect><v:imagedata src="https://x.example/a.png"/>'
    "</v:rect></w:pict></w:r>"
)
INSERTED = '<w:ins w:id="9" w:author="a"><w:r><w:t>x</w:t></w:r></w:ins>'
WML, STRICT = "schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"
MACROS = swap(TYPES, "wordprocessingml.document.main", "x.macroEnabled.main")
PACKAGES: Mapping[str, tuple[Change, str]] = {
    "macros": (MACROS, "carries macros (word/document.xml); save it in Word as .docx"),
    "macros in disguise": (relation("vbaProject", "x.xml", external=False), "carries macros (word/document.xml:"),
    "attached template": (
        relation("attachedTemplate", "file:///C:/firm.dotx", owner="word/settings.xml"),
        "is attached to another template (word/settings.xml: file:///C:/firm.dotx); attach Normal",
    ),
    "picture from outside": (relation("image", "https://x.example/a"), "outside (word/document.xml: image https"),
    "link to a share": (relation("hyperlink", r"\\host\share"), "fetches something from outside"),
    "embedded object": (relation("oleObject", "x.xml", external=False), "holds an embedded file or control"),
    "other document": (relation("aFChunk", "x.xml", external=False), "pulls in another document"),
    "comments": (relation("comments", "comments.xml", external=False), "has comments, which a draft cannot keep"),
    "entities": (swap(DOCUMENT, "<w:document", "<!DOCTYPE x [<!ENTITY a 'b'>]><w:document"), "declares XML entities"),
    "strict": (swap(DOCUMENT, WML, STRICT), "not laid out as Word saves"),
    "no document": (lambda parts: parts.pop(DOCUMENT), "is not laid out as Word saves a .docx"),
    "fetching field": (inside(CODE.format("INCLUDE", "TEXT x")), "body: it has a field INCLUDETEXT"),
    "starting field": (inside('<w:fldSimple w:instr=" DDEAUTO c x"/>'), "body: it has a field DDEAUTO"),
    "old picture": (inside(VML), "body: it shows a picture from https://x.example/a.png"),
    "tracked change": (inside(INSERTED), "body: it has tracked changes"),
    "bomb": (lambda parts: parts.update({"word/x.xml": b" " * 40_000_000}), "unpacks to far more"),
    "huge": (inside(f"<w:r><w:t>{'x y ' * 1_100_000}</w:t></w:r>"), "unpacks to far more|larger than a cover"),
}  # fmt: skip


def checked(template: bytes, *arguments: str) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "firm.docx")
        file.write_bytes(template)
        return CliRunner().invoke(main, ["template", "check", str(file), *arguments])


def refused(template: bytes, said: str) -> None:
    """Assert that check and draft refuse `template` with one and the same sentence, which names the file."""
    result = checked(template)
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("firm.docx")
    assert re.search(said, line) if "|" in said else said in line
    with pytest.raises(DraftError) as caught:
        compose(make_plan(SAMPLE), template=template)
    assert str(caught.value) == line.replace("firm.docx", "the template", 1)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_hostile_package_is_refused(name: str) -> None:
    change, said = PACKAGES[name]
    refused(changed(firm(), change), said)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is not a Word file"),
        (b"{\\rtf1 hello}", "is not a Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "is in the old Word format"),
        (firm()[:4000], "is damaged or incomplete"),
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes, said: str) -> None:
    refused(data, said)


FIELDS = {
    "{% for c in title %}x{% endfor %}": "it is a loop; templates have none",
    "{{ title.upper() }}": "it is a call; templates have none",
    "{{ title.__class__ }}": "it looks inside a value; fields have no parts",
    "{{ title['__class__'] }}": "it looks inside a value",
    "{{ titel }}": "`titel` is not a field; did you mean `title`?",
    "{{ cycler }}": "`cycler` is not a field",
    "{{ 'a' * 300000000 }}": "it is more than a field or a condition",
    "{{ title | replace('a', 'b') }}": "`replace` is not allowed after a field",
    "{% set x = title %}": "it is more than a field",
    "{% macro m() %}{% endmacro %}": "it is more than a field",
    "{% include 'x' %}": "it is more than a field",
    "{% autoescape false %}{{ title }}{% endautoescape %}": "it is more than a field",
    "{% if title %}x": "it cannot be read",
    "{{ title": "a brace belongs to no field",
    "title }}": "a brace belongs to no field",
    "{title}": "a brace belongs to no field",
    "{{ {{ title }} }}": "a brace belongs to no field",
    "{{p title }}": "does not print text",
    "{% cellbg title %}": "does not print text",
    "Before {{ body }}": "`body` must be alone in a paragraph",
}


@pytest.mark.parametrize("text", FIELDS)
def test_a_field_that_is_none_is_refused_with_its_place_and_words(text: str) -> None:
    refused(firm("Cover", text), f"firm.docx, body, “{' '.join(text.split())[:60]}")
    refused(firm("Cover", text), FIELDS[text])


def test_fields_are_looked_at_wherever_they_stand() -> None:
    made = docx.Document(io.BytesIO(firm()))
    made.sections[0].header.paragraphs[0].text = "{{ titel }}"
    refused(saved(made), "firm.docx, header, “{{ titel }}”: `titel` is not a field")
    made = docx.Document(io.BytesIO(firm("Cover")))
    paragraph = made.paragraphs[0]
    for piece in ("{", "{ ti", "tle.x }", "}"):
        paragraph.add_run(piece).bold = True
    refused(saved(made), "body, “Cover{{ title.x }}”: it looks inside a value")
    refused(firm("{% if title %}", "x", "{{ body }}", "{% endif %}{{ body }}"), "`body` must be alone")
    shown = '<w:bookmarkStart w:id="1" w:name="{{ title }}"/><w:bookmarkEnd w:id="1"/>'
    refused(changed(firm("Cover"), inside(shown)), "a field stands where no text is")


def test_a_condition_may_take_a_paragraph_away_and_never_break_the_document() -> None:
    text = lines(drafted(firm("Cover", "{%p if status %}", "Draft!", "{%p endif %}", "End")))
    assert text[:2] == ["Cover", "End"]
    made = docx.Document(io.BytesIO(firm("{% if status %}Draft")))
    made.add_table(1, 1).cell(0, 0).text = "{% endif %}"
    refused(saved(made), "body: the fields break the document")


def test_the_starter_has_every_role_and_shows_every_field(tmp_path: Path) -> None:
    file = tmp_path / "firm.docx"
    run = CliRunner().invoke(main, ["template", "new", str(file)])
    assert (run.exit_code, run.output) == (0, "")
    assert file.read_bytes() == starter()
    again = CliRunner().invoke(main, ["template", "new", str(file)])
    assert again.exit_code == 2
    assert "the file exists" in again.stderr
    assert CliRunner().invoke(main, ["template", "new", str(file), "--force"]).exit_code == 0
    assert list(check_package(starter())) == []
    result = checked(starter())
    assert result.exit_code == 0
    assert "Missing, so added to each draft: nothing.\n" in result.stdout
    assert "Body: at {{ body }}.\n" in result.stdout
    data = drafted(starter())
    assert style_before(data, "The annexes form part") == "Clause Level 2"
    assert not [line for line in lines(data) if "{" in line or "Not printed" in line]


def test_check_prints_roles_levels_fields_and_what_is_missing() -> None:
    output = " ".join(checked(firm()).stdout.split())
    assert "heading of a clause heading 1 level 1, “1.”" in output
    assert "sub-clause 1.1 Firm Level 2 level 2, “1.1”" in output
    assert "limb (a) (Clause Level 3) level 3, “(a)” added, like" in output
    assert "Body: after the last line" in output
    assert "Fields: cover: full_title, company, date, status; header: title; footer: parties, page." in output
    assert "where the text says “Article 1”" in checked(firm(), "--language", "fr").stdout


def test_draft_takes_a_template_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "firm.docx").write_bytes(firm())
    arguments = ["draft", str(SAMPLE), "--template", str(tmp_path / "firm.docx"), "-o", str(tmp_path / "x.docx")]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    (tmp_path / "firm.docx").write_bytes(firm("{{ titel }}"))
    failed = CliRunner().invoke(main, [*arguments, "--force"])
    assert (failed.exit_code, failed.stderr.startswith("firm.docx, body, “{{ titel }}”")) == (2, True)
