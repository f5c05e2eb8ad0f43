"""The worked examples of CONTRIBUTING.md: a fifteenth country and a fifth language, from a folder by `--library`."""

from __future__ import annotations

import re
import string
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from deals import ROOT, text_of

import mougen
from mougen.clause import Clause
from mougen.cli import main
from mougen.deal import read_deal
from mougen.draft.plan import Plan, make_plan
from mougen.errors import DataError, DealError
from mougen.language import languages, load_language
from mougen.library import bundled_library, load_library
from mougen.requirement import FACTS

EXAMPLES = ROOT / "docs" / "examples"
LIBRARY = load_library(EXAMPLES)
CASES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((EXAMPLES / "cases").iterdir())}
OWN = sorted(set(LIBRARY.jurisdictions) - set(bundled_library().jurisdictions))
TRANSLATED = [clause for variants in LIBRARY.clauses.values() for clause in variants if clause.language == "it"]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def deal_of(name: str, **changed: object) -> dict[str, object]:
    return {**tomllib.loads((EXAMPLES / "deals" / CASES[name]["deal"]).read_text("utf-8")), **changed}


def plan_of(name: str, **changed: object) -> Plan:
    return make_plan(read_deal(deal_of(name, **changed)), LIBRARY)


def test_the_examples_have_no_fault() -> None:
    done = run("validate", EXAMPLES)
    assert (done.exit_code, "no fault found" in done.output) == (0, True)


def test_each_example_country_has_a_case() -> None:
    assert sorted(CASES) == OWN


@pytest.mark.parametrize("name", CASES)
def test_a_draft_has_the_clauses_that_the_country_needs(name: str) -> None:
    ids = {item.id for item in plan_of(name).items}
    assert ids.issuperset(CASES[name]["clauses_in"])
    assert ids.isdisjoint(CASES[name]["clauses_out"])


@pytest.mark.parametrize("name", CASES)
def test_a_draft_says_what_it_must_and_nothing_that_it_may_not(name: str) -> None:
    text = " ".join(text_of(plan_of(name)).replace("’", "'").replace("\u00a0", " ").split())
    assert [said for said in CASES[name]["says"] if said not in text] == []
    assert [said for said in CASES[name]["never"] if re.search(rf"(?<!\w){re.escape(said)}", text)] == []


@pytest.mark.parametrize("name", CASES)
def test_the_command_line_drafts_it_and_the_review_finds_nothing_required_missing(name: str, tmp_path: Path) -> None:
    deal, made = EXAMPLES / "deals" / CASES[name]["deal"], tmp_path / "made.docx"
    assert run("plan", deal, "--library", EXAMPLES).exit_code == 0
    done = run("draft", deal, "--library", EXAMPLES, "-o", made)
    assert done.exit_code == 0, done.output
    facts = {fact: fact in read_deal(deal).facts.true for fact in FACTS}
    review = mougen.review_agreement(made, facts=facts, library=LIBRARY)
    assert review.ok, (review.gaps, review.red_flags)


def test_without_the_folder_the_country_is_not_known() -> None:
    done = run("plan", EXAMPLES / "deals" / "ruritania-tin.toml")
    assert done.exit_code == 2
    assert "`ruritania` is not a jurisdiction that mougen has" in done.output


def test_no_agreement_is_made_with_an_institution_that_may_not_sign() -> None:
    with pytest.raises(DealError, match="mougen drafts no agreement with the Royal Army"):
        plan_of("ruritania", forces=[{"institution": "royal-army"}])


def test_nothing_in_the_example_passes_for_a_fact() -> None:
    country = LIBRARY.jurisdictions["ruritania"]
    invented = {source.id for source in country.sources if source.title.startswith("Invented")}
    assert {(fact.confidence, fact.source in invented) for _, fact in country.facts()} == {("recalled-low", True)}


def test_the_fifth_language_is_drafted_and_traced(tmp_path: Path) -> None:
    deal, made = tmp_path / "deal.toml", tmp_path / "made.docx"
    text = (EXAMPLES / "deals" / "ruritania-tin.toml").read_text("utf-8")
    deal.write_text(text.replace("version = 1\n", 'version = 1\nlanguage = "it"\n'), "utf-8")
    done = run("draft", deal, "--library", EXAMPLES, "-o", made)
    assert done.exit_code == 0, done.output
    assert "not covered" in done.output  # three clauses are there so far, and the command says what that leaves open
    read = run("read", made).output
    for said in (
        "Memorandum d’intesa su sicurezza e diritti umani",
        "Il presente Accordo è concluso il 1º dicembre 2026 tra:",
        "Gendarmeria Reale (RG), istituzione dello Stato (Regno di Ruritania)",
        "Firmato in nome e per conto di",
        "Pagina 1 di 1",
    ):
        assert said in read
    traced = run("trace", made, "--library", EXAMPLES)
    assert (traced.exit_code, "Untouched: all 3 clauses" in traced.output) == (0, True)
    assert "`it` is not a language that mougen writes; known: en, es, fr, pt" in run("trace", made).output


@pytest.mark.parametrize("clause", TRANSLATED, ids=lambda clause: clause.path)
def test_a_clause_of_the_fifth_language_prints_what_its_original_prints(clause: Clause) -> None:
    def printed(text: str) -> Counter[str]:
        return Counter(re.findall(r"\{\{ *([\w.]+)", text))

    original = LIBRARY.clause(clause.id)
    assert original
    assert set(printed(clause.body)) == set(printed(original.body))
    assert (clause.kind, clause.order, clause.meets) == (original.kind, original.order, original.meets)


def test_words_of_the_fifth_language_have_the_same_places_for_values() -> None:
    def places(text: str) -> list[str]:
        return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)

    words = LIBRARY.language("it").words
    assert words
    assert [english for english, said in words.items() if places(english) != places(said)] == []
    assert set(words) <= set(load_language("es").words)  # nothing is said that no part of mougen asks for


def test_a_folder_adds_words_to_a_bundled_language(tmp_path: Path) -> None:
    own = tmp_path / "languages" / "fr" / "words" / "own.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[words]\n"Page" = "Feuillet"\n', "utf-8")
    library = load_library(tmp_path)
    assert library.language("fr").say("Page") == "Feuillet"
    assert library.language("fr").say("Annex") == load_language("fr").say("Annex")
    assert load_language("fr").say("Page") == "Page"
    assert library.digest != bundled_library().digest
    assert "it" not in languages()


def test_a_fault_in_a_language_is_named_with_its_file(tmp_path: Path) -> None:
    own = tmp_path / "languages" / "it"
    own.mkdir(parents=True)
    good = (EXAMPLES / "languages" / "it" / "language.toml").read_text("utf-8")
    (own / "language.toml").write_text(good.replace("tag =", "tags ="), "utf-8")
    with pytest.raises(DataError, match=r'languages/it/language.toml:\d+: "tags" is not a known field'):
        load_library(tmp_path)


def test_contributing_names_files_that_are_there() -> None:
    named = re.findall(r"docs/examples[\w./-]*\w", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
