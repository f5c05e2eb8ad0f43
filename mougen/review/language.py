"""The language of an agreement, told by its function words; one without a lexicon is never judged."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache

from ..agreement import Agreement
from ..data import data_root
from ..errors import ReviewError
from .features import tokens

SAMPLE = 40_000  # characters; enough to tell
UNKNOWN = "und"  # the code of BCP 47 for a language that is not determined
LEAST = 0.06  # share of function words below which a text is running text in none of the languages known


def languages() -> tuple[str, ...]:
    """Return the languages that can be reviewed."""
    return tuple(sorted(e.name for e in data_root("languages").iterdir() if (e / "lexicon.toml").is_file()))


@cache
def _function_words() -> dict[str, frozenset[str]]:
    text = (data_root("languages") / "function_words.toml").read_text(encoding="utf-8")
    return {language: frozenset(words) for language, words in tomllib.loads(text).items()}


def language_of(agreement: Agreement) -> str:
    """Return the language code of `agreement`, "und" where it is none that is known.

    Raises ReviewError where there are no words.
    """
    sample = agreement.text[:SAMPLE]
    words = tokens(sample)
    if not any(c.isalpha() for c in sample):
        raise ReviewError(f"{agreement.name}: there are no words to review; is this the right file?")
    counts = Counter(words)
    shares = {name: sum(counts[w] for w in known) / max(len(words), 1) for name, known in _function_words().items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= LEAST else UNKNOWN
