"""Who is who, by the names that an agreement gives."""

from __future__ import annotations

import pytest
from reviewing import ENGLISH

from mougen.review.parties import aliases, party_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('Oriole Copper Limited (the "Operator") of the first part', {"operator": "company"}),
        ('the Constabulary of Velia (hereinafter "Velconst")', {"velconst": "force"}),
        ("Oriole Copper Limited, hereinafter referred to as ORIOLE, and", {"oriole": "company"}),
        ("the State Gendarmerie (hereinafter called “the Corps”)", {"corps": "force"}),
        ("Bastion Private Security (« Bastion »)", {"bastion": "guards"}),
        ("The Army of the Republic, hereafter the Formation, agrees", {"formation": "force"}),
        ("Oriole S.A. ('the Firm')", {"firm": "company"}),
    ],
)
def test_an_alias_stands_for_the_party_before_it(text: str, found: dict[str, str]) -> None:
    assert aliases([text], ENGLISH) == found


def test_the_nearest_party_is_the_one_meant() -> None:
    text = 'between Oriole Copper Limited (the "Investor") and the National Police (the "Institution")'
    assert aliases([text], ENGLISH) == {"investor": "company", "institution": "force"}


def test_parties_across_paragraphs_and_the_first_name_holds() -> None:
    texts = ['The Police of Velia (the "Institution")', 'Oriole Copper Limited (the "Institution")']
    assert aliases(texts, ENGLISH) == {"institution": "force"}


@pytest.mark.parametrize(
    "text",
    [
        'together the "Parties"',
        'the Ridge Road (the "Road")',
        "the Police shall patrol the road",
        'the agreement of 1990 (the "Convention")',
    ],
)
def test_what_names_no_party_is_left_alone(text: str) -> None:
    assert aliases([text], ENGLISH) == {}


def test_the_agreement_overrules_the_lexicon() -> None:
    assert party_words({}, ENGLISH)["operator"] == "company"
    assert party_words({"operator": "force"}, ENGLISH)["operator"] == "force"
    assert party_words({"formation": "force"}, ENGLISH)["police"] == "force"
