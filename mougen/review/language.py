"""The language of an agreement, told by its function words; a language without a lexicon is said, never judged."""

from __future__ import annotations

from collections import Counter

from ..agreement import Agreement
from ..data import data_root
from ..errors import ReviewError
from .features import tokens
from .lexicon import load_lexicon

SAMPLE = 6_000  # words; enough to tell
LEAST = 0.18  # share of function words in running text of the language


def languages() -> tuple[str, ...]:
    """Return the languages that can be reviewed."""
    return tuple(sorted(e.name for e in data_root("languages").iterdir() if (e / "lexicon.toml").is_file()))


def language_of(agreement: Agreement) -> str:
    """Return the language of `agreement`; raises ReviewError where it is none that can be reviewed, or there are no words."""
    words = tokens(agreement.text[: SAMPLE * 8])[:SAMPLE]
    if len(words) < 5:
        raise ReviewError(f"{agreement.name}: there are no words to review; is this the right file?")
    counts = Counter(words)
    shares = {
        language: sum(counts[w] for w in load_lexicon(language).function_words) / len(words) for language in languages()
    }
    best = max(shares, key=lambda language: shares[language])
    if shares[best] < LEAST:
        names = ", ".join(load_lexicon(language).language for language in languages())
        raise ReviewError(f"{agreement.name}: this is in no language that mougen can review ({names}); nothing was judged")
    return best
