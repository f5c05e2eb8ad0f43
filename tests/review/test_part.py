"""A passage is read under its heading, which may say what it is about and takes nothing from its words."""

from __future__ import annotations

import pytest

from mougen.reading import from_md
from mougen.review.judge import Thresholds
from mougen.review.part import Part

TERSE = "2.1 The Company may object to a person within eight days, and the Force shall then name another."
VETTING = "vetting-exclusion"


def part(text: str, *headings: str) -> Part:
    opening = "".join(f"# {heading}\n\n" for heading in headings)
    return Part(from_md.read(f"{opening}{text}\n".encode(), "m.md"), "en", Thresholds())


def bearing(text: str, *headings: str) -> float:
    return float(part(text, *headings).relevance[VETTING][-1])


def test_a_heading_says_what_a_terse_clause_is_about() -> None:
    term = "# 1. Term\n\n1.1 This Memorandum ends after two years.\n\n"
    vetted, fuelled = (
        float(part(f"{term}# 2. {heading}\n\n{TERSE}").relevance[VETTING][-1])
        for heading in ("Vetting of personnel before deployment", "Payments, fuel and vehicles")
    )
    assert vetted > Thresholds().relevant
    assert vetted > fuelled


def test_the_title_of_the_whole_tells_nothing() -> None:
    assert bearing(TERSE, "Memorandum of Understanding") == pytest.approx(bearing(TERSE))


def test_what_a_passage_bears_on_by_its_words_no_heading_takes_from_it() -> None:
    text = "2.1 Any member credibly implicated in a violation of human rights shall not be assigned to the Site."
    for heading in ("Vetting of personnel", "Fuel and vehicles"):
        assert part(text, "Term", heading).bears[VETTING][-1] > Thresholds().relevant
