"""Each judging rule, by statements built by hand: with what it tells, and without."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest

from mougen.language import load_language
from mougen.requirement import Harm, Limb, Requirement
from mougen.review.judge import LEAST_WORDS, LIKELY, Judged, Statement, Thresholds, is_contrary, judge
from mougen.review.manner import Manner
from mougen.review.structure import Passage

TEXT = "The Corps shall, where it can, warn every person before it fires."
BINDS = Manner("binding", "force", False, None, False, None, False, True)
SURE, UNSURE = 0.99, 0.05  # probabilities that no threshold will ever call otherwise
LIMITS = Thresholds(**{**{limit.name: 0.5 for limit in dataclasses.fields(Thresholds)}, "relevant": 0.3})
QUIET = dict.fromkeys(("soft", "recital", "company-only", "carve-out", "past-fact"), 0.0)
ASKED = Requirement(
    number=1,
    title="A warning",
    category="conduct",
    severity="required",
    clause="warning",
    why="",
    met="",
    partial="",
    contradicted="",
    limbs=(Limb("warn", "a warning is given"), Limb("wait", "time is left"), Limb("nice", "politely", needed=False)),
    harms=(Harm("no-warning", "nobody is warned"),),
    cites=(),
    id="conduct-made-warning",
)


def asked(**changes: Any) -> Requirement:
    return dataclasses.replace(ASKED, **changes)


def stated(
    *limbs: str,
    text: str = TEXT,
    kind: Any = "clause",
    manner: Manner = BINDS,
    said: Mapping[str, float] | None = None,
    start: int = 0,
    doubtful: str = "",
    **more: Any,
) -> Statement:
    passage = Passage(text, start, start + len(text), "clause 1", kind, doubtful=doubtful)
    known = {"relevance": 0.9, "contrary": 0.0, "said": {**QUIET, **(said or {})}, **more}
    known.setdefault("bears", known["relevance"])
    return Statement(passage=passage, limbs={limb: (manner, (0, len(text))) for limb in limbs}, **known)


def judged(*statements: Statement, requirement: Requirement = ASKED, facts: frozenset[str] = frozenset()) -> Judged:
    return judge(requirement, statements, facts, LIMITS)


def verdict(*statements: Statement, requirement: Requirement = ASKED) -> str:
    return judged(*statements, requirement=requirement).verdict


def rules(found: Judged) -> set[str]:
    return {doubt.rule for doubts in found.weak.values() for doubt in doubts}


GOOD = stated("warn", "wait")


def test_a_binding_passage_with_every_needed_limb_meets() -> None:
    found = judged(GOOD)
    assert (found.verdict, found.has, found.lacks, dict(found.weak)) == ("met", {"warn", "wait"}, (), {})


@pytest.mark.parametrize("limbs", [(), ("warn",), ("wait", "nice")])
def test_met_needs_every_needed_limb(limbs: tuple[str, ...]) -> None:
    """J5 too: what is narrower than asked lacks the limb of its scope."""
    found = judged(stated(*limbs))
    assert found.verdict == "partial"
    assert set(found.lacks) == {"warn", "wait"} - set(limbs)


def test_limbs_may_be_spread_over_passages() -> None:
    assert verdict(stated("warn"), stated("wait", start=90)) == "met"


def test_a_limb_that_is_weak_in_one_place_and_firm_in_another_is_firm() -> None:
    assert verdict(stated("warn", "wait", kind="recital"), stated("warn", "wait", start=90)) == "met"


def test_facts_change_which_limbs_are_needed() -> None:
    requirement = asked(limbs=(Limb("warn", ""), Limb("war", "", when=("armed_conflict",))))
    assert judged(stated("warn"), requirement=requirement).verdict == "met"
    found = judged(stated("warn"), requirement=requirement, facts=frozenset({"armed_conflict"}))
    assert (found.verdict, found.lacks) == ("partial", ("war",))


@pytest.mark.parametrize("relevance", [0.0, LIMITS.relevant - 0.01])
def test_what_is_on_another_subject_is_missing(relevance: float) -> None:
    assert verdict(stated("warn", "wait", relevance=relevance)) == "missing"
    assert verdict() == "missing"


# J1


@pytest.mark.parametrize("obligor", ["company", "guards"])
def test_j1_a_duty_of_the_company_alone_is_partial(obligor: Any) -> None:
    manner = dataclasses.replace(BINDS, obligor=obligor)
    found = judged(stated("warn", "wait", manner=manner, said={"company-only": LIKELY}))
    assert (found.verdict, rules(found)) == ("partial", {"J1"})
    assert verdict(stated("warn", "wait", manner=manner)) == "met"  # the model sees the force bound by it


def test_j1_the_model_alone_may_be_sure() -> None:
    nobody = dataclasses.replace(BINDS, obligor="")
    assert rules(judged(stated("warn", "wait", manner=nobody, said={"company-only": SURE}))) == {"J1"}
    assert verdict(stated("warn", "wait", manner=nobody, said={"company-only": UNSURE})) == "met"
    assert verdict(stated("warn", "wait", said={"company-only": SURE})) == "met"  # its grammar binds the force


@pytest.mark.parametrize("party", ["company", "any"])
def test_j1_is_not_asked_where_the_company_may_be_bound(party: Any) -> None:
    found = stated("warn", "wait", manner=dataclasses.replace(BINDS, obligor="company"), said={"company-only": 0.9})
    assert verdict(found, requirement=asked(obligor=party)) == "met"


# J2


def test_j2_a_soft_verb_is_partial_and_shown() -> None:
    text = "The Corps should warn every person before it fires."
    soft = Manner("soft", "force", False, (10, 16), False, None, False, True)
    found = judged(stated("warn", "wait", text=text, manner=soft))
    (doubt,) = found.weak["warn"]
    assert (found.verdict, doubt.rule, doubt.span) == ("partial", "J2", (10, 16))
    assert "should" in doubt.said(load_language("en"))


def test_j2_a_right_of_the_company_is_not_soft() -> None:
    text = "The Company may end this agreement at once after any grave act."
    right = Manner("soft", "company", False, (12, 15), True, None, False, True)
    assert verdict(stated("warn", "wait", text=text, manner=right)) == "met"
    leave = dataclasses.replace(right, obligor="force")
    assert rules(judged(stated("warn", "wait", text=text, manner=leave))) == {"J2"}


def test_j2_the_model_is_believed_where_no_verb_binds() -> None:
    loose = dataclasses.replace(BINDS, strength="none")
    assert rules(judged(stated("warn", "wait", manner=loose, said={"soft": SURE}))) == {"J2"}
    assert verdict(stated("warn", "wait", said={"soft": SURE})) == "met"
    assert verdict(stated("warn", "wait", manner=loose, said={"soft": UNSURE})) == "met"


# J3


@pytest.mark.parametrize(("kind", "expected"), [("recital", "partial"), ("clause", "met"), ("annex", "met")])
def test_j3_a_recital_creates_no_duty(kind: str, expected: str) -> None:
    found = judged(stated("warn", "wait", kind=kind))
    assert (found.verdict, rules(found)) == (expected, {"J3"} if expected == "partial" else set())


def test_j3_a_definition_counts_where_a_duty_takes_it_up() -> None:
    assert rules(judged(stated("warn", "wait", kind="definition"))) == {"J3"}
    taken_up = stated("warn", "wait", kind="definition", applied=True)
    assert verdict(taken_up) == "partial"
    assert verdict(taken_up, requirement=asked(defined=True)) == "met"


def test_j3_a_row_counts_where_a_table_can_state_what_is_asked() -> None:
    row = stated("warn", "wait", kind="row")
    assert verdict(row) == "partial"
    assert verdict(row, requirement=asked(tabular=True)) == "met"


def test_j3_the_model_knows_a_recital_without_its_heading() -> None:
    loose = dataclasses.replace(BINDS, strength="none")
    assert rules(judged(stated("warn", "wait", manner=loose, said={"recital": SURE}))) == {"J3"}
    assert verdict(stated("warn", "wait", manner=loose, said={"recital": UNSURE})) == "met"


def test_j4_a_definition_states_no_harm() -> None:
    assert verdict(GOOD, stated(contrary=0.9, kind="definition", start=90)) == "met"


# J4


def test_j4_contradicted_beats_met() -> None:
    found = judged(GOOD, stated(contrary=0.9, start=90))
    assert found.verdict == "contradicted"
    assert [s.passage.start for s in found.contrary] == [90]
    assert found.has == {"warn", "wait"}  # both are reported


def test_j4_a_harm_contradicts_by_being_there() -> None:
    assert verdict(GOOD, stated(harms={"no-warning": LIMITS.harm}, start=90)) == "contradicted"
    assert verdict(GOOD, stated(harms={"no-warning": LIMITS.harm - 0.01}, start=90)) == "met"


def test_j4_a_contrary_passage_gives_no_credit() -> None:
    assert judged(stated("warn", "wait", contrary=0.9)).has == frozenset()


def test_j4_needs_a_passage_on_the_subject_with_words_enough() -> None:
    assert not is_contrary(stated(contrary=0.9, relevance=LIMITS.relevant - 0.01), LIMITS)
    assert not is_contrary(stated(text=" ".join(["word"] * (LEAST_WORDS - 1)), contrary=0.9), LIMITS)
    assert is_contrary(stated(text=" ".join(["word"] * LEAST_WORDS), contrary=0.9), LIMITS)


def test_j4_what_is_said_under_another_heading_contradicts_all_the_same() -> None:
    assert verdict(GOOD, stated(contrary=0.9, start=90, relevance=0.1, bears=0.6)) == "contradicted"


def test_j4_struck_text_contradicts_nothing() -> None:
    assert verdict(GOOD, stated(contrary=0.9, start=90, doubtful="struck through")) == "met"


# J7 and J8


def test_j7_a_way_out_is_partial_and_shown() -> None:
    way_out = dataclasses.replace(BINDS, carve_out=(17, 29))
    found = judged(stated("warn", "wait", manner=way_out))
    (doubt,) = found.weak["wait"]
    assert (found.verdict, doubt.rule, doubt.span) == ("partial", "J7", (17, 29))
    assert TEXT[17:29] in doubt.said(load_language("en"))


def test_j7_the_model_alone_may_be_sure() -> None:
    assert rules(judged(stated("warn", "wait", said={"carve-out": SURE}))) == {"J7"}
    assert verdict(stated("warn", "wait", said={"carve-out": UNSURE})) == "met"


def test_j8_a_subject_of_training_is_no_rule() -> None:
    taught = stated("warn", "wait", taught=SURE)
    assert rules(judged(taught)) == {"J8"}
    assert verdict(taught) == "partial"
    assert verdict(taught, requirement=asked(category="training")) == "met"


# J9 and what was not agreed


def test_j9_what_may_be_in_an_absent_annex_is_undetermined() -> None:
    assert verdict(stated(absent_annex="Annex B")) == "undetermined"
    assert verdict(stated()) == "partial"
    assert verdict(stated("warn", absent_annex="Annex B")) == "partial"
    assert verdict(stated("warn", "wait", absent_annex="Annex B")) == "met"


@pytest.mark.parametrize("why", ["struck through", "left open in square brackets"])
def test_open_text_alone_is_undetermined(why: str) -> None:
    assert verdict(stated("warn", "wait", doubtful=why)) == "undetermined"
    assert verdict(stated("warn", "wait", doubtful=why), stated("warn", start=90)) == "partial"
    assert verdict(stated("warn", "wait", doubtful=why), stated("warn", "wait", start=90)) == "met"


def test_what_was_done_binds_nobody() -> None:
    past = dataclasses.replace(BINDS, strength="none", past=True)
    assert rules(judged(stated("warn", "wait", manner=past, said={"past-fact": LIKELY}))) == {"past"}
    assert verdict(stated("warn", "wait", manner=past)) == "met"
    assert verdict(stated("warn", "wait", said={"past-fact": SURE})) == "partial"


def test_the_order_of_passages_does_not_matter() -> None:
    statements = [stated("warn", kind="recital"), stated("wait", start=90), stated(contrary=0.9, start=180)]
    assert verdict(*statements) == verdict(*reversed(statements)) == "contradicted"
    assert verdict(*statements[:2]) == verdict(*reversed(statements[:2])) == "partial"


def test_j1_grammar_decides_where_no_force_is_named() -> None:
    guards = dataclasses.replace(BINDS, obligor="company", names_force=False)
    assert verdict(stated("warn", "wait", manner=guards)) == "partial"
    assert verdict(stated("warn", "wait", manner=dataclasses.replace(guards, names_force=True))) == "met"
