"""The ladder of each contested clause: what a lower wording keeps, what it gives up, and what is never given up."""

from __future__ import annotations

import pytest
from deals import LIBRARY

from mougen.clause import RUNGS, Clause

EVERY = [clause for variants in LIBRARY.clauses.values() for clause in variants]
LOWER = {c.path: c for c in EVERY if c.rung != "preferred"}
CONTESTED = sorted({clause.id for clause in LOWER.values()})
# What practitioners report as contested, a row of objections each. The report of each use of force is not among them:
# of its four points (every use, both addressees, time and form) none can go and leave a report.
OBJECTIONS = {
    "sovereignty; we have our own law": ("conduct-vps", "conduct-un-standards"),
    "there is no armed conflict": ("conduct-ihl",),
    "vetting is secret": ("vetting-exclusion",),
    "already trained": ("training-hr-ihl", "training-timing-records"),
    "support is not a bargaining chip": ("support-conditional", "violations-suspension"),
    "per diem is the custom": ("support-payments-accountable",),
    "internal discipline": ("violations-allegation-report", "violations-investigation", "violations-followup"),
    "command prerogative": ("violations-withdrawal",),
    "classified": ("communication-disclosure",),
    "the company wants control": ("command-state-only",),
}


def preferred(clause: Clause) -> Clause:
    found = LIBRARY.clause(clause.id, clause.jurisdiction, clause.language)
    assert found is not None
    return found


@pytest.mark.parametrize("path", [path for path, clause in LOWER.items() if clause.rung == "weak"])
def test_a_weak_wording_loses_a_requirement_and_says_what_that_costs(path: str) -> None:
    weak = LOWER[path]
    lost = set(preferred(weak).meets) - set(weak.meets)
    assert lost
    assert {name.partition("/")[0] for name in weak.lacks} == lost
    assert all((weak.gives_up, weak.risk, weak.outside, weak.note))


@pytest.mark.parametrize("path", [path for path, clause in LOWER.items() if clause.rung == "fallback"])
def test_a_fallback_keeps_every_requirement_and_says_what_it_gives_up(path: str) -> None:
    fallback = LOWER[path]
    assert fallback.meets == preferred(fallback).meets
    assert fallback.gives_up
    assert fallback.note


@pytest.mark.parametrize("path", LOWER)
def test_a_lower_wording_is_another_text_for_the_same_case(path: str) -> None:
    lower = LOWER[path]
    first = preferred(lower)
    assert lower.body != first.body
    assert (lower.when, lower.unless, lower.support) == (first.when, first.unless, first.support)


@pytest.mark.parametrize("objection", OBJECTIONS)
def test_each_objection_that_is_met_in_practice_has_a_ladder(objection: str) -> None:
    for id in OBJECTIONS[objection]:
        clause = LIBRARY.clause(LIBRARY.requirements[id].clause)
        assert clause is not None
        assert id in clause.meets
        assert all(LIBRARY.clause(clause.id, rung=rung) for rung in RUNGS), clause.id


@pytest.mark.parametrize("id", CONTESTED)
def test_a_contested_clause_has_both_rungs_in_every_language_that_it_is_in(id: str) -> None:
    for language in {clause.language for clause in LIBRARY.clauses[id]}:
        assert all(LIBRARY.clause(id, language=language, rung=rung) for rung in RUNGS), language


@pytest.mark.parametrize("id", [*CONTESTED, "no-lethal-support", "law-and-accountability"])
def test_a_red_line_is_one_sentence_in_each_language_and_the_same_on_each_rung(id: str) -> None:
    lines: dict[str, set[str]] = {}
    for clause in LIBRARY.clauses[id]:
        lines.setdefault(clause.language, set()).add(clause.red_line)
    assert all(len(said) == 1 for said in lines.values())
    said = [line for (line,) in lines.values()]
    assert all(line.endswith(".") and line.count(". ") == 0 for line in said)
    assert len(set(said)) == len(lines)  # no language is left with the English sentence


def test_the_five_red_lines_of_practice_are_red_lines_here() -> None:
    said = {id: LIBRARY.clauses[id][0].red_line for id in LIBRARY.clauses}
    for id, words in {
        "no-lethal-support": "weapons",
        "payments": "individual",
        "law-and-accountability": "immunity",
        "allegation-reports": "bar on reporting",
        "command": "direct operations",
    }.items():
        assert words in said[id]
