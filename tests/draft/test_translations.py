"""A translated clause is the English one in another language: the same parts, values, references and numbers."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from deals import LIBRARY

from mougen.clause import Clause
from mougen.language import SOURCE, languages
from mougen.review.language import language_of

LANGUAGES = languages()[1:]
TRANSLATED = {
    clause.path: clause for variants in LIBRARY.clauses.values() for clause in variants if clause.language != SOURCE
}
JINJA = re.compile(r"\{[{%].*?[}%]\}", re.S)
# Wordings for one country are drafted in the languages of that country alone.
GENERAL = {
    c.path for variants in LIBRARY.clauses.values() for c in variants if c.language == SOURCE and not c.jurisdiction
}


def original(clause: Clause) -> Clause:
    found = LIBRARY.clauses.of(clause.id, *(q for q in clause.qualifiers if q != clause.language))
    assert found is not None, f"{clause.path} translates nothing"
    return found


def tokens(body: str) -> Counter[str]:
    """Return what Jinja prints and calls, each with how often; conditions that only suit grammar may differ."""
    marks = " ".join(JINJA.findall(body))
    return Counter(re.findall(r'(?:terms|ref|has)[.(]"?[\w-]+', marks))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_is_there_in_every_language(language: str) -> None:
    there = {path for path in GENERAL if path.replace(".md", f".{language}.md") in TRANSLATED}
    assert sorted(GENERAL - there) == []


@pytest.mark.parametrize("path", TRANSLATED)
def test_a_translation_has_the_parts_of_the_original(path: str) -> None:
    clause = TRANSLATED[path]
    english = original(clause)
    assert set(tokens(clause.body)) == set(tokens(english.body))
    kinds = [
        Counter(line.lstrip()[:1] for line in body.splitlines() if line.lstrip()[:1] in ("-", "|", ">"))
        for body in (clause.body, english.body)
    ]
    assert kinds[0] == kinds[1]
    assert clause.meets == english.meets
    assert {f.name: (f.type, f.least, f.most) for f in clause.fields} == {
        f.name: (f.type, f.least, f.most) for f in english.fields
    }


@pytest.mark.parametrize("path", TRANSLATED)
def test_a_translation_has_the_numbers_of_the_original(path: str) -> None:
    """Hours, days and years that the text itself fixes; ordinals and dates are written otherwise in each language."""
    clause = TRANSLATED[path]
    bodies = (JINJA.sub(" ", body) for body in (clause.body, original(clause).body))
    figures = [Counter(re.findall(r"(?<![\w./-])\d{2,}(?![\w./-])", body)) for body in bodies]
    assert figures[0] == figures[1]


@pytest.mark.parametrize("path", TRANSLATED)
def test_a_translation_is_in_its_language_and_its_note_too(path: str) -> None:
    clause = TRANSLATED[path]
    words = JINJA.sub(" ", clause.body)
    if len(words.split()) > 40:
        assert language_of(words) == clause.language
    assert language_of(clause.note) == clause.language
