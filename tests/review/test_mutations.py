"""Clauses that were spoilt are not met; `python -m benchmarks.mutations` prints which, from the same mutations."""

from __future__ import annotations

import pytest
from reviewing import LIBRARY

from benchmarks import mutations
from benchmarks.mutations import KEEPING, SPOILING, Mutant, Piece, Pieces

# Measured when this was written, of clauses that are met unspoilt: negated 95.0 %, softened 89.5 %, of the company
# alone 18.8 %, in a recital 100 %, overridden 0.0 %, cut 69.4 %; all 63.3 %. The floor is two points below.
FLOOR = 0.613


@pytest.fixture(scope="module")
def found() -> list[Mutant]:
    return list(mutations.mutants(mutations.everything(), LIBRARY))


def test_every_requirement_has_mutants_of_every_kind(found: list[Mutant]) -> None:
    for mutation in (*KEEPING, *SPOILING):
        asked = {mutant.requirement.id for mutant in found if mutant.mutation == mutation}
        skipped = {r.id for r in LIBRARY.requirements.values() if mutations.pointless(mutation, r.clause, r)}
        assert asked == set(LIBRARY.requirements) - skipped, mutation


def test_spoilt_clauses_are_seen_through(found: list[Mutant]) -> None:
    met = mutations.survivors((m for m in found if m.mutation != "scanned"), LIBRARY)
    rate = mutations.kill_rate(met)
    assert rate >= FLOOR, {mutation: [id for id, still in ids.items() if still] for mutation, ids in met.items()}


CLAUSE: Pieces = (
    Piece("Warning", 1, "4"),
    Piece("The Force shall warn before it fires.", label="4.1"),
    Piece("Personnel shall never fire at:", label="4.2"),
    Piece("a crowd;", 3, "(a)"),
    Piece("Nobody shall be hurt by intention or through carelessness of the commander on duty.", label="4.3"),
)
CHANGED = {
    "negated": "The Force shall not be required to warn before it fires.",
    "softened": "The Force should endeavour, where practicable, to warn before it fires.",
    "of the company alone": "The Company’s security contractor shall warn before it fires.",
    "in a recital": "WHEREAS the Force shall warn before it fires.",
}


@pytest.mark.parametrize("mutation", CHANGED)
def test_words_are_changed_as_said(mutation: str) -> None:
    changed = SPOILING[mutation](CLAUSE)
    assert changed[1].text == CHANGED[mutation]
    assert len(changed) == len(CLAUSE)


def test_what_was_forbidden_is_allowed_when_negated() -> None:
    texts = [piece.text for piece in SPOILING["negated"](CLAUSE)]
    assert texts[2] == "Personnel may fire at:"
    assert texts[4].startswith("Anyone may be hurt")


def test_the_clause_is_cut_or_overridden_as_a_whole() -> None:
    assert SPOILING["cut"](CLAUSE) == CLAUSE[:2]
    assert "clause 4 does not apply" in SPOILING["overridden"](CLAUSE)[-1].text


def test_a_scan_blurs_words_and_loses_none() -> None:
    scanned = KEEPING["scanned"](CLAUSE * 8)
    text = "\n".join(piece.text for piece in scanned)
    assert "1" in text
    assert "-\n" in text
    assert text.replace("-\n", "").replace("1", "l") == "\n".join(piece.text for piece in CLAUSE * 8)
