"""Whether two languages say the same: our drafts do, and what is changed in one of them is found in its place."""

from __future__ import annotations

import dataclasses
import json
import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from deals import ROOT

from mougen.agreement import Agreement
from mougen.api import compose, parity
from mougen.cli import main
from mougen.errors import ReviewError
from mougen.parity.compare import differences
from mougen.parity.finding import KINDS, Parity
from mougen.parity.values import values_of
from mougen.parity.words import known, load_words, tongue_of
from mougen.reading import from_docx, from_md, from_txt
from mougen.review.lexicon import load_lexicon

SAMPLES = {"cameroon-bauxite": ("fr", "en"), "colombia-oil": ("es", "en"), "mozambique-lng": ("pt", "en")}


@cache
def drafted(name: str) -> Agreement:
    return from_docx.read(compose(ROOT / "samples" / "deals" / f"{name}.toml", bilingual=SAMPLES[name]).data, name)


def seeded(agreement: Agreement, *seeds: tuple[str, str]) -> tuple[Agreement, list[str]]:
    """Return `agreement` with a change in one paragraph for each of `seeds`, and the texts of those paragraphs."""
    paragraphs, changed = list(agreement.paragraphs), list[str]()
    for pattern, instead in seeds:
        for at, paragraph in enumerate(paragraphs):
            if (
                re.search(pattern, paragraph.text)
                and paragraph.text not in changed
                and "contents" not in paragraph.marks
            ):
                text = re.sub(pattern, instead, paragraph.text, count=1)
                paragraphs[at] = dataclasses.replace(paragraph, text=text)
                changed.append(text)
                break
        else:
            raise AssertionError(f"nothing in {agreement.name} says {pattern}")
    return dataclasses.replace(agreement, paragraphs=tuple(paragraphs)), changed


@pytest.mark.parametrize("name", SAMPLES)
def test_our_own_drafts_say_the_same_in_both_languages(name: str) -> None:
    found = parity(drafted(name))
    assert [(d.where, d.why, d.left.text, d.right.text) for d in found.differences] == []
    assert found.languages == SAMPLES[name]
    assert found.pairs > 800
    assert found.ok


# A change in one language, and what it makes of the clause.
SEEDS: dict[str, dict[tuple[str, str], str]] = {
    "cameroon-bauxite": {
        (r"^La Force (?:est tenue de|doit) (?=[^.]+\.$)", "La Force pourra "): "permission",
        (r"^The Force (?:shall|will) (?=[^,.]+\.$)", "The Force should "): "soft",
        (r"within 24 hours(?= after| of)", "within 48 hours"): "time",
        (r"\b7 jours", "7 mois"): "time",
        (r"^La Société ne doit pas ", "La Société doit "): "negation",
        (r"^La Société doit (?=[^.]*\bla Force\b)", "La Force doit "): "party",
        (r"prévue à l’Article 35", "prévue à l’Article 36"): "reference",
        (r"in the form of Annex F", "in the form of Annex G"): "reference",
        (r"12 avril 2027", "13 avril 2027"): "date",
        (r"\b90 days", "60 days"): "time",
    },
    "colombia-oil": {
        (r"^La Fuerza deberá (?=[^,.]+\.$)", "La Fuerza podrá "): "permission",
        (r"dentro de las 24 horas", "dentro de las 48 horas"): "time",
        (r"^La Empresa no podrá (?=[^,.]+\.$)", "La Empresa podrá "): "permission",
        (r"^The Company (?:shall|will) (?=[^.]*\bthe Force\b)", "The Force will "): "party",
        (r"previsto en la Cláusula 3\d", "previsto en la Cláusula 2"): "reference",
    },
}


@pytest.mark.parametrize("name", SEEDS)
def test_what_is_changed_in_one_language_is_found_and_nothing_else(name: str) -> None:
    agreement, changed = seeded(drafted(name), *SEEDS[name])
    found = parity(agreement)
    kinds: dict[str, set[str]] = {}
    for difference in found.differences:
        text = difference.left.text if difference.left.text in changed else difference.right.text
        kinds.setdefault(text, set()).add(difference.kind)
    assert set(kinds) == set(changed)
    assert [kind in kinds[text] for text, kind in zip(changed, SEEDS[name].values(), strict=True)] == [True] * len(
        changed
    )
    assert sum(map(len, kinds.values())) <= len(changed) + 1  # a ban that is a permission now is also denied no more
    assert not found.ok


def test_a_passage_in_one_language_only_is_missing_in_the_other() -> None:
    agreement = drafted("cameroon-bauxite")
    gone = next(p for p in agreement.paragraphs if p.label == "5.2" and p.cell == 1)
    kept = dataclasses.replace(agreement, paragraphs=tuple(p for p in agreement.paragraphs if p is not gone))
    (difference,) = parity(kept).differences
    assert (difference.kind, difference.where) == ("missing", "article 5.2")
    assert difference.why == "there is no such passage in English"
    assert difference.left.text
    assert not difference.right.text


TONGUES = {code: tongue_of(code, ()) for code in ("en", "fr", "es", "pt")}
SAME = [
    ("fr", "Le Personnel n’entre que si la Société l’appelle.", "Personnel enter only if the Company calls them."),
    (
        "fr",
        "Nul ne doit être puni, sauf sur décision écrite.",
        "Nobody shall be punished except on a written decision.",
    ),
    ("fr", "La Société est libre d’en choisir un.", "The Company may choose one of them."),
    ("fr", "un enfant de moins de dix-huit ans", "a child under eighteen"),
    ("fr", "Le rapport mensuel est remis le 1er mai 2027.", "The report of each month is handed over on 1 May 2027."),
    ("fr", "12 500 litres, soit 3,5 % du total", "12,500 litres, which is 3.5 % of the total"),
    ("fr", "les articles 9, 10 et 12 et l’annexe B", "clauses 9, 10 and 12 and Annex B"),
    ("es", "No podrá usarse ningún vehículo sin demora.", "No vehicle shall be used at once."),
    (
        "es",
        "Solo podrá entregarlo a un juez dentro de veinticuatro (24) horas.",
        "It shall give it only to a judge within 24 hours.",
    ),
    ("es", "el 3 de febrero de 2026", "3 February 2026"),
    ("pt", "nos termos da Cláusula 34.ª, segundo o modelo", "under clause 34, in the form"),
    ("pt", "renovar de seis em seis meses", "renew every six months"),
]
OTHER = [
    ("fr", "La Force doit répondre.", "The Force may answer.", "permission"),
    ("fr", "La Force s’efforcera de répondre.", "The Force shall answer.", "soft"),
    ("fr", "Le Personnel entre.", "Personnel shall not enter.", "negation"),
    ("fr", "La Société informe la Force.", "The Force informs the Company.", "party"),
    ("fr", "dans un délai de sept jours", "within seven hours", "time"),
    ("fr", "La Force agit aussitôt.", "The Force acts.", "time"),
    ("fr", "un rapport trimestriel", "a monthly report", "time"),
    ("fr", "le 1er mai 2027", "2 May 2027", "date"),
    ("fr", "10 000 litres", "100,000 litres", "number"),
    ("es", "dentro de cinco días hábiles", "within five days", "time"),
    ("es", "conforme al Anexo B y a la Cláusula 4", "under Annex C and clause 4", "reference"),
    ("pt", "A Força deveria responder.", "The Force shall answer.", "soft"),
    ("pt", "É proibido usar a força.", "Force shall be used.", "negation"),
]


@pytest.mark.parametrize(("code", "left", "right"), SAME)
def test_what_says_the_same_is_no_difference(code: str, left: str, right: str) -> None:
    assert list(differences((left, right), (TONGUES[code], TONGUES["en"]))) == []
    assert list(differences((right, left), (TONGUES["en"], TONGUES[code]))) == []


@pytest.mark.parametrize(("code", "left", "right", "kind"), OTHER)
def test_each_kind_of_difference_is_told(code: str, left: str, right: str, kind: str) -> None:
    assert {k for k, _ in differences((left, right), (TONGUES[code], TONGUES["en"]))} == {kind}
    assert {k for k, _ in differences((right, left), (TONGUES["en"], TONGUES[code]))} == {kind}


FRENCH = """# Accord

Le présent accord est conclu entre la Société et la Force le 3 mars 2026 pour la protection du site et des personnes.

# Article 1. Conduite

1.1 La Force doit respecter les droits de l'homme de toutes les personnes qui se trouvent sur le site ou aux alentours.

1.2 La Force ne doit pas employer la force contre une réunion pacifique et doit informer la Société dans les 24 heures.

# Article 2. Appui

2.1 La Société peut suspendre son appui si la Force ne respecte pas l'article 1, et le reprendre après une enquête.
"""
ENGLISH = """# Agreement

This agreement is made between the Company and the Force on 3 March 2026 for the protection of the site and of persons.

# Clause 1. Conduct

1.1 The Force shall respect the human rights of all the persons who are on the site or in the area that surrounds it.

1.2 The Force shall not use force against a peaceful assembly and shall inform the Company within 24 hours of the event.

# Clause 2. Support

2.1 The Company may suspend its support if the Force does not respect clause 1, and may resume it after an inquiry.
"""


def compared(*parts: str, kind: str = "md") -> Parity:
    data = "\n".join(parts).encode()
    return parity(from_md.read(data, "both.md") if kind == "md" else from_txt.read(data, "both.txt"))


@pytest.mark.parametrize("kind", ["md", "txt"])
@pytest.mark.parametrize("parts", [(FRENCH, ENGLISH), (ENGLISH, FRENCH)])
def test_parts_one_after_the_other_are_paired_by_the_numbers_of_their_clauses(
    parts: tuple[str, str], kind: str
) -> None:
    found = compared(*parts, kind=kind)
    assert [(d.where, d.why) for d in found.differences] == []
    assert found.pairs >= 6


def test_differences_of_parts_are_told_by_clause() -> None:
    other = ENGLISH.replace("24 hours", "48 hours").replace("# Clause 2. Support\n\n2.1 The Company may", "2.1 X may")
    lost = other[: other.index("2.1")]
    found = compared(FRENCH, lost)
    assert [(d.kind, d.where) for d in found.differences] == [
        ("time", "article 1.2 / clause 1.2"),
        ("missing", "Article 2"),
        ("missing", "article 2.1"),
    ]
    assert found.differences[0].why == "français has 24 hours, English has 48 hours"


def test_rows_of_a_table_are_compared_as_they_stand() -> None:
    left, right = ([line for line in text.split("\n") if line[:1].isdigit()] for text in (FRENCH, ENGLISH))
    right[1] = right[1].replace("shall not use", "shall use")
    table = ["| Français | English |", "| --- | --- |", *(f"| {a} | {b} |" for a, b in zip(left, right, strict=True))]
    (difference,) = compared("\n".join(table)).differences
    assert (difference.kind, difference.left.text, difference.right.text) == ("negation", left[1], right[1])


def test_paragraphs_in_turn_are_compared_by_their_order() -> None:
    left, right = ([line[4:] for line in text.split("\n") if line[:1].isdigit()] for text in (FRENCH, ENGLISH))
    right[0] = right[0].replace("The Force", "The Company")
    lines = [line for pair in zip(left, right, strict=True) for line in pair]
    (difference,) = compared("\n\n".join(lines)).differences
    assert (difference.kind, difference.right.text) == ("party", right[0])


def test_a_text_in_one_language_cannot_be_compared() -> None:
    with pytest.raises(ReviewError, match=r"^both\.md: it is not in two languages .* \(found: fr; it compares en, es"):
        compared(FRENCH)


def test_words_are_there_for_every_language_that_is_reviewed() -> None:
    assert known() == ("en", "es", "fr", "pt")
    with pytest.raises(ReviewError, match="in the language `sw`; it compares"):
        load_words("sw")
    values = values_of("dans les 12 heures, et le 1er mai 2026", load_words("fr"), load_lexicon("fr"))
    assert (dict(values.counts), dict(values.dates)) == ({("12", "hour"): 1}, {"2026-05-01": 1})


def test_the_command_lists_differences_and_ends_with_one(tmp_path: Path) -> None:
    file = tmp_path / "both.md"
    file.write_text(FRENCH + "\n" + ENGLISH.replace("24 hours", "48 hours"), encoding="utf-8")
    done = CliRunner().invoke(main, ["parity", str(file)])
    assert done.exit_code == 1
    assert "article 1.2 / clause 1.2: time limit: français has 24 hours, English has 48 hours" in done.output
    assert "  fr | 1.2 La Force ne doit pas" in done.output
    done = CliRunner().invoke(main, ["parity", str(file), "--format", "json"])
    found = json.loads(done.output)
    assert (found["languages"], found["differences"][0]["kind"]) == (["fr", "en"], "time")
    assert found["differences"][0]["right"]["text"].startswith("1.2 The Force shall not use force")
    done = CliRunner().invoke(main, ["parity", str(file), "--format", "markdown"])
    assert "| français | English |" in done.output
    assert "## 1. article 1.2 / clause 1.2: time limit" in done.output
    file.write_text(FRENCH + "\n" + ENGLISH, encoding="utf-8")
    done = CliRunner().invoke(main, ["parity", str(file)])
    assert (done.exit_code, "no difference" in done.output) == (0, True)
    file.write_text(ENGLISH, encoding="utf-8")
    assert CliRunner().invoke(main, ["parity", str(file)]).exit_code == 2


def test_every_kind_has_a_name() -> None:
    assert set(KINDS) >= {kind for seeds in SEEDS.values() for kind in seeds.values()} | {"missing", "number"}
