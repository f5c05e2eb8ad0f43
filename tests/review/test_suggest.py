"""What is proposed for a gap: the clause as a person can paste it, blanks in brackets, no code."""

from __future__ import annotations

import re

import pytest
from reviewing import LIBRARY

from mougen.review.suggest import proposal, suggestion

CLAUSES = {".".join((c.id, *c.qualifiers)): c for variants in LIBRARY.clauses.values() for c in variants}


@pytest.mark.parametrize("name", list(CLAUSES))
def test_no_code_is_left_and_every_blank_is_words(name: str) -> None:
    text = proposal(CLAUSES[name].body, LIBRARY, CLAUSES[name].language)
    assert text
    assert not re.search(r"\{\{|\}\}|\{%|%\}|\*\*|\b(?:terms|facts)\.\w|__", text)
    assert text.count("[") == text.count("]")
    for blank in re.findall(r"\[([^\]]*)\]", text):
        assert re.fullmatch(r"[^\W\d_][\w ,:'’()-]*", blank), blank


@pytest.mark.parametrize("requirement", LIBRARY.requirements)
def test_each_requirement_has_a_clause_to_insert(requirement: str) -> None:
    id = LIBRARY.requirements[requirement].clause
    found = suggestion(LIBRARY, id, "en")
    assert found is not None
    assert (found.clause, found.title) == (id, LIBRARY.clause(id, "", "en").title)  # type: ignore[union-attr]


def test_a_clause_that_is_not_there_is_not_proposed() -> None:
    assert suggestion(LIBRARY, "no-such-clause", "en") is None


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Within {{ terms.withdrawal_hours }} hours.", "Within 24 hours."),
        ('See clause {{ ref("use-of-force") }}.', "See clause [Use of force]."),
        ("The {{ country.nhri }} is told.", "The [country nhri] is told."),
        ("{% if facts.firearms %}\nNo arms.\n{% endif %}\nPeace.", "No arms.\nPeace."),
        ("**Term** means it.", "Term means it."),
    ],
)
def test_code_becomes_words(body: str, text: str) -> None:
    assert proposal(body, LIBRARY) == text
