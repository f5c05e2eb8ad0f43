"""The closed loop: what is drafted is found when it is read back, and what is left out is missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
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


REGISTERS = ("agreement", "mou", "letter")
# Each country, force that may lead and language of drafts, in turn in each register and with all facts or none.
SPOKEN = [
    (country, lead, language) for country, lead in COUNTRIES for language in LIBRARY.jurisdictions[country].languages
]
LOOPS = [
    (country, lead, language, REGISTERS[number % 3], number % 2 == 0)
    for number, (country, lead, language) in enumerate(SPOKEN)
]
# Where nothing but the clause is left out; each language has a country of its own here.
HOMES = {"en": "ghana", "fr": "cameroon", "es": "peru", "pt": "mozambique"}


def round_trip(deal: Mapping[str, Any]) -> Review:
    """Return the review of the Word file that is drafted for `deal`."""
    drafted = compose(planned(dict(deal)))
    return review_agreement(read(drafted.data, "draft.docx"), facts=deal["facts"], library=LIBRARY)


def gaps(review: Review, severity: str = "required") -> dict[str, str]:
    return {f.requirement: f"{f.verdict}: {f.message}" for f in review.gaps if f.severity == severity}


@pytest.mark.parametrize(("country", "lead", "language", "register", "everything"), LOOPS)
def test_what_is_drafted_has_no_gap(country: str, lead: str, language: str, register: str, everything: bool) -> None:
    deal = complete(country, lead, ALL if everything else NONE)
    review = round_trip({**deal, "language": language, "register": register})
    assert gaps(review) == {}
    assert gaps(review, "recommended") == {}
    assert [flag.flag for flag in review.red_flags] == []


@given(
    st.sampled_from(SPOKEN),
    st.sampled_from(REGISTERS),
    st.fixed_dictionaries(dict.fromkeys(FACTS, st.booleans())),
)
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # an example that fails takes minutes to shrink, and its facts are few anyway
    suppress_health_check=[HealthCheck.too_slow],
)
def test_what_is_drafted_has_no_gap_whatever_the_facts(
    where: tuple[str, str, str], register: str, facts: dict[str, bool]
) -> None:
    country, lead, language = where
    review = round_trip({**complete(country, lead, facts), "language": language, "register": register})
    assert gaps(review) == {}
    assert [flag.flag for flag in review.red_flags] == []


@cache
def base(language: str) -> frozenset[str]:
    return frozenset(f.requirement for f in round_trip({**complete(HOMES[language]), "language": language}).gaps)


@pytest.mark.parametrize(("number", "clause"), list(enumerate(DROPPED)))
def test_what_is_left_out_is_missed(number: int, clause: str) -> None:
    """Dropping a clause raises exactly the requirements that only it meets, in each language in turn."""
    language = sorted(HOMES)[number % len(HOMES)]
    only = {id for id, clauses in CARRIERS.items() if clauses == {clause}}
    review = round_trip({**complete(HOMES[language]), "language": language, "clauses": {"drop": [clause]}})
    known = base(language) - only
    found = {f.requirement: f"{f.verdict}: {f.message}" for f in review.gaps if f.requirement not in known}
    assert set(found) == only, found


# Of fifteen weak wordings, how many the review of a language may still take for whole ones.
UNSEEN = {"en": 0, "fr": 1, "es": 2, "pt": 4}
CONTESTED = {rung: [id for id in LIBRARY.clauses if LIBRARY.clause(id, rung=rung)] for rung in ("fallback", "weak")}


@pytest.mark.parametrize(("language", "home"), list(HOMES.items()))
def test_a_fallback_still_meets_what_the_first_wording_meets(language: str, home: str) -> None:
    review = round_trip({**complete(home), "language": language, "clauses": {"fallback": CONTESTED["fallback"]}})
    assert gaps(review) == {}


@pytest.mark.parametrize(("language", "home"), list(HOMES.items()))
def test_a_weak_wording_is_not_taken_for_a_whole_one(language: str, home: str) -> None:
    review = round_trip({**complete(home), "language": language, "clauses": {"weak": CONTESTED["weak"]}})
    gone = {f.requirement for f in review.gaps}
    unseen = [id for id in CONTESTED["weak"] if not gone.intersection(LIBRARY.clauses[id][0].meets)]
    assert len(unseen) <= UNSEEN[language], unseen
