"""A Word file with every construct of the truth table: each visible token exactly once, each removed one absent."""

from __future__ import annotations

import itertools

import pytest
from reading_files import docx, par, part, run, zipped

from mougen.agreement import Agreement, Paragraph
from mougen.errors import ReadError
from mougen.reading.from_docx import read

WHO = 'w:id="1" w:author="A" w:date="2025-01-01T00:00:00Z"'
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def control(inner: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def box(text: str) -> str:
    return f"<w:txbxContent>{par(text)}</w:txbxContent>"


NASTY = [
    par("plain_body"),
    f"<w:p>{run('before ')}<w:ins {WHO}>{run('ins_run')}</w:ins><w:del {WHO}><w:r><w:delText>del_run</w:delText></w:r>"
    f"</w:del></w:p>",
    par("ins_paragraph", f"<w:rPr><w:ins {WHO}/></w:rPr>")
    .replace("<w:r>", f"<w:ins {WHO}><w:r>")
    .replace("</w:r>", "</w:r></w:ins>"),
    f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr><w:del {WHO}><w:r><w:delText>del_paragraph</w:delText></w:r>"
    "</w:del></w:p>",
    f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>{run('merge_first ')}</w:p>",
    par("merge_second"),
    f"<w:p><w:moveFromRangeStart w:id='8' w:name='m'/><w:moveFrom {WHO}>{run('move_from')}</w:moveFrom>"
    f"{run('stays')}</w:p>",
    f"<w:p><w:moveTo {WHO}>{run('move_to')}</w:moveTo></w:p>",
    control(par("sdt_block")),
    f"<w:p>{run('x ')}{control(run('sdt_inline'))}<w:smartTag>{run('smart_tag')}</w:smartTag></w:p>",
    f"<w:p><w:fldSimple w:instr=' REF no_code '>{run('fld_simple')}</w:fldSimple></w:p>",
    f"<w:p>{BEGIN}{code(' REF no_instr ')}{SEPARATE}{run('fld_complex')}{END}</w:p>",
    f"<w:p>{BEGIN}{code('IF ')}{BEGIN}{code('MERGEFIELD x')}{SEPARATE}{run('no_nested_code')}{END}{SEPARATE}"
    f"{run('fld_nested')}{END}{run(' after_field')}</w:p>",
    f"<w:p><w:hyperlink r:id='ext'>{run('hyper_link')}</w:hyperlink></w:p>",
    "<w:tbl><w:tblGrid/>"
    + row(cell(par("cell_a1"), '<w:vMerge w:val="restart"/>') + cell(par("cell_b1")))
    + row(cell(par("no_merged"), "<w:vMerge/>") + cell(par("cell_b2")))
    + row(cell(par("cell_wide") + par("cell_second"), '<w:gridSpan w:val="2"/>'))
    + row(cell(par("ins_row")), f"<w:ins {WHO}/>")
    + row(cell(par("no_del_row")), f"<w:del {WHO}/>")
    + control(row(control(cell(par("sdt_cell")))))
    + row(cell(par("outer_cell") + "<w:tbl>" + row(cell(par("nested_cell"))) + "</w:tbl>" + par("outer_end")))
    + "</w:tbl>",
    f"<w:p>{run('anchor_box')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
    f"{box('text_box')}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    f"{box('text_box')}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='odd'>{run('no_choice')}</mc:Choice><mc:Fallback>"
    "<w:t>fall_back</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    f"<w:p>{run('cites_note')}<w:r><w:footnoteReference w:id='2'/></w:r>"
    "<w:r><w:endnoteReference w:id='3'/></w:r></w:p>",
    par("after_note"),
    f"<w:p>{run('shown ')}{run('hidden_run', '<w:vanish/>')}</w:p>",
    par("visible_again").replace("<w:rPr></w:rPr>", '<w:rPr><w:vanish w:val="0"/></w:rPr>'),
    f"<w:p>{run('struck_all', '<w:strike/>')}</w:p>",
    f"<w:p>{run('kept_part ')}{run('no_struck', '<w:dstrike/>')}</w:p>",
    "<w:p><w:r><w:t>tab</w:t><w:tab/><w:t>x</w:t><w:br/><w:t>brk</w:t><w:noBreakHyphen/><w:t>hy</w:t>"
    "<w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>",
    f"<w:p><m:oMath><m:r><m:t>math_text</m:t></m:r></m:oMath><w:commentRangeStart w:id='1'/>{run('commented')}"
    "<w:commentRangeEnd w:id='1'/><w:r><w:commentReference w:id='1'/></w:r></w:p>",
    f"<w:customXml>{par('custom_xml')}</w:customXml>",
    "<w:altChunk r:id='chunk'/>",
    par("4.2 The typed_label"),
    "<w:sectPr><w:headerReference w:type='default' r:id='header1'/><w:headerReference w:type='even' r:id='header2'/>"
    "<w:footerReference w:type='default' r:id='footer1'/><w:footerReference w:type='first' r:id='footer1'/></w:sectPr>",
]
PARTS = {
    "footnotes": f"<w:footnote w:type='separator' w:id='0'>{par('no_separator')}</w:footnote>"
    f"<w:footnote w:id='2'>{par('foot_note')}</w:footnote><w:footnote w:id='9'>{par('no_uncited')}</w:footnote>",
    "endnotes": f"<w:endnote w:id='3'>{par('end_note')}</w:endnote>",
    "comments": f"<w:comment w:id='1' w:author='Jane Doe'>{par('comment_text')}</w:comment>",
    "header1": par("head_er"),
    "header2": par("no_even_header"),
    "footer1": par("foot_er"),
}
EXTERNAL = '<Relationship Id="ext" Type="x/hyperlink" Target="https://example.org" TargetMode="External"/>'
NULL = '<Relationship Id="null" Type="x/image" Target="NULL"/>'
VISIBLE = (
    "plain_body ins_run ins_paragraph merge_first merge_second stays move_to sdt_block sdt_inline smart_tag fld_simple "
    "fld_complex fld_nested after_field hyper_link cell_a1 cell_b1 cell_b2 cell_wide cell_second ins_row sdt_cell "
    "outer_cell nested_cell outer_end anchor_box text_box fall_back cites_note foot_note end_note after_note "
    "hidden_run visible_again struck_all kept_part math_text commented comment_text custom_xml typed_label "
    "head_er foot_er"
)
REMOVED = (
    "del_run del_paragraph move_from no_code no_instr no_nested_code no_merged no_del_row no_choice no_struck "
    "no_separator no_uncited no_even_header"
)
ONCE, ABSENT = VISIBLE.split(), REMOVED.split()


@pytest.fixture(scope="module")
def nasty() -> Agreement:
    return read(docx("".join(NASTY), PARTS, EXTERNAL + NULL), "nasty.docx")


def find(agreement: Agreement, token: str) -> Paragraph:
    return next(p for p in agreement.paragraphs if token in p.text)


@pytest.mark.parametrize("token", ONCE)
def test_visible_token_is_read_exactly_once(nasty: Agreement, token: str) -> None:
    assert nasty.text.count(token) == 1


@pytest.mark.parametrize("token", ABSENT)
def test_removed_token_is_absent(nasty: Agreement, token: str) -> None:
    assert token not in nasty.text


def test_spans_index_the_text(nasty: Agreement) -> None:
    assert all(nasty.text[p.start : p.end] == p.text and "\n" not in p.text for p in nasty.paragraphs)


def test_reading_order(nasty: Agreement) -> None:
    positions = [nasty.text.index(token) for token in ONCE if token not in ("comment_text", "head_er", "foot_er")]
    assert positions[: ONCE.index("math_text")] == sorted(positions[: ONCE.index("math_text")])
    assert [p.place for p in nasty.paragraphs][-3:] == ["header", "footer", "comment"]


@pytest.mark.parametrize(
    ("token", "place"),
    [
        ("plain_body", "body"),
        ("cell_a1", "table"),
        ("text_box", "text box"),
        ("foot_note", "footnote"),
        ("end_note", "endnote"),
        ("head_er", "header"),
        ("foot_er", "footer"),
        ("comment_text", "comment"),
    ],
)
def test_place(nasty: Agreement, token: str, place: str) -> None:
    assert find(nasty, token).place == place


@pytest.mark.parametrize(
    ("token", "marks"),
    [
        ("plain_body", ()),
        ("ins_run", ("inserted", "deletions")),
        ("ins_paragraph", ("inserted",)),
        ("merge_first", ("deletions",)),
        ("move_to", ("moved",)),
        ("stays", ("moved",)),
        ("ins_row", ("inserted",)),
        ("hidden_run", ("hidden",)),
        ("visible_again", ()),
        ("struck_all", ("struck",)),
        ("kept_part", ("deletions",)),
    ],
)
def test_marks(nasty: Agreement, token: str, marks: tuple[str, ...]) -> None:
    assert find(nasty, token).marks == marks


def test_rows_are_read_as_one(nasty: Agreement) -> None:
    places = {t: (find(nasty, t).row, find(nasty, t).cell) for t in ONCE if "cell" in t}
    assert places["cell_a1"] == ((1, 1), 0)
    assert places["cell_b1"] == ((1, 1), 1)
    assert places["cell_b2"] == ((1, 2), 1)
    assert places["cell_wide"] == places["cell_second"] == ((1, 3), 0)
    assert places["outer_cell"][0] == find(nasty, "outer_end").row == (1, 6)
    assert places["nested_cell"][0] == (2, 1)


def test_characters(nasty: Agreement) -> None:
    assert find(nasty, "brk").text == "tab\tx brk-hy☑"
    assert find(nasty, "merge_first").text == "merge_first merge_second"
    assert find(nasty, "comment_text").text == "Jane Doe: comment_text"
    assert find(nasty, "typed_label").label == "4.2"


@pytest.mark.parametrize("word", ["tracked changes", "comment", "hidden text", "embedded", "outside"])
def test_notes_say_how_it_was_read(nasty: Agreement, word: str) -> None:
    assert sum(word in note for note in nasty.notes) >= 1


def test_clean_file_has_no_notes() -> None:
    assert read(docx(par("Clean.")), "a.docx").notes == ()


def test_heading_levels() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='Titre1'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='Own'><w:name w:val='Own'/><w:basedOn w:val='Titre1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='Out'><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='Title'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='A'><w:basedOn w:val='B'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='B'><w:basedOn w:val='A'/></w:style>"
    )
    body = "".join(par(s, f"<w:pStyle w:val='{s}'/>") for s in ("Titre1", "Own", "Out", "T", "A", "Missing"))
    body += par("direct", "<w:outlineLvl w:val='4'/>") + par(
        "off", "<w:pStyle w:val='Titre1'/><w:outlineLvl w:val='9'/>"
    )
    assert [p.level for p in read(docx(body, {"styles": styles}), "a.docx").paragraphs] == [1, 1, 3, 1, 0, 0, 5, 0]


def test_style_hides_and_strikes() -> None:
    styles = (
        "<w:style w:type='character' w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='S'><w:rPr><w:strike/></w:rPr></w:style>"
    )
    hidden = run("a", "<w:rStyle w:val='H'/>")
    body = f"<w:p>{hidden}</w:p>" + par("b", "<w:pStyle w:val='S'/>")
    assert [p.marks for p in read(docx(body, {"styles": styles}), "a.docx").paragraphs] == [("hidden",), ("struck",)]


def test_deleted_mark_merges_nothing_past_a_cell_or_table() -> None:
    gone = f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>{run('{}')}</w:p>"
    body = (
        gone.format("one") + "<w:tbl>" + row(cell(gone.format("two")) + cell(par("three"))) + "</w:tbl>" + par("four")
    )
    assert [p.text for p in read(docx(body), "a.docx").paragraphs] == ["one", "two", "three", "four"]


def test_merged_paragraph_takes_the_number_of_the_one_it_joins() -> None:
    numbering = (
        "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:lvlText w:val='%1.'/></w:lvl>"
        "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    )
    listed = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    body = par("a", listed) + par("b", listed + f"<w:rPr><w:del {WHO}/></w:rPr>") + par("c", listed) + par("d", listed)
    paragraphs = read(docx(body, {"numbering": numbering}), "a.docx").paragraphs
    assert [(p.label, p.text) for p in paragraphs] == [("1.", "a"), ("2.", "bc"), ("3.", "d")]


def test_broken_field_swallows_nothing() -> None:
    body = f"<w:p>{BEGIN}{code('TC x')}{run('lost in instruction')}</w:p>" + par("kept_one") + par("kept_two")
    assert [p.text for p in read(docx(body), "a.docx").paragraphs] == ["kept_one", "kept_two"]


def test_field_result_over_several_paragraphs() -> None:
    body = f"<w:p>{BEGIN}{code('TOC')}{SEPARATE}{run('one')}</w:p>{par('two')}<w:p>{run('three')}{END}</w:p>"
    assert [p.text for p in read(docx(body), "a.docx").paragraphs] == ["one", "two", "three"]


def test_contents_entries_are_no_clauses() -> None:
    styles = "<w:style w:type='paragraph' w:styleId='TOC1'><w:name w:val='toc 1'/></w:style>"
    body = par("1. Training", "<w:pStyle w:val='TOC1'/>") + par("1. Training")
    entry, clause = read(docx(body, {"styles": styles}), "a.docx").paragraphs
    assert (entry.label, entry.marks) == ("", ("contents",))
    assert (clause.label, clause.marks) == ("1.", ())


def test_form_fields_show_their_state() -> None:
    form = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{}</w:ffData></w:fldChar></w:r>" + END
    tick = form.format("<w:checkBox><w:checked/></w:checkBox>")
    choice = form.format(
        "<w:ddList><w:result w:val='1'/><w:listEntry w:val='no'/><w:listEntry w:val='yes'/></w:ddList>"
    )
    assert read(docx(f"<w:p>{tick}{choice}</w:p>"), "a.docx").text == "☒yes"


def test_chain_of_notes_on_notes_ends() -> None:
    notes = "".join(
        f"<w:footnote w:id='{i}'><w:p>{run(f'n{i}')}<w:r><w:footnoteReference w:id='{i + 1}'/></w:r></w:p></w:footnote>"
        for i in range(2_000)
    )
    body = f"<w:p>{run('x')}<w:r><w:footnoteReference w:id='0'/></w:r></w:p>"
    assert read(docx(body, {"footnotes": notes}), "a.docx").text == "x\nn0"


def test_strict_open_xml_is_read() -> None:
    data = part("document", f"<w:body>{par('strict_text')}</w:body>")
    strict = data.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/other.xml"/>'
        "</Relationships>"
    )
    entries = {"[Content_Types].xml": "<Types/>", "_rels/.rels": links, "word/other.xml": strict}
    assert read(zipped({name: text.encode() for name, text in entries.items()}), "a.docx").text == "strict_text"


def test_scan_pasted_into_word_needs_ocr() -> None:
    picture = "<w:p><w:r><w:drawing><a:blip r:embed='i'/></w:drawing></w:r></w:p>"
    with pytest.raises(ReadError, match="OCR"):
        read(docx(picture + par("Page 1")), "scan.docx")
    assert any("picture" in note for note in read(docx(picture + par("A real clause of some length.")), "a.docx").notes)


def test_macros_are_noted() -> None:
    agreement = read(docx(par("x"), files={"word/vbaProject.bin": b"VBA"}), "a.docx")
    assert agreement.notes == ("The file carries macros; they were ignored.",)


def test_spans_follow_one_another(nasty: Agreement) -> None:
    assert all(a.end < b.start for a, b in itertools.pairwise(nasty.paragraphs))
