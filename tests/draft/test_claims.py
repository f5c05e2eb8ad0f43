"""No draft names a treaty, law, body or payment that its country's file does not support."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import pytest
from deals import ALL, COUNTRIES, LIBRARY, complete, planned, text_of

from mougen.language import load_language
from mougen.schema import walk_text

SPOKEN = [
    (country, lead, language) for country, lead in COUNTRIES for language in LIBRARY.jurisdictions[country].languages
]
# A law cited by its number or year, and an office that the State calls by a proper name.
LAW = re.compile(
    r"\b(?:Laws?|Decrees?|Acts?|Loi|Lois|Décrets?|Ley|Leyes|Decretos?|Lei|Leis)\s+"
    r"(?:(?:Supremo|Legislativo|Organique|Presidencial|Ministerial)\s+)?(?:No\.|Nos\.|n[°º]s?|N\.º|n\.º)\s*[\d/.-]*\d"
    r"|\b[A-Z][\w'’-]+(?:\s+(?:and|of|the|for|[A-Z][\w'’-]+|\([A-Z][\w ]+\)))*\s+Acts?,?\s+(?:No\.\s*\d+\s+of\s+)?\d{4}"
)
BODY = re.compile(
    r"\b(?!The\b)(?:[A-Z][\w'’-]+ (?:(?:of|for|and|on|the) )*)*"
    r"(?:Commission|Ombudsman|Inspectorate|Directorate|Public Protector|Oversight Authority)"
    r"(?: (?:(?:of|for|and|on|the) )*[A-Z][\w'’-]+)*"
)


def plain(text: str) -> str:
    """Return `text` with plain apostrophes and single spaces; lines and cells stay apart."""
    return re.sub(r"[^\S\n\t]+", " ", text.replace("’", "'"))


def unsupported(found: Iterable[re.Match[str]], known: str) -> list[str]:
    """Return what was found that `known` does not say: whole, or the part before or after "of the"."""
    names = {match[0] for match in found}
    return sorted(n for n in names if not any(part in known for part in (n, *n.split(" of the ", 1))))


@cache
def drafted(country: str, lead: str, language: str) -> str:
    return plain(text_of(planned({**complete(country, lead, ALL), "language": language})))


@cache
def supported(country: str, language: str) -> str:
    """Return all that the country's file says, in the language of the draft and in English."""
    source = LIBRARY.jurisdictions[country]
    both = (source, LIBRARY.spoken(source, language))
    return plain("\n".join(text for record in both for _, text in walk_text(record)))


@pytest.mark.parametrize(("country", "lead", "language"), SPOKEN)
def test_a_treaty_that_does_not_bind_the_state_is_not_named(country: str, lead: str, language: str) -> None:
    say, text = load_language(language).say, drafted(country, lead, language)
    binding = {t.instrument for t in LIBRARY.jurisdictions[country].treaties if t.status == "party"}
    others = [i for id, i in LIBRARY.instruments.items() if id not in binding]
    named = [i.id for i in others if plain(say(f"the {i.name}")).removeprefix("the ") in text]
    longer = {i.id for i in others for b in binding if i.name in LIBRARY.instruments[b].name}
    assert [id for id in named if id not in longer] == []


@pytest.mark.parametrize(("country", "lead", "language"), SPOKEN)
def test_a_law_that_is_cited_is_in_the_file_of_the_country(country: str, lead: str, language: str) -> None:
    assert unsupported(LAW.finditer(drafted(country, lead, language)), supported(country, language)) == []


@pytest.mark.parametrize(("country", "lead"), COUNTRIES)
def test_a_body_that_is_named_is_in_the_file_of_the_country(country: str, lead: str) -> None:
    assert unsupported(BODY.finditer(drafted(country, lead, "en")), supported(country, "en")) == []


@pytest.mark.parametrize(("country", "lead", "language"), SPOKEN)
def test_money_goes_where_the_file_says(country: str, lead: str, language: str) -> None:
    plan = planned({**complete(country, lead, ALL), "language": language})
    payee = plan.country.institutions_by_id[lead].payee
    assert plain(payee) in plain("\n".join(block.text for block in plan["payments"].blocks))
