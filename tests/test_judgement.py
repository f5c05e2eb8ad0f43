"""The worst error may not grow: what is absent or contradicted is not said to be met more often than was committed."""

from __future__ import annotations

import json

import pytest

from benchmarks import corpus, figures
from benchmarks.corpus import Judgement

WORST = ("missing", "contradicted")
ALLOWED = 0.01


def test_false_met_does_not_grow() -> None:
    folder = corpus.corpus_at()
    if folder is None:
        pytest.skip(corpus.absent())
    committed = json.loads(figures.STORE.read_text("utf-8"))["figures"]["all English"]["false_met"]
    judged = [j for found, _ in corpus.agreements(folder) for j in found if j.gold in WORST]
    judged += corpus.passages(folder, WORST)
    false = [f"{j.text} {j.requirement}: {j.gold}" for j in judged if j.false_met]
    assert len(false) / len(judged) <= committed + ALLOWED, false


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
    changes = figures.changes(judged, last)
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
    assert figures.changes(judged, last) == last["changes"]


def test_no_text_of_the_corpus_is_stored() -> None:
    stored = figures.STORE.read_text("utf-8")
    longest = max(len(line) for line in stored.splitlines())
    assert longest < 120
