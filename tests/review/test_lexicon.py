"""The words of a language: how entries are read, and that cues name limbs that are there."""

from __future__ import annotations

import pytest

from mougen.library import bundled_library
from mougen.review.language import languages
from mougen.review.lexicon import load_lexicon, pattern

LIMBS = {f"{r.id}/{limb.id}" for r in bundled_library().requirements.values() for limb in r.limbs}


@pytest.mark.parametrize("language", languages())
def test_cues_name_limbs_of_the_catalogue(language: str) -> None:
    lexicon = load_lexicon(language)
    named = {*lexicon.needs, *lexicon.unless, *lexicon.spread}
    assert named
    assert named <= LIMBS


@pytest.mark.parametrize(
    ("entry", "found", "not_found"),
    [
        ("best efforts", "use its Best  Efforts to", "the best of efforts"),
        ("endeavour*", "shall endeavouring", "an endeavor"),
        ("no … may", "no officer of the post may", "no. The officer of the day at the post now may"),
        ("FORCE", "the Force shall", "the use of force"),
        ("may", "it may act", "in mayhem"),
    ],
)
def test_entries_match_whole_words(entry: str, found: str, not_found: str) -> None:
    assert pattern([entry]).search(found)
    assert not pattern([entry]).search(not_found)
