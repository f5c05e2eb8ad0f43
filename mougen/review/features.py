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

TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
# Numbers count by kind, not by value: what matters is that an hour, a day or a head-count is stated.
NUMBER = "0"
PARTS = (3, 4, 5)  # lengths of the parts of a word
PART = "~"
# Below this norm a text is too short for its few words to count in full; without it a table row of two words shouts.
FLOOR = (18.0, 36.0)  # of words, of parts


def plain(text: str) -> str:
    """Return `text` in lower case without accents, with line-end hyphens of scans joined."""
    text = re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", text.replace("’", "'").replace("\u00ad", ""))
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> list[str]:
    """Return the words of `text` in plain form; every number is the same word."""
    return [NUMBER if word[0].isdigit() else word for word in TOKEN.findall(plain(text))]


@lru_cache(maxsize=65_536)
def parts_of(word: str) -> tuple[str, ...]:
    """Return the parts of a word, with its ends marked, so that related and misspelt forms share most of them."""
    bounded = f" {word} "
    return tuple(PART + bounded[i : i + size] for size in PARTS for i in range(len(bounded) - size + 1))


def features(text: str, parties: Mapping[str, str]) -> list[str]:
    """Return the features of `text`, repeated as often as they occur; `parties` maps a word to its kind of party."""
    words = tokens(text)
    named = [f"<{parties[w]}>" if w in parties else w for w in words]
    found = list(words)
    found += [name for name, word in zip(named, words, strict=True) if name != word]
    found += [f"{a}_{b}" for a, b in zip(named, named[1:], strict=False)]
    found += [f"{a}_*_{b}" for a, b in zip(named, named[2:], strict=False)]
    for word in words:
        found += parts_of(word)
    return found


def vocabulary(texts: Iterable[Sequence[str]], least: int, most: int) -> dict[str, int]:
    """Return in how many texts each feature is, for those in at least `least`, the `most` frequent, in a fixed order."""
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
