"""Text in, sparse features out: words, pairs of words and parts of words, with parties under one name.

The same code makes the features of training and of review, so that a model is never asked in another tongue than it was
taught in.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[.;:\n](?!\d)")
ELISION = re.compile(r"\b((?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)')(?=\w)", re.I)  # French "l'armée", "qu'il"
STOP = frozenset(".;:\n")  # a negation does not reach beyond these
# Numbers count by kind, not by value: what matters is that an hour, a day or a head-count is stated.
NUMBER = "0"
PARTS = (3, 4, 5)  # lengths of the parts of a word
PART = "~"
NOT = "!"
# Below this norm a text is too short for its few words to count in full; without it a table row of two words shouts.
FLOOR = (18.0, 36.0)  # of words, of parts


def plain(text: str) -> str:
    """Return `text` in lower case without accents, with line-end hyphens of scans joined."""
    text = re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", text.replace("’", "'").replace("\u00ad", ""))
    text = ELISION.sub(r"\1 ", text)
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> list[str]:
    """Return the words of `text` in plain form; every number is the same word."""
    return [NUMBER if word[0].isdigit() else word for word in TOKEN.findall(plain(text)) if word not in STOP]


@lru_cache(maxsize=65_536)
def parts_of(word: str) -> tuple[str, ...]:
    """Return the parts of a word, with its ends marked, so that related and misspelt forms share most of them."""
    bounded = f" {word} "
    return tuple(PART + bounded[i : i + size] for size in PARTS for i in range(len(bounded) - size + 1))


def features(text: str, kinds: Mapping[str, str]) -> list[str]:
    """Return the features of `text`, repeated as often as they occur.

    `kinds` maps a word to what it stands for: a kind of party, or "no" for a word that negates. Words that a negation
    reaches are features of their own, so that what is forbidden is not taken for what is done.
    """
    found: list[str] = []
    before: list[str] = []
    negated = False
    for token in TOKEN.findall(plain(text)):
        if token in STOP:
            before, negated = [], False
            continue
        word = NUMBER if token[0].isdigit() else token
        kind = kinds.get(word)
        name = f"<{kind}>" if kind else word
        mark = NOT if negated else ""
        found.append(mark + word)
        if kind:
            found.append(mark + name)
        found += [
            f"{mark}{b}{'_*' * (n + 1)}_{name}" if n else f"{mark}{b}_{name}" for n, b in enumerate(before[:-3:-1])
        ]
        found += parts_of(word)
        before.append(name)
        negated = negated or kind == "no"
    return found


def vocabulary(texts: Iterable[Sequence[str]], least: int, most: int) -> dict[str, int]:
    """Return in how many texts each feature is, for the `most` frequent of those in at least `least`, in order."""
    counts = Counter(name for found in texts for name in set(found))
    kept = sorted((n for n, c in counts.items() if c >= least), key=lambda n: (-counts[n], n))[:most]
    return {name: counts[name] for name in sorted(kept)}


def weights_of(found: Iterable[str], places: Mapping[str, int], rarity: Sequence[float]) -> dict[int, float]:
    """Return the weight of each known feature by place: damped count times rarity, words and parts normed apart."""
    groups: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for name, count in Counter(found).items():
        place = places.get(name)
        if place is not None:
            groups[name.startswith(PART)][place] = (1 + math.log(count)) * float(rarity[place])
    weights: dict[int, float] = {}
    for group, floor in zip(groups, FLOOR, strict=True):
        norm = math.sqrt(sum(w * w for w in group.values()) + floor**2)
        weights |= {place: w / norm for place, w in group.items()}
    return weights
