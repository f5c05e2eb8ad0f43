"""Facts that decide what applies: given, else inferred with the passage that shows it, else assumed."""

from __future__ import annotations

import pytest
from reviewing import ENGLISH, LIBRARY, made, reviewed

from mougen.requirement import FACTS
from mougen.review.engine import review_agreement
from mougen.review.finding import FactUsed

SHOWN = {
    "armed_conflict": "Since May an insurgency has closed the northern road.",
    "army_deployed": "A battalion is camped beside the tailings dam.",
    "in_kind_support": "The Company supplies fuel to the post.",
    "equipment_transfer": "Three pick-ups are on loan to the post.",
    "payments_to_personnel": "Each officer draws a per diem of nine dollars.",
    "private_security": "The watchmen keep the inner gate.",
    "vulnerable_groups": "Indigenous families graze their herds on the slope.",
    "investment_contract": "This follows section 12 of the Production Sharing Contract.",
}
QUIET = "The parties shall meet at the town hall each spring."


def used(*lines: str, **given: bool) -> dict[str, FactUsed]:
    return dict(review_agreement(made(*lines), facts=given, library=LIBRARY).facts)


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("value", [True, False])
def test_what_is_given_holds_whatever_the_text_says(fact: str, value: bool) -> None:
    assert used(SHOWN.get(fact, QUIET), **{fact: value})[fact] == FactUsed(value, "given")


@pytest.mark.parametrize("fact", [f for f in SHOWN if f in ENGLISH.facts])
def test_a_fact_is_inferred_with_its_passage(fact: str) -> None:
    assert used(QUIET, SHOWN[fact])[fact] == FactUsed(True, "inferred", SHOWN[fact])


def test_the_first_passage_that_shows_it_is_named() -> None:
    assert used(SHOWN["army_deployed"], "Soldiers guard the dam.")["army_deployed"].passage == SHOWN["army_deployed"]


@pytest.mark.parametrize("fact", FACTS)
def test_what_nobody_says_is_assumed_to_apply(fact: str) -> None:
    assert used(QUIET)[fact] == FactUsed(True, "assumed")


def test_every_fact_is_reported_in_order() -> None:
    assert tuple(used(QUIET)) == FACTS


def test_facts_decide_what_applies() -> None:
    for requirement in LIBRARY.requirements.values():
        if requirement.applies:
            no = reviewed(QUIET, facts=dict.fromkeys(requirement.applies, False))[requirement.id]
            assert no.verdict == "not-applicable"
            assert all(fact in no.message for fact in requirement.applies)
            assert reviewed(QUIET)[requirement.id].verdict != "not-applicable"


def test_facts_decide_how_severe_a_gap_is() -> None:
    for requirement in LIBRARY.requirements.values():
        for fact in requirement.required:
            assert reviewed(QUIET, facts={fact: True})[requirement.id].severity == "required"
