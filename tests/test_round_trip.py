"""The closed loop: what is drafted is found when it is read back, and what is left out is missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from deals import ALL, COUNTRIES, NONE, complete, planned
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reviewing import LIBRARY, Remembering

from mougen.api import compose
from mougen.reading.from_docx import read
from mougen.requirement import FACTS
from mougen.review import pipeline
from mougen.review.engine import review_agreement
from mougen.review.finding import Review

# Every fact holds in the base deal, since a requirement that does not apply cannot be missed.
DROPPED = [
    c.id for variants in LIBRARY.clauses.values() for c in variants if not c.qualifiers and c.meets and not c.unless
]
CARRIERS = {
    id: {c.id for variants in LIBRARY.clauses.values() for c in variants if id in c.meets}
    for id in LIBRARY.requirements
}


@pytest.fixture(scope="module", autouse=True)
def _remembered() -> Iterator[None]:
    """Parse no passage twice: drafts share nearly all of them, and a passage is parsed by itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "parse", Remembering())
        yield


def round_trip(deal: Mapping[str, Any]) -> Review:
    """Return the review of the Word file that is drafted for `deal`."""
    drafted = compose(planned(dict(deal)))
    return review_agreement(read(drafted.data, "draft.docx"), facts=deal["facts"], library=LIBRARY)


def gaps(review: Review, severity: str = "required") -> dict[str, str]:
    return {f.requirement: f"{f.verdict}: {f.message}" for f in review.gaps if f.severity == severity}


@pytest.mark.parametrize("facts", [ALL, NONE], ids=["everything", "nothing"])
@pytest.mark.parametrize(("country", "lead"), COUNTRIES)
def test_what_is_drafted_has_no_gap(country: str, lead: str, facts: dict[str, bool]) -> None:
    review = round_trip(complete(country, lead, facts))
    assert gaps(review) == {}
    assert gaps(review, "recommended") == {}
    assert [flag.flag for flag in review.red_flags] == []


@given(st.sampled_from(COUNTRIES), st.fixed_dictionaries(dict.fromkeys(FACTS, st.booleans())))
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # an example that fails takes minutes to shrink, and its facts are few anyway
    suppress_health_check=[HealthCheck.too_slow],
)
def test_what_is_drafted_has_no_gap_whatever_the_facts(country: tuple[str, str], facts: dict[str, bool]) -> None:
    review = round_trip(complete(*country, facts))
    assert gaps(review) == {}
    assert [flag.flag for flag in review.red_flags] == []


@pytest.fixture(scope="module")
def base() -> set[str]:
    return {f.requirement for f in round_trip(complete()).gaps}


@pytest.mark.parametrize("clause", DROPPED)
def test_what_is_left_out_is_missed(clause: str, base: set[str]) -> None:
    """Dropping a clause raises exactly the requirements that only it meets."""
    only = {id for id, clauses in CARRIERS.items() if clauses == {clause}}
    review = round_trip({**complete(), "clauses": {"drop": [clause]}})
    found = {f.requirement: f"{f.verdict}: {f.message}" for f in review.gaps if f.requirement not in base - only}
    assert set(found) == only, found
