"""The library: bundled data fits together, and a fault in a file is named with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from deals import ROOT

from mougen.errors import DataError
from mougen.library import bundled_library, load_library

BAD = ROOT / "tests" / "bad"
LIBRARY = bundled_library()
CLAUSES = [clause for variants in LIBRARY.clauses.values() for clause in variants]


def problems_of(folder: Path) -> tuple[str, ...]:
    with pytest.raises(DataError) as caught:
        load_library(folder)
    return caught.value.problems


@pytest.mark.parametrize("path", sorted((BAD / "clauses").glob("*.md")), ids=lambda path: path.stem)
def test_a_bad_clause_is_named_with_its_line(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    copy = tmp_path / "clauses" / "conduct" / path.name
    copy.parent.mkdir(parents=True)
    copy.write_text(text, encoding="utf-8")
    (expected,) = re.findall(r"^# expect: (.*)$", text, re.M)
    (problem,) = problems_of(tmp_path)
    assert re.match(rf"clauses/conduct/{re.escape(path.name)}:\d+: ", problem)
    assert expected in problem


@pytest.mark.parametrize("path", sorted((BAD / "jurisdictions").glob("*.toml")), ids=lambda path: path.stem)
def test_a_bad_jurisdiction_is_named_with_its_line(path: Path, tmp_path: Path) -> None:
    """Each bad file says what to replace in the file of Ghana, by what, and what is then said."""
    old, new, expected = (part.strip() for part in path.read_text(encoding="utf-8").split("\n---\n"))
    good = (ROOT / "jurisdictions" / "ghana.toml").read_text(encoding="utf-8")
    copy = tmp_path / "jurisdictions" / "ghana.toml"
    copy.parent.mkdir()
    copy.write_text(good.replace(old, new, 1), encoding="utf-8")
    problems = problems_of(tmp_path)
    assert re.match(r"jurisdictions/ghana.toml:\d+: ", problems[0])
    assert expected in problems[0]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such folder"):
        load_library(tmp_path / "absent")


def test_faults_of_several_files_come_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        file = tmp_path / "clauses" / "conduct" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("no fence", encoding="utf-8")
    assert len(problems_of(tmp_path)) == 2


def test_files_that_are_not_utf8_are_named_at_once(tmp_path: Path) -> None:
    names = ("clauses/conduct/one.md", "jurisdictions/atlantis.toml", "languages/xx/language.toml")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes('name = "Météo"\n'.encode("latin-1"))
    assert set(problems_of(tmp_path)) == {f"{name}: not UTF-8 text; save it as UTF-8" for name in names}


def test_a_file_saved_on_windows_is_the_same(tmp_path: Path) -> None:
    content = (ROOT / "clauses" / "conduct" / "medical-aid.md").read_bytes()
    found = []
    for name, saved in (("unix", content), ("windows", content.replace(b"\n", b"\r\n"))):
        own = tmp_path / name / "clauses" / "conduct"
        own.mkdir(parents=True)
        (own / "medical-aid.md").write_bytes(saved)
        library = load_library(tmp_path / name)
        found.append((library.digest, library.clause("medical-aid")))
    assert found[0] == found[1] == (LIBRARY.digest, LIBRARY.clause("medical-aid"))


def test_a_clause_in_an_unknown_folder_is_said(tmp_path: Path) -> None:
    file = tmp_path / "clauses" / "conducts" / "one.md"
    file.parent.mkdir(parents=True)
    file.write_text('+++\ntitle = "T"\norder = 1\n+++\nB.\n', encoding="utf-8")
    (problem,) = problems_of(tmp_path)
    assert problem.endswith("did you mean `conduct`?")


def test_an_id_is_used_once(tmp_path: Path) -> None:
    file = tmp_path / "clauses" / "training" / "use-of-force.md"
    file.parent.mkdir(parents=True)
    file.write_text('+++\ntitle = "T"\norder = 1\n+++\nB.\n', encoding="utf-8")
    assert any(
        "`use-of-force` is already the id of clauses/conduct/use-of-force.md" in p for p in problems_of(tmp_path)
    )


def test_a_translation_gives_words_and_keeps_the_bounds_of_a_blank() -> None:
    for code in ("fr", "es", "pt"):
        asked, english = LIBRARY.fields(code), LIBRARY.fields()
        assert set(asked) == set(english)
        for name, field in asked.items():
            assert (field.type, field.least, field.most) == (
                english[name].type,
                english[name].least,
                english[name].most,
            )
            assert field.ask != english[name].ask


def test_own_files_are_added_and_take_the_place_of_bundled_ones(tmp_path: Path) -> None:
    own = tmp_path / "clauses" / "conduct"
    own.mkdir(parents=True)
    (own / "own-clause.md").write_text('+++\ntitle = "Own"\norder = 5\n+++\nOwn text.\n', encoding="utf-8")
    bundled = (ROOT / "clauses" / "conduct" / "medical-aid.md").read_text(encoding="utf-8")
    (own / "medical-aid.md").write_text(bundled.replace("Medical aid", "Care", 1), encoding="utf-8")
    library = load_library(tmp_path)
    assert library.clauses["own-clause"][0].body == "Own text."
    assert library.clauses["medical-aid"][0].title == "Care"
    assert library.digest != LIBRARY.digest


def test_the_digest_depends_on_the_data_alone() -> None:
    assert load_library().digest == LIBRARY.digest


@pytest.mark.parametrize("name", ["ghana", "Ghana", "GH", " papua new guinea ", "Papua-New-Guinea", "pg"])
def test_a_country_is_found_by_name_or_code(name: str) -> None:
    assert LIBRARY.jurisdiction(name).id in ("ghana", "papua-new-guinea")


def test_the_variant_of_the_country_is_chosen() -> None:
    assert LIBRARY.clause("use-of-force", "kenya").qualifiers == ("kenya",)
    assert LIBRARY.clause("use-of-force", "ghana").qualifiers == ()
    assert LIBRARY.clause("use-of-force", "kenya", "fr").qualifiers == ("fr",)
    assert LIBRARY.clause("use-of-force", "kenya", "xx") is None
    assert LIBRARY.clause("absent") is None


def test_a_variant_takes_from_the_general_clause_what_it_leaves_out() -> None:
    general, variant = LIBRARY.clause("payments"), LIBRARY.clause("payments", "kenya")
    assert (variant.title, variant.meets, variant.fields) == (general.title, general.meets, general.fields)
    assert variant.note != general.note


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.path)
def test_a_clause_has_a_note_and_cites_only_what_the_requirements_it_meets_cite(clause: object) -> None:
    assert clause.note
    general = LIBRARY.clauses[clause.id][0]  # a weak wording rests on the same sources and meets no longer
    cited = {str(c) for id in general.meets for c in LIBRARY.requirements[id].citations}
    works = {c.work for c in clause.citations}
    assert works <= {text.split(":")[0].split(" (")[0] for text in cited}


def test_every_requirement_has_a_clause_that_says_it_meets_it() -> None:
    met = {id for clause in CLAUSES for id in clause.meets}
    assert met == set(LIBRARY.requirements)


def test_every_default_keeps_its_own_bounds() -> None:
    for field in LIBRARY.fields().values():
        assert field.default is None or not field.fault(field.default)


@pytest.mark.parametrize("country", LIBRARY.jurisdictions.values(), ids=lambda country: country.id)
def test_every_fact_of_a_country_says_how_it_is_known(country: object) -> None:
    for name, fact in country.facts():
        assert fact.checked.year >= 2026, name
        assert bool(fact.source) == fact.confidence.startswith("found") or fact.source, name


def test_papua_new_guinea_asks_for_the_clearance_whose_lack_was_criticised() -> None:
    approvals = {a.what: a for a in LIBRARY.jurisdiction("pg").approvals}
    for words in ("Attorney-General or the State Solicitor", "National Executive Council"):
        (approval,) = (a for what, a in approvals.items() if words in what)
        assert (approval.source, approval.confidence) == ("R7", "found-secondary")
