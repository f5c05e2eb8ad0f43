"""The command line: what it prints where, what it writes, and how it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mougen.cli import main
from mougen.library import bundled_library

ROOT = Path(__file__).resolve().parent.parent
DEAL, POOR = ROOT / "samples" / "deals" / "ghana-gold.toml", ROOT / "samples" / "agreements" / "bad-neighbour.md"


def mougen(*arguments: object, input: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=input, catch_exceptions=False)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class TestStart:
    def test_help_is_quick(self) -> None:
        script = (
            "import sys, mougen.cli\n"
            "try: mougen.cli.main(['--help'])\n"
            "except SystemExit: pass\n"
            "print([n for n in ('spacy', 'docx', 'docxtpl', 'jinja2', 'lxml', 'numpy') if n in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.endswith("[]\n")
        assert "Exit codes: 0 clean, 1 gaps in required items, 2 could not do it." in done.stdout

    def test_runs_as_a_module_and_says_its_version(self) -> None:
        done = subprocess.run([sys.executable, "-m", "mougen", "--version"], capture_output=True, text=True, check=True)
        assert done.stdout.startswith("mougen 0.1.0, library ")
        assert len(done.stdout.split()[-1]) == 12

    def test_unknown_command_exits_2(self) -> None:
        assert mougen("check").exit_code == 2

    def test_an_unforeseen_failure_is_not_hidden(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("mougen.library.bundled_library", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            mougen("validate")


class TestDraft:
    def test_writes_word_and_prints_nothing_on_stdout(self) -> None:
        result = mougen("draft", DEAL, "-o", "out.docx", "--allow-blanks")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "out.docx: " in result.stderr
        assert Path("out.docx").read_bytes().startswith(b"PK")

    def test_names_the_file_after_the_deal(self) -> None:
        assert mougen("draft", DEAL, "--allow-blanks").exit_code == 0
        assert Path("ghana-gold.docx").is_file()

    def test_a_form_alone_and_a_letter_where_no_agreement_may_be_made(self) -> None:
        for id in ("incident-report", "withdrawal-request"):
            assert mougen("draft", DEAL, "--annex", id).exit_code == 0
            assert Path(f"ghana-gold-{id}.docx").is_file()
        refused = DEAL.with_name("myanmar-refused.toml")
        assert mougen("draft", refused).exit_code == 2
        assert mougen("draft", refused, "--annex", "disengagement-letter", "--allow-blanks").exit_code == 0
        other = mougen("draft", refused, "--annex", "withdrawal-request")
        assert (other.exit_code, "drafts no agreement for Myanmar" in other.stderr) == (2, True)

    def test_a_form_that_there_is_not(self) -> None:
        told = mougen("draft", DEAL, "--annex", "incident-reprot")
        assert told.exit_code == 2
        assert "did you mean `incident-report`?" in told.stderr

    def test_never_overwrites_without_force(self) -> None:
        Path("out.docx").write_text("mine", encoding="utf-8")
        result = mougen("draft", DEAL, "-o", "out.docx", "--allow-blanks")
        assert result.exit_code == 2
        assert result.stderr == "out.docx: the file exists; name another or use --force to replace it\n"
        assert Path("out.docx").read_text(encoding="utf-8") == "mine"
        assert mougen("draft", DEAL, "-o", "out.docx", "--allow-blanks", "--force").exit_code == 0
        assert Path("out.docx").read_bytes().startswith(b"PK")

    def test_missing_fields_are_listed_and_nothing_is_written(self) -> None:
        Path("d.toml").write_text('jurisdiction = "kenya"\n[[forces]]\ninstitution = "national-police-service"\n')
        result = mougen("draft", "d.toml", "-o", "out.docx")
        assert result.exit_code == 2
        assert "`company.name` is missing" in result.stderr
        assert "`site.name` is missing" in result.stderr
        assert [path.name for path in Path().iterdir()] == ["d.toml"]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('jurisdiction = "gahna"\n[[forces]]\ninstitution = "police"\n', "did you mean `ghana`?"),
            ('juristiction = "ghana"\nforces = []\n', "did you mean `jurisdiction`?"),
            ("jurisdiction = \n", "d.toml:1: not valid TOML"),
        ],
    )
    def test_a_faulty_deal_is_answered_with_its_place(self, text: str, said: str) -> None:
        Path("d.toml").write_text(text)
        for verb in ("draft", "plan"):
            result = mougen(verb, "d.toml")
            assert result.exit_code == 2
            assert said in result.stderr

    @pytest.mark.parametrize("path", ["absent.toml", "."])
    def test_a_deal_that_is_not_a_file(self, path: str) -> None:
        result = mougen("draft", path)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"{path}: ")

    def test_an_output_folder_that_is_not_there(self) -> None:
        result = mougen("draft", DEAL, "-o", "no/out.docx", "--allow-blanks")
        assert (result.exit_code, result.stderr) == (2, "no: there is no such folder; make it first\n")


class TestPlan:
    def test_text_shows_each_clause_with_its_reason(self) -> None:
        result = mougen("plan", DEAL)
        assert "[use-of-force]" in result.stdout
        assert "meets conduct-force-necessity (required)" in result.stdout
        assert max(map(len, result.stdout.splitlines())) <= 80

    def test_json_and_markdown(self) -> None:
        wire = json.loads(mougen("plan", DEAL, "--format", "json").stdout)
        assert wire["version"] == 1
        assert "use-of-force" in [clause["clause"] for clause in wire["clauses"]]
        assert "| No. | Clause |" in mougen("plan", DEAL, "--format", "markdown").stdout

    def test_missing_fields_exit_1(self) -> None:
        Path("d.toml").write_text('jurisdiction = "kenya"\n[[forces]]\ninstitution = "national-police-service"\n')
        result = mougen("plan", "d.toml")
        assert result.exit_code == 1
        assert "company.name: Full corporate name of the company." in result.stdout


class TestReview:
    def test_gaps_exit_1_unless_told_otherwise(self) -> None:
        assert mougen("review", POOR).exit_code == 1
        assert mougen("review", POOR, "--exit-zero").exit_code == 0

    def test_report_is_on_stdout_and_plain_when_not_on_a_terminal(self) -> None:
        result = mougen("review", POOR)
        assert "GAPS IN REQUIRED ITEMS" in result.stdout
        assert "\x1b" not in result.stdout
        assert result.stderr == ""
        assert "\x1b[" in mougen("review", POOR, "--color").stdout

    def test_jsonl_is_one_line_a_file_in_order_and_an_unreadable_one_is_told(self) -> None:
        Path("empty.txt").write_bytes(b"")
        result = mougen("review", POOR, "empty.txt", "absent.docx", POOR, "--format", "jsonl")
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        assert [line["file"] for line in lines] == [str(POOR), "empty.txt", "absent.docx", str(POOR)]
        assert set(lines[1]) == {"version", "file", "error"}
        assert lines[0]["findings"] == lines[3]["findings"]
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 2

    def test_text_of_an_unreadable_file_is_only_on_stderr(self) -> None:
        result = mougen("review", "absent.docx")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "absent.docx" in result.stderr

    def test_the_same_file_gives_the_same_bytes(self) -> None:
        for format in ("json", "html"):
            assert (
                mougen("review", POOR, "--format", format).stdout == mougen("review", POOR, "--format", format).stdout
            )

    def test_the_report_speaks_the_language_that_is_asked_for(self) -> None:
        for code, words in (("fr", "lacunes"), ("es", "Requisitos"), ("pt", "requisitos")):
            assert words in mougen("review", POOR, "--lang", code).stdout
        told = mougen("review", POOR, "--lang", "xx")
        assert told.exit_code == 2
        assert "`xx` is not a language that mougen writes; known: en, es, fr, pt" in told.stderr

    def test_writes_the_report_and_never_overwrites(self) -> None:
        arguments = ("review", POOR, "--format", "html", "-o", "out.html", "--exit-zero")
        assert (mougen(*arguments).exit_code, mougen(*arguments).exit_code) == (0, 2)
        assert Path("out.html").read_text(encoding="utf-8").startswith("<!doctype html>")
        assert mougen(*arguments, "--force").exit_code == 0
        assert [path.name for path in Path().iterdir()] == ["out.html"]

    def test_never_writes_over_what_it_reads_or_over_a_device(self) -> None:
        Path("a.md").write_bytes(POOR.read_bytes())
        Path("link").symlink_to("a.md")
        for output, said in (
            ("a.md", "read by the same command"),
            ("link", "same command"),
            ("/dev/null", "regular file"),
        ):
            result = mougen("review", "a.md", "-o", output, "--force")
            assert (result.exit_code, result.stdout) == (2, "")
            assert said in result.stderr
        assert Path("a.md").read_bytes() == POOR.read_bytes()

    def test_writes_through_a_link(self) -> None:
        Path("real.html").write_text("old")
        Path("link.html").symlink_to("real.html")
        mougen("review", POOR, "--format", "html", "-o", "link.html", "--force")
        assert Path("link.html").is_symlink()
        assert Path("real.html").read_text(encoding="utf-8").startswith("<!doctype html>")

    def test_a_reader_that_leaves_early_is_no_failure_to_shout_about(self) -> None:
        command = f"{sys.executable} -m mougen review {POOR} {POOR} {POOR} | head -1"
        done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
        assert "Traceback" not in done.stderr

    def test_reads_text_from_stdin(self) -> None:
        text = POOR.read_bytes()
        wire = json.loads(mougen("review", "-", "--format", "json", input=text).stdout)
        assert wire["file"] == "-"
        assert wire["findings"]

    def test_facts_are_given(self) -> None:
        wire = json.loads(mougen("review", POOR, "--fact", "armed_conflict=no", "--format", "json").stdout)
        assert wire["facts"]["armed_conflict"] == {"value": False, "basis": "given", "passage": ""}

    def test_faulty_facts_are_all_told_at_once(self) -> None:
        result = mougen("review", POOR, "--fact", "firearm=yes", "--fact", "gbv_risk=maybe", "--fact", "firearms")
        assert result.exit_code == 2
        assert result.stderr.splitlines() == [
            "--fact firearm=yes: `firearm` is not a fact; did you mean `firearms`?",
            "--fact gbv_risk=maybe: say gbv_risk=yes or gbv_risk=no",
            "--fact firearms: say firearms=yes or firearms=no",
        ]

    def test_an_unknown_format_is_a_usage_error(self) -> None:
        assert mougen("review", POOR, "--format", "pdf").exit_code == 2

    def test_a_name_of_odd_bytes_is_survived(self) -> None:
        odd = Path("a\udcff b.txt")
        try:
            odd.write_bytes(POOR.read_bytes())
        except OSError:
            pytest.skip("this file system refuses such names")
        assert mougen("review", odd, "--format", "jsonl").exit_code == 1


class TestRead:
    def test_each_paragraph_once_with_number_and_place(self) -> None:
        lines = mougen("read", POOR).stdout.splitlines()
        assert sum("zero tolerance" in line for line in lines) == 1
        assert any("[table 1, row 4]" in line and "Rubber rounds" in line for line in lines)

    def test_json_has_spans_that_index_the_text(self) -> None:
        wire = json.loads(mougen("read", POOR, "--format", "json").stdout)
        text = "\n".join(paragraph["text"] for paragraph in wire["paragraphs"])
        assert all(text[p["start"] : p["end"]] == p["text"] for p in wire["paragraphs"])

    def test_stdin_and_faults(self) -> None:
        assert mougen("read", "-", input=b"One.\n\nTwo.\n").stdout.split() == ["1", "One.", "2", "Two."]
        assert mougen("read", "absent.docx").exit_code == 2


class TestCatalogue:
    @pytest.mark.parametrize(
        ("id", "words"),
        [
            ("conduct-force-necessity", "Requirement 4: "),
            ("use-of-force", "Clause: Use of force"),
            ("immunity", "Red flag: Immunity or indemnity"),
            ("kenya", "Jurisdiction: Kenya"),
            ("VPs", "Work: Voluntary Principles on Security and Human Rights"),
        ],
    )
    def test_explain(self, id: str, words: str) -> None:
        assert mougen("explain", id).stdout.startswith(words)

    def test_explain_offers_the_nearest_spelling(self) -> None:
        result = mougen("explain", "conduct-force-neccessity")
        assert result.exit_code == 2
        assert "did you mean `conduct-force-necessity`?" in result.stderr

    @pytest.mark.parametrize("kind", ["requirements", "clauses", "jurisdictions", "red-flags"])
    def test_list_says_the_same_in_every_format(self, kind: str) -> None:
        rows = json.loads(mougen("list", kind, "--format", "json").stdout)
        first = str(list(rows[-1].values())[1])
        for format in ("text", "markdown"):
            listed = mougen("list", kind, "--format", format).stdout
            assert first in listed
            assert len(listed.splitlines()) == len(rows) + (1 if format == "text" else 2)

    def test_everything_listed_is_explained(self) -> None:
        for kind, key in (("requirements", "requirement"), ("clauses", "clause"), ("red-flags", "red_flag")):
            for row in json.loads(mougen("list", kind, "--format", "json").stdout):
                assert mougen("explain", row[key]).exit_code == 0

    def test_validate_counts_what_it_checked(self) -> None:
        assert "no fault found" in mougen("validate").stdout

    def test_validate_names_file_line_and_spelling(self, tmp_path: Path) -> None:
        (tmp_path / "clauses" / "conduct").mkdir(parents=True)
        text = '+++\ntitle = "X"\norder = 1\nmeats = []\n+++\nText.\n'
        (tmp_path / "clauses" / "conduct" / "extra.md").write_text(text)
        result = mougen("validate", tmp_path)
        assert result.exit_code == 2
        assert "extra.md:4: " in result.stderr
        assert "did you mean `meets`?" in result.stderr

    def test_validate_compiles_clause_texts(self, tmp_path: Path) -> None:
        (tmp_path / "clauses" / "conduct").mkdir(parents=True)
        text = '+++\ntitle = "X"\norder = 1\n+++\n{% if facts.firearms %}Never closed.\n'
        (tmp_path / "clauses" / "conduct" / "extra.md").write_text(text)
        result = mougen("validate", tmp_path)
        assert result.exit_code == 2
        assert "extra.md" in result.stderr

    def test_facts_that_are_due_are_listed(self) -> None:
        due = mougen("jurisdictions", "check", "ghana", "--on", "2026-12-01")
        assert due.exit_code == 1
        assert "recalled" in due.stdout
        assert "too long ago" not in due.stdout
        later = mougen("jurisdictions", "check", "ghana", "--on", "2028-12-01", "--format", "json")
        rows = json.loads(later.stdout)
        assert len(rows) == len(list(bundled_library().jurisdiction("ghana").facts()))
        assert all("too long ago" in row["why"] for row in rows)

    def test_an_age_that_is_none(self) -> None:
        told = mougen("jurisdictions", "check", "--older-than", "a year")
        assert (told.exit_code, told.stderr) == (2, "--older-than a year: say a number and d, m or y, as in 18m\n")

    def test_schema_is_a_json_schema(self) -> None:
        schema = json.loads(mougen("schema").stdout)
        assert schema["title"] == "mougen deal file"
        assert "jurisdiction" in schema["required"]


class TestNewAndDemo:
    def test_a_new_deal_can_be_planned(self) -> None:
        result = mougen("new", "deal", "--jurisdiction", "ghana", "-o", "deal.toml")
        assert (result.exit_code, result.stdout) == (0, "")
        assert mougen("plan", "deal.toml").exit_code == 1
        assert mougen("draft", "deal.toml", "-o", "x.docx", "--allow-blanks").exit_code == 0
        assert mougen("new", "deal", "--jurisdiction", "ghana", "-o", "deal.toml").exit_code == 2

    def test_a_new_deal_for_nowhere(self) -> None:
        result = mougen("new", "deal", "--jurisdiction", "atlantis")
        assert (result.exit_code, result.stdout) == (2, "")

    def test_demo_writes_and_prints_both(self) -> None:
        result = mougen("demo", "made")
        assert result.exit_code == 0
        assert {path.name for path in Path("made").iterdir()} == {
            "deal.toml",
            "draft.docx",
            "agreement.md",
            "review.html",
        }
        assert "[use-of-force]" in result.stdout
        assert "GAPS IN REQUIRED ITEMS" in result.stdout
        assert mougen("demo", "made").exit_code == 2
        assert mougen("demo", "made", "--force").exit_code == 0
