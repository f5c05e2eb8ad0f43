"""The language of a text, told by its function words; one without a lexicon and a model is never judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import tomli

from ..data import data_root
from .features import tokens

SAMPLE = 40_000  # characters; enough to tell
UNKNOWN = "und"  # the code of BCP 47 for a language that is not determined
LEAST = 0.06  # share of function words below which a text is running text in none of the languages known
CLEAR = 1.25  # how many times more function words than of the next language tell a paragraph apart


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that can be reviewed."""
    models = {e.name.removesuffix(".npz") for e in data_root("model").iterdir()}
    lexicons = {e.name for e in data_root("languages").iterdir() if (e / "lexicon.toml").is_file()}
    return tuple(sorted(models & lexicons))


@cache
def _function_words() -> dict[str, frozenset[str]]:
    text = (data_root("languages") / "function_words.toml").read_text(encoding="utf-8")
    return {language: frozenset(words) for language, words in tomli.loads(text).items()}


def language_of(text: str) -> str:
    """Return the language code of `text`, "und" where it is none that is known."""
    shares = _shares(text[:SAMPLE])
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= LEAST else UNKNOWN


def told_apart(text: str) -> str:
    """Return the language code of a paragraph, "und" where it does not stand out from the next one."""
    shares = _shares(text)
    best, second = sorted(shares, key=lambda name: -shares[name])[:2]
    return best if shares[best] >= 2 * LEAST and shares[best] >= CLEAR * shares[second] else UNKNOWN


def likelier(text: str, among: Sequence[str]) -> str:
    """Return the one of the languages `among` that the words of `text` are more likely in."""
    shares = _shares(text)
    return max(among, key=lambda name: shares.get(name, 0.0))


def leaning(text: str, among: Sequence[str]) -> str:
    """Return the one of the languages `among` that a few words stand out in, "und" where they stand out in none."""
    shares = _shares(text)
    best, second = sorted((shares.get(name, 0.0) for name in among), reverse=True)[:2]
    return likelier(text, among) if best >= LEAST and best >= CLEAR * second else UNKNOWN


def _shares(text: str) -> dict[str, float]:
    words = tokens(text)
    counts = Counter(words)
    return {name: sum(counts[w] for w in known) / max(len(words), 1) for name, known in _function_words().items()}
