"""Clauses that switch others off reach the clauses they name, and no others."""

from __future__ import annotations

import pytest

from mougen.agreement import Agreement, Paragraph
from mougen.review.lexicon import load_lexicon
from mougen.review.override import overridden
from mougen.review.structure import passages_of

LEXICON = load_lexicon("en")
BODY = (
    "4 Use of force",
    "4.1 The Police shall use force only when strictly necessary.",
    "4.2 The Police shall warn before they act.",
    "5 Medical aid",
    "5.1 The Police shall give aid to everybody who is hurt.",
    "14.1 The Police shall report each use of force.",
)


def reached(*lines: str) -> list[str]:
    """Return the openings of the passages that the last of `lines` reaches."""
    paragraphs, at = [], 0
    for line in (*BODY, *lines):
        paragraphs.append(Paragraph(line, at))
        at += len(line) + 1
    passages = passages_of(Agreement("x", tuple(paragraphs)), LEXICON)
    found = overridden(passages, LEXICON)
    assert set(found) <= {len(passages) - 1}
    return [passages[i].text.split(" ")[0] for i in sorted(found.get(len(passages) - 1, ()))]


@pytest.mark.parametrize(
    "says",
    [
        "20.1 Notwithstanding any other clause, clause 4 does not apply during operations.",
        "20.1 For the night shift, Article 4 has no effect.",
        "20.1 Sections 4 and 5 are suspended while an alert lasts.",
        "20.1 In convoys clauses 4, 5 and 14.1 shall not apply.",
    ],
)
def test_a_clause_reaches_what_it_names(says: str) -> None:
    found = reached(says)
    assert {"4.1", "4.2"} <= set(found)
    assert ("5.1" in found) == ("5" in says)
    assert ("14.1" in found) == ("14.1" in says)


@pytest.mark.parametrize(
    "says",
    [
        "20.1 The Parties shall act under clause 4 at all times.",
        "20.1 Clause 4 applies during operations too.",
        "20.1 The tariff of 4 dollars does not apply to diesel.",
        "20.1 Clause 99 does not apply.",
    ],
)
def test_others_reach_nothing(says: str) -> None:
    assert reached(says) == []


def test_a_subclause_is_reached_alone() -> None:
    assert reached("20.1 Clause 4.2 does not apply where speed is needed.") == ["4.2"]
