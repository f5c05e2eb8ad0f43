"""The worst error may not grow: what is absent or contradicted is not said to be met more often than was committed."""

from __future__ import annotations

import pytest

from benchmarks import corpus, figures, mutations
from benchmarks.corpus import LABELLED, Judgement
from benchmarks.foreign import without_times
from benchmarks.pieces import Piece, Pieces


@pytest.mark.parametrize("language", LABELLED)
def test_false_met_does_not_grow(language: str) -> None:
    folder = corpus.corpus_at()
    if folder is None:
        pytest.skip(corpus.absent())
    last = figures.committed().get(language)
    if last is None:
        pytest.skip(f"no figures of `{language}` are kept yet; run `make bench-judgement`")
    judged = [j for found, _ in corpus.agreements(folder, language) for j in found if j.gold in figures.WORST]
    judged += corpus.passages(folder, language, figures.WORST)
    false = [f"{j.text} {j.requirement}: {j.gold}" for j in judged if j.false_met]
    assert not figures.grown(language, judged, last), false


def worst(*said: str) -> list[Judgement]:
    return [Judgement("df1", str(number), "missing", verdict) for number, verdict in enumerate(said)]


def test_the_worst_error_of_one_language_is_not_hidden_by_another() -> None:
    last = {"figures": {"all": {"false_met": 0.1}}}
    assert figures.grown("fr", worst("met", *["missing"] * 9), last) == ""
    assert figures.grown("fr", worst("met", "met", *["missing"] * 8), last) == "fr: false_met grew from 0.100 to 0.200"
    assert figures.grown("fr", worst("met"), None) == ""


@pytest.mark.parametrize(("right", "count", "low", "high"), [(10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634)])
def test_the_interval_of_a_share(right: int, count: int, low: float, high: float) -> None:
    assert figures.wilson(right, count) == [low, high]


def test_changes_count_what_became_right_and_wrong() -> None:
    last = {
        "model": "m0",
        "rules": "r0",
        "verdicts": {"da2": {"a": "met", "b": "partial"}, "xa-1": "missing"},
        "changes": {},
    }
    judged = [
        Judgement("da2", "a", "missing", "missing"),
        Judgement("da2", "b", "partial", "met"),
        Judgement("xa-1", "a", "missing", "met", "plain"),
    ]
    changes = figures.changes("en", judged, last)
    assert changes["since"] == "model m0, rules r0"
    assert changes["sets"]["agreements, kept out"] == {"gained": 1, "lost": 1, "new false met": 0}
    assert changes["sets"]["passages, xa"] == {"gained": 0, "lost": 1, "new false met": 1}
    assert changes["lost"] == ["da2 b: partial, now met", "xa-1 a: missing, now met"]


def test_unchanged_verdicts_keep_what_the_last_run_said() -> None:
    judged = [Judgement("da2", "a", "met", "met")]
    last = {
        "model": "m0",
        "rules": "r0",
        "verdicts": figures.verdicts(judged),
        "changes": {"since": "m", "sets": {}, "lost": []},
    }
    assert figures.changes("en", judged, last) == last["changes"]


def test_groups_of_other_languages_are_not_split() -> None:
    judged = [Judgement("df1", "a", "met", "met"), Judgement("dp-fr-1", "a", "met", "met", "plain")]
    assert {name: len(members) for name, members in figures.sets("fr", judged).items()} == {
        "agreements": 1,
        "passages": 1,
        "all": 2,
    }


def test_no_text_of_the_corpus_is_stored() -> None:
    stored = figures.STORE.read_text("utf-8")
    longest = max(len(line) for line in stored.splitlines())
    assert longest < 120


SPOILT = {
    "fr": (
        "La Force doit adresser le rapport à la Société dans un délai de 24 heures.",
        {
            "negated": "La Force n’est pas tenu d’adresser le rapport à la Société dans un délai de 24 heures.",
            "softened": "La Force devrait s’efforcer, dans la mesure du possible, d’adresser le rapport",
            "of the company alone": "La société de gardiennage de la Société doit adresser",
            "in a recital": "Considérant que la Force doit adresser",
            "without times": "La Force doit adresser le rapport à la Société.",
        },
    ),
    "es": (
        "La Fuerza no podrá disparar y deberá informar a la Empresa dentro de 24 horas.",
        {
            "negated": "La Fuerza podrá disparar y no tendrá la obligación de informar",
            "softened": "La Fuerza procurará, en lo posible, no disparar y procurará, en lo posible, informar",
            "of the company alone": "La empresa de vigilancia de la Empresa no podrá disparar",
            "in a recital": "Considerando que la Fuerza no podrá disparar",
            "without times": "La Fuerza no podrá disparar y deberá informar a la Empresa.",
        },
    ),
    "pt": (
        "A Força não pode disparar e deve informar a Empresa no prazo de 24 horas.",
        {
            "negated": "A Força pode disparar e não tem a obrigação de informar",
            "softened": "A Força procurará, na medida do possível, não disparar e procurará,",
            "of the company alone": "A empresa de vigilância da Empresa não pode disparar",
            "in a recital": "Considerando que a Força não pode disparar",
            "without times": "A Força não pode disparar e deve informar a Empresa.",
        },
    ),
}


@pytest.mark.parametrize("language", SPOILT)
def test_clauses_in_other_languages_are_spoilt_as_said(language: str) -> None:
    text, spoilt = SPOILT[language]
    clause: Pieces = (Piece("1", 1, "4"), Piece(text, label="4.1"))
    changes = mutations.spoiling(language)
    assert set(changes) == set(spoilt)
    for mutation, words in spoilt.items():
        assert changes[mutation](clause)[1].text.startswith(words)


def test_intervals_are_no_times_by_which_something_is_due() -> None:
    assert (
        without_times("es", "Las Partes deberán reunirse cada 3 meses.") == "Las Partes deberán reunirse cada 3 meses."
    )
    assert without_times("fr", "Dans les 72 heures, la Force doit agir.") == "La Force doit agir."
