"""A draft that comes back: what became of each clause, and what is there that nobody drafted."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from deals import LIBRARY, SAMPLES, complete
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

import mougen
from mougen.cli import main
from mougen.tracing.trace import Trace
from mougen.tracing.words import difference, key_of

ROOT = Path(__file__).resolve().parent.parent
DEAL = ROOT / "samples" / "deals" / "ghana-gold.toml"
FOREIGN = "Notwithstanding the above, the Commander may use all means that he considers fit."
HEADINGS = ("Heading1", "PartHeading", "AnnexHeading", "FrameHeading")
Edit = Callable[[Any], None]


@pytest.fixture(scope="module")
def draft() -> bytes:
    return mougen.compose(DEAL, allow_blanks=True).data


@pytest.fixture
def edited(draft: bytes, tmp_path: Path) -> Callable[..., Trace]:
    def edit(*edits: Edit) -> Trace:
        document = Document(io.BytesIO(draft))
        for each in edits:
            each(document)
        document.save(str(tmp_path / "back.docx"))
        return mougen.trace(tmp_path / "back.docx")

    return edit


def style(paragraph: Any) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else found.get(qn("w:val"))


def words(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def clause(document: Any, title: str) -> list[Any]:
    """Return the elements of a clause: its heading and all up to the next one."""
    body = document.element.body
    heading = next(p for p in body.iter(qn("w:p")) if style(p) in HEADINGS and words(p).endswith(title))
    elements, following = [heading], heading.getnext()
    while following is not None and not (following.tag == qn("w:p") and style(following) in HEADINGS):
        elements.append(following)
        following = following.getnext()
    return elements


def paragraph(document: Any, start: str) -> Any:
    return next(p for p in document.element.body.iter(qn("w:p")) if words(p).startswith(start))


def say(element: Any, text: str) -> None:
    """Let a paragraph say `text` in its first run, and nothing else."""
    first, *rest = element.findall(qn("w:r"))
    first.find(qn("w:t")).text = text
    for run in rest:
        element.remove(run)


def replace(start: str, old: str, new: str) -> Edit:
    def edit(document: Any) -> None:
        for text in paragraph(document, start).iter(qn("w:t")):
            text.text = (text.text or "").replace(old, new)

    return edit


def delete(title: str) -> Edit:
    return lambda document: [element.getparent().remove(element) for element in clause(document, title)] and None


def add(after: str, text: str) -> Edit:
    def edit(document: Any) -> None:
        before = paragraph(document, after)
        new = copy.deepcopy(before)
        before.addnext(new)
        say(new, text)

    return edit


def move(title: str, after: str) -> Edit:
    def edit(document: Any) -> None:
        elements, target = clause(document, title), clause(document, after)[-1]
        for element in reversed(elements):
            target.addnext(element)

    return edit


def without_bookmarks(document: Any) -> None:
    body = document.element.body
    for mark in list(body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)


def tracked(tag: str) -> Any:
    mark = OxmlElement(tag)
    for name, value in (("w:id", "9001"), ("w:author", "Ministry"), ("w:date", "2027-01-01T00:00:00Z")):
        mark.set(qn(name), value)
    return mark


def states(trace: Trace) -> dict[str, str]:
    return {c.id: c.status for c in trace.clauses if c.status != "untouched"}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_comes_back_untouched_from_its_own_draft(path: Path, tmp_path: Path) -> None:
    mougen.compose(path, allow_blanks=True).save(tmp_path / "same.docx")
    trace = mougen.trace(tmp_path / "same.docx")
    assert trace.untouched, (states(trace), trace.foreign, trace.frame)
    assert {clause.since for clause in trace.clauses} == {"same"}
    assert trace.library == trace.library_now == LIBRARY.digest


@pytest.mark.parametrize(("country", "language"), [("cameroon", "fr"), ("peru", "es"), ("mozambique", "pt")])
@pytest.mark.parametrize("register", ["agreement", "mou", "letter"])
def test_a_draft_in_another_language_or_form_too(country: str, language: str, register: str, tmp_path: Path) -> None:
    deal = {**complete(country), "language": language, "register": register}
    mougen.compose(deal, allow_blanks=True, comments=True, verify=False).save(tmp_path / "same.docx")
    trace = mougen.trace(tmp_path / "same.docx")
    assert trace.untouched
    assert trace.language == language


def test_a_changed_word_is_marked_and_the_rest_stays_untouched(edited: Callable[..., Trace]) -> None:
    trace = edited(replace("Personnel will keep harm", "least", "lowest practicable level"))
    assert states(trace) == {"use-of-force": "edited"}
    (change,) = trace["use-of-force"].changes
    assert change.kind == "edited"
    assert change.where.endswith("at 6.2")
    assert [(p.kind, p.text.strip()) for p in change.pieces if p.kind != "same"] == [
        ("deleted", "least"),
        ("inserted", "lowest practicable level"),
    ]
    assert not change.tracked
    assert not trace.foreign


@pytest.mark.parametrize("marks", [True, False], ids=["bookmarks", "no bookmarks"])
def test_deleted_foreign_and_moved(edited: Callable[..., Trace], marks: bool) -> None:
    trace = edited(
        delete("Medical aid"),
        add("Force will never be used to punish", FOREIGN),
        move("Data protection", "Trainers"),
        *([] if marks else [without_bookmarks]),
    )
    assert states(trace) == {"medical-aid": "deleted", "use-of-force": "edited", "data-protection": "moved"}
    assert "Trainers" in trace["data-protection"].where
    assert trace["data-protection"].now == "20"
    (foreign,) = trace.foreign
    assert (foreign.text, foreign.clause, foreign.tracked) == (FOREIGN, "use-of-force", False)
    assert foreign.where == "in clause 6 (Use of force), at 6.4"


def test_a_foreign_clause_stands_after_the_one_before_it(edited: Callable[..., Trace]) -> None:
    def insert(document: Any) -> None:
        heading, first = (copy.deepcopy(element) for element in clause(document, "Notices")[:2])
        for mark in heading.findall(qn("w:bookmarkStart")) + heading.findall(qn("w:bookmarkEnd")):
            heading.remove(mark)
        say(heading, "Escort fees")
        say(first, "The Company will pay each officer a daily fee of 50 dollars in cash.")
        clause(document, "Notices")[-1].addnext(heading)
        heading.addnext(first)

    trace = edited(insert)
    assert not states(trace)
    assert not trace.untouched
    assert [(f.clause, f.where.partition(",")[0]) for f in trace.foreign] == [("", "after clause 45 (Notices)")] * 2


def test_a_moved_paragraph_is_told_from_a_deleted_and_a_foreign_one(edited: Callable[..., Trace]) -> None:
    def shift(document: Any) -> None:
        paragraph(document, "This Agreement guarantees the Company").addnext(
            paragraph(document, "The Company will not direct, approve")
        )

    trace = edited(shift)
    assert states(trace) == {"command": "edited"}
    (change,) = trace["command"].changes
    assert (change.kind, change.where) == ("moved", "in clause 14 (Strength and type of deployment), at 14.7")
    assert not trace.foreign


def test_tracked_changes_are_read_as_accepted(edited: Callable[..., Trace]) -> None:
    def change(document: Any) -> None:
        for element in clause(document, "Trainers"):
            for run in element.findall(qn("w:r")):
                mark = tracked("w:del")
                run.addprevious(mark)
                mark.append(run)
                for text in run.findall(qn("w:t")):
                    text.tag = qn("w:delText")
            properties = element.get_or_add_pPr()
            properties.append(OxmlElement("w:rPr"))
            properties[-1].append(tracked("w:del"))
        add("Force will never be used to punish", FOREIGN)(document)
        new = paragraph(document, "Notwithstanding")
        run = new.find(qn("w:r"))
        mark = tracked("w:ins")
        run.addprevious(mark)
        mark.append(run)

    trace = edited(change)
    assert states(trace) == {"use-of-force": "edited", "trainers": "deleted"}
    assert [foreign.tracked for foreign in trace.foreign] == [True]
    assert any("tracked changes" in note for note in trace.notes)


def test_spaces_quotes_numbers_and_divided_paragraphs_do_not_count(edited: Callable[..., Trace]) -> None:
    def retype(document: Any) -> None:
        for text in document.element.body.iter(qn("w:t")):
            text.text = (text.text or "").replace("’", "'").replace("“", '"').replace("”", '"').replace(" ", "  ")

    def divide(document: Any) -> None:
        first = paragraph(document, "Aid  will  be  given  to  all")
        second = copy.deepcopy(first)
        whole = words(first)
        say(first, whole[:60])
        say(second, whole[60:])
        first.addnext(second)

    assert edited(retype).untouched
    assert edited(retype, divide).untouched


def test_numbers_that_word_refreshed_are_no_edit() -> None:
    def renumber(found: Any) -> Any:
        now = {"30": "29", "31": "30"}
        return [type(w)(now.get(w.text, w.text), now.get(w.key, w.key), w.spaced) for w in found]

    old = "if the Force does not act as clauses 30 and 31 require."
    assert difference(old, old, renumber) == ()
    assert difference(old, old.replace("30 and 31", "29 and 30"), renumber) == ()
    assert difference(old, old.replace("30 and 31", "4 and 31"), renumber)
    assert key_of("(b)  the “Force”") == key_of("12.3\tthe 'Force'")


def test_a_clause_emptied_or_rewritten_under_its_heading(edited: Callable[..., Trace]) -> None:
    def rewrite(title: str, text: str) -> Edit:
        def edit(document: Any) -> None:
            _, first, *rest = clause(document, title)
            for element in rest:
                element.getparent().remove(element)
            say(first, text)

        return edit

    secret = "Any quarrel is settled by the military tribunal, whose ruling is final and secret in every respect."
    trace = edited(rewrite("Notices", "[Intentionally omitted]"), rewrite("Disputes between the Parties", secret))
    assert states(trace) == {"notices": "deleted", "disputes": "edited"}
    assert [foreign.text for foreign in trace.foreign] == [secret, "[Intentionally omitted]"]
    assert {change.kind for change in trace["disputes"].changes} == {"deleted", "inserted"}


def test_a_table_cell_and_a_signature(edited: Callable[..., Trace]) -> None:
    def fill(document: Any) -> None:
        for text in document.element.body.iter(qn("w:t")):
            text.text = {"2,500 litres": "9,500 litres", "Ruth Lindqvist": "Jane Roe"}.get(text.text, text.text)

    trace = edited(fill, lambda d: d.sections[0].header.paragraphs[0].add_run(" SECRET draft of the Ministry"))
    assert states(trace)["support-schedule"] == "edited"
    assert any("9,500" in p.text for c in trace["support-schedule"].changes for p in c.pieces if p.kind == "inserted")
    assert "header" in {change.where for change in trace.frame}


def test_the_last_page_may_go_and_a_signature_block_may_not(edited: Callable[..., Trace]) -> None:
    def drop(start: str) -> Edit:
        return lambda document: paragraph(document, start).getparent().remove(paragraph(document, start))

    assert edited(drop("Note to the drafter"), drop("Drafted with mougen")).untouched
    (change,) = edited(drop("Name: Yaw")).frame
    assert (change.kind, change.pieces[0].text) == ("deleted", "Name: Yaw Boateng-Frimpong")


def test_a_draft_in_two_languages(tmp_path: Path) -> None:
    both = ("fr", "en")
    data = mougen.compose(complete("cameroon"), bilingual=both, allow_blanks=True).data
    (tmp_path / "same.docx").write_bytes(data)
    assert mougen.trace(tmp_path / "same.docx").untouched
    document = Document(io.BytesIO(data))
    replace("Aid will not wait", "not ", "")(document)
    paragraph(document, "Force will never be used to punish").getparent().remove(
        paragraph(document, "Force will never be used to punish")
    )
    document.save(str(tmp_path / "back.docx"))
    trace = mougen.trace(tmp_path / "back.docx")
    assert not states(trace)  # the clauses are those of the first language
    assert [change.kind for change in trace.frame] == ["edited", "deleted"]


def test_the_library_of_today_is_compared(draft: bytes, tmp_path: Path) -> None:
    own = tmp_path / "own" / "clauses" / "conduct"
    own.mkdir(parents=True)
    text = (ROOT / "clauses" / "conduct" / "use-of-force.md").read_text(encoding="utf-8")
    (own / "use-of-force.md").write_text(text.replace("shall respect and preserve", "shall preserve"), encoding="utf-8")
    (tmp_path / "back.docx").write_bytes(draft)
    trace = mougen.trace(tmp_path / "back.docx", library=mougen.load_library(tmp_path / "own"))
    assert trace.untouched
    assert trace.library != trace.library_now
    assert [clause.id for clause in trace.clauses if clause.since == "changed"] == ["use-of-force"]


def rezipped(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def damaged(old: bytes, new: bytes) -> Callable[[str, bytes], bytes | None]:
    return lambda name, part: part.replace(old, new) if name.startswith("customXml/item") else part


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name, part: None if name.startswith("customXml/") else part, "no trace of a draft"),
        (damaged(b"strictly necessary", b"useful"), "`use-of-force` are not those that were drafted"),
        (damaged(b"</trace>", b""), "no sound XML"),
        (damaged(b"urn:mougen:trace:1", b"urn:mougen:trace:2"), "later mougen"),
        (damaged(b'id="firearms"', b'id="use-of-force"'), "names a clause twice"),
        (damaged(b'" version="', b'" edition="'), "lacks its version"),
    ],
)
def test_without_a_sound_trace_one_sentence_says_why(
    change: Callable[[str, bytes], bytes | None], said: str, draft: bytes, tmp_path: Path
) -> None:
    (tmp_path / "back.docx").write_bytes(rezipped(draft, change))
    with pytest.raises(mougen.MougenError, match=said) as failure:
        mougen.trace(tmp_path / "back.docx")
    assert len(failure.value.problems) == 1
    assert "back.docx" in str(failure.value)


def command(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["trace", *map(str, arguments)], catch_exceptions=False)


def test_command_exits_by_what_it_finds(draft: bytes, tmp_path: Path) -> None:
    same, back = tmp_path / "same.docx", tmp_path / "back.docx"
    same.write_bytes(draft)
    document = Document(io.BytesIO(draft))
    add("Force will never be used to punish", FOREIGN)(document)
    document.save(str(back))
    untouched, changed = command(same), command(back)
    assert (untouched.exit_code, changed.exit_code) == (0, 1)
    assert "Untouched: all 60 clauses" in untouched.stdout
    assert "1 foreign passages" in changed.stdout
    assert "all means that he" in changed.stdout
    markdown = command(back, "--format", "markdown").stdout
    assert "| clause 6 (Use of force) | `use-of-force` |" in markdown
    assert f"**{FOREIGN}**" in markdown
    read = json.loads(command(back, "--format", "json").stdout)
    assert (read["version"], read["untouched"]) == (1, False)
    assert read["foreign"][0]["text"] == FOREIGN
    assert {clause["version"] for clause in read["clauses"]} >= {mougen.trace(same)["firearms"].version}


def test_command_marks_what_went_and_came(draft: bytes, tmp_path: Path) -> None:
    document = Document(io.BytesIO(draft))
    replace("Personnel will keep harm", "least", "minimum")(document)
    document.save(str(tmp_path / "back.docx"))
    assert "[-least-]" in command(tmp_path / "back.docx").stdout
    assert "{+minimum+}" in command(tmp_path / "back.docx").stdout
    assert "~~least~~ **minimum**" in command(tmp_path / "back.docx", "--format", "markdown").stdout


@pytest.mark.parametrize("name", ["README.md", "no-such.docx"])
def test_command_says_what_it_cannot_read(name: str) -> None:
    result = command(ROOT / name)
    assert result.exit_code == 2
    assert name in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
