"""The negotiation brief: what the deal gives up, the ladders, what is open, and who may not see it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from deals import ALL, LIBRARY, NONE, complete
from lxml import etree

from mougen.api import brief, make_plan
from mougen.cli import main
from mougen.draft.brief import Brief
from mougen.draft.brief.parts import DISCLAIMER, FOR_WHOM, parts_of
from mougen.draft.package import W, check_package
from mougen.language import Language, load_language

ROOT = Path(__file__).resolve().parent.parent.parent
DEAL = ROOT / "samples" / "deals" / "ghana-gold.toml"
CONCEDED = {
    "fallback": ["payments", "suspension"],
    "weak": ["vetting"],
    "drop": ["community-forum", "allegation-reports"],
}
HOMES = {"en": "ghana", "fr": "cameroon", "es": "peru", "pt": "mozambique"}


def made(country: str = "ghana", **changes: Any) -> Brief:
    return brief({**complete(country), "clauses": CONCEDED, **changes})


def text_of(data: bytes) -> str:
    tree = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in tree.iter(f"{W}p"))


class TestFacts:
    def test_every_clause_below_its_first_wording_is_a_concession(self) -> None:
        rungs = {p.id: p.rung for p in made().concessions}
        assert rungs == {
            "vetting": "weak",
            "payments": "fallback",
            "suspension": "fallback",
            "community-forum": "left out",
            "allegation-reports": "left out",
        }

    def test_what_is_lost_has_the_severity_that_the_facts_give_it(self) -> None:
        lost = {a.id: (a.severity, a.core) for a in made().lost}
        assert lost == {
            "vetting-exclusion": ("required", True),
            "violations-allegation-report": ("required", False),
            "monitoring-community-forum": ("required", False),
        }
        calm = {a.id: a.severity for a in made(facts=NONE, support=[]).lost}
        assert calm["monitoring-community-forum"] == "recommended"

    def test_a_requirement_that_another_clause_carries_is_not_lost(self) -> None:
        for position in made().concessions:
            base = LIBRARY.clauses[position.id][0]
            plan = made().plan
            carried = {id for item in plan.items for id in item.clause.meets}
            assert [a.id for a in position.lost] == [id for id in base.meets if id not in carried]

    def test_a_clause_that_is_left_out_takes_the_advice_of_its_lowest_wording(self) -> None:
        reports = next(p for p in made().concessions if p.id == "allegation-reports")
        weak = LIBRARY.clause("allegation-reports", rung="weak")
        assert weak is not None
        assert (reports.now.risk, reports.now.outside) == (weak.risk, weak.outside)
        assert "violations-procedure" in reports.referred

    def test_a_clause_that_the_facts_rule_out_is_no_concession(self) -> None:
        clauses = {"drop": ["payments"], "weak": ["support-conditions"]}
        assert brief({**complete(facts=NONE), "clauses": clauses}).concessions == ()

    def test_every_contested_clause_has_its_ladder_from_the_top(self) -> None:
        contested = made().contested
        assert {p.id for p in contested} == {c.id for v in LIBRARY.clauses.values() for c in v if c.rung == "weak"}
        assert {tuple(rung.name for rung in p.ladder) for p in contested} == {("preferred", "fallback", "weak")}
        assert all(p.red_line for p in contested)

    def test_the_table_has_a_row_for_each_requirement_that_applies(self) -> None:
        rows = {row.asked.id: row for row in made().rows}
        assert set(rows) == {r.id for r in LIBRARY.requirements.values() if r.applies_to(frozenset(ALL))}
        assert (rows["vetting-exclusion"].rung, rows["vetting-exclusion"].carried) == ("weak", False)
        assert (rows["violations-suspension"].rung, rows["violations-suspension"].carried) == ("fallback", True)
        assert [p.id for p in rows["monitoring-community-forum"].positions] == ["community-forum"]

    def test_blanks_are_counted_where_the_requirement_is_carried(self) -> None:
        deal = complete()
        del deal["terms"]["clearance_date"]
        rows = {row.asked.id: row.blanks for row in brief(deal).rows}
        assert rows["governing-authority-binding"] == 1
        assert rows["conduct-vps"] == 0

    def test_a_plan_and_its_deal_give_the_same_brief(self) -> None:
        plan = make_plan({**complete(), "clauses": CONCEDED})
        assert brief(plan).markdown() == made().markdown()


class TestForms:
    def test_it_says_first_for_whom_it_is_and_what_it_is_not(self) -> None:
        head = made().markdown().split("\n## ")[0]
        assert "**Confidential**" in head
        assert FOR_WHOM.replace("'", "’") in head
        assert "no legal advice" in head

    def test_markdown_names_cost_red_lines_and_what_is_open(self) -> None:
        text = made().markdown()
        for words in (
            "Vetting and exclusion: weak",
            "**Residual risk:** A person whom the Company knows",
            "**Outside the agreement:** The Company makes its own check",
            "**Requirements no longer met:** Nobody implicated in abuses is assigned (required, core)",
            "Community Forum: left out",
            "Answers: vetting is secret",
            "Never pay or give anything to an individual",
            "| Requirement | Clause | Wording | Status | Owner | Date |",
            "| weak | **not met** |  |  |",
        ):
            assert words in text, words

    def test_a_deal_that_concedes_nothing_says_so(self) -> None:
        text = brief(complete()).markdown()
        assert "Nothing: no clause is left out" in text
        assert "**not met**" not in text

    def test_no_value_of_the_deal_becomes_markup(self) -> None:
        deal = complete()
        deal["site"]["name"] = deal["company"]["name"] = deal["forces"][0]["unit"] = "**A** | <b> & {x}"
        written = brief({**deal, "clauses": CONCEDED})
        assert r"\*\*A\*\* \| \<b\> \& {x}" in written.markdown()
        assert not list(check_package(written.docx()))
        assert "**A** | <b> & {x}" in text_of(written.docx())

    def test_json_holds_the_same_facts(self) -> None:
        wire = json.loads(made().json())
        assert (wire["version"], wire["confidential"], wire["language"]) == (1, True, "en")
        assert {c["clause"] for c in wire["concessions"]} == {p.id for p in made().concessions}
        vetting = next(c for c in wire["concessions"] if c["clause"] == "vetting")
        assert [a["id"] for a in vetting["no_longer_met"]] == ["vetting-exclusion"]
        assert len(wire["requirements"]) == len(made().rows)
        assert all((row["owner"], row["date"]) == ("", "") for row in wire["requirements"])
        assert [r["clause"] for r in wire["red_lines"]] == [p.id for p in made().red_lines]

    def test_the_same_deal_gives_the_same_bytes(self) -> None:
        assert made().docx() == made().docx()
        assert made().json() == made().json()

    @pytest.mark.parametrize(("language", "country"), HOMES.items())
    def test_word_is_sound_confidential_and_says_what_markdown_says(self, language: str, country: str) -> None:
        written = made(country, language=language)
        data = written.docx()
        assert not list(check_package(data))
        text = text_of(data)
        for part in parts_of(written):
            for cell in (part.runs, *(cell for row in part.rows for cell in row)):
                assert "".join(run.text for run in cell) in text
        package = zipfile.ZipFile(io.BytesIO(data))
        confidential = load_language(language).say("Confidential")
        for part_name in ("word/header1.xml", "word/footer1.xml"):
            assert confidential in package.read(part_name).decode()
        document = package.read("word/document.xml").decode()
        assert document.count("<w:tblHeader/>") == document.count("<w:tbl>")

    @pytest.mark.parametrize(("country", "width"), [("ghana", "11906"), ("colombia", "12240")])
    def test_the_paper_is_that_of_the_country(self, country: str, width: str) -> None:
        assert (
            f'w:w="{width}"'
            in zipfile.ZipFile(io.BytesIO(brief(complete(country)).docx())).read("word/document.xml").decode()
        )

    @pytest.mark.parametrize("language", ["es", "fr", "pt"])
    def test_every_word_of_the_brief_is_there_in_the_language(
        self, language: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said: set[str] = set()
        say = Language.say

        def noted(self: Language, english: str, **values: Any) -> str:
            said.add(english)
            return say(self, english, **values)

        deal = complete(HOMES[language])
        for table in ("company", "site", "project", "investment", "date"):
            del deal[table]
        for rows in ("support", "contacts", "signatories"):
            deal[rows] = [
                {k: v if k in ("level", "side", "equipment") else "" for k, v in r.items()} for r in deal[rows]
            ]
        deal["forces"] = [{"institution": force["institution"]} for force in deal["forces"]]
        plan = make_plan({**deal, "language": language, "clauses": CONCEDED})
        written = brief(plan)
        spoken = {p.title for p in written.positions} | {m.asks for m in plan.missing if m.path.startswith("terms.")}
        monkeypatch.setattr(Language, "say", noted)
        list(parts_of(written))
        assert DISCLAIMER in said
        assert not {words for words in said - spoken if words not in load_language(language).words}


def mougen(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


class TestCommand:
    @pytest.fixture(autouse=True)
    def _elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

    @pytest.fixture
    def conceded(self) -> Path:
        path = Path("soft.toml")
        text = DEAL.read_text(encoding="utf-8")
        path.write_text(f'{text}\n[clauses]\nfallback = ["payments"]\nweak = ["vetting"]\n', encoding="utf-8")
        return path

    def test_markdown_goes_to_stdout_and_a_clean_deal_exits_0(self) -> None:
        result = mougen("brief", DEAL)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith("# Negotiation brief\n")

    def test_a_required_item_given_up_exits_1_and_is_named(self, conceded: Path) -> None:
        result = mougen("brief", conceded, "--format", "json")
        assert result.exit_code == 1
        assert result.stderr == "no longer met: vetting-exclusion\n"
        assert json.loads(result.stdout)["confidential"]

    def test_a_fallback_alone_exits_0(self) -> None:
        Path("d.toml").write_text(
            DEAL.read_text(encoding="utf-8") + '\n[clauses]\nfallback = ["payments"]\n', encoding="utf-8"
        )
        assert mougen("brief", "d.toml").exit_code == 0

    def test_word_is_named_after_the_deal_and_never_printed(self, conceded: Path) -> None:
        result = mougen("brief", conceded, "--format", "docx")
        assert (result.exit_code, result.stdout) == (1, "")
        assert Path("soft-brief.docx").read_bytes().startswith(b"PK")
        assert "soft-brief.docx: 2 concessions, " in result.stderr

    def test_nothing_is_overwritten_without_force(self) -> None:
        out = Path("out.md")
        out.write_text("mine", encoding="utf-8")
        result = mougen("brief", DEAL, "-o", out)
        assert (result.exit_code, out.read_text(encoding="utf-8")) == (2, "mine")
        assert result.stderr == "out.md: the file exists; name another or use --force to replace it\n"
        assert mougen("brief", DEAL, "-o", out, "--force").exit_code == 0
        assert out.read_text(encoding="utf-8").startswith("# Negotiation brief")

    def test_the_deal_itself_is_never_the_output(self, conceded: Path) -> None:
        before = conceded.read_text(encoding="utf-8")
        assert mougen("brief", conceded, "-o", conceded, "--force").exit_code == 2
        assert conceded.read_text(encoding="utf-8") == before

    def test_a_faulty_deal_is_answered_with_its_place(self) -> None:
        Path("d.toml").write_text('jurisdiction = "gahna"\n[[forces]]\ninstitution = "police"\n')
        result = mougen("brief", "d.toml")
        assert result.exit_code == 2
        assert "did you mean `ghana`?" in result.stderr

    @pytest.mark.parametrize("format", ["text", "markdown", "json"])
    def test_the_plan_shows_the_rung_and_what_it_gives_up(self, conceded: Path, format: str) -> None:
        said = " ".join(mougen("plan", conceded, "--format", format).stdout.split())
        weak = LIBRARY.clause("vetting", rung="weak")
        assert weak is not None
        assert weak.gives_up.split(":")[0] in said
        assert ('"rung": "weak"' if format == "json" else "weak wording; it gives up") in said
        assert "no longer meets vetting-exclusion (required)" in said
        clean = mougen("plan", DEAL, "--format", format).stdout
        assert '"rung": "weak"' not in clean
        assert "gives up:" not in clean
