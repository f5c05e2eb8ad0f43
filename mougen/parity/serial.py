"""Passages of two languages in the order in which each has them, paired by the number of their clause or by order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..language import languages, load_language
from ..review.lexicon import Lexicon, load_lexicon
from ..review.structure import Passage
from .finding import Side

NUMBERED = 0.2  # share of passages with a number of their own from which numbers tell what belongs together
WORDS = 3  # of which a passage without a number must have as many to be missed
NUMBER = re.compile(r"\d+(?:\.\d+)*(?:\.?[ªº])?(?:\([a-z\d]+\))*|\([a-z\d]+\)", re.I)


Pair = tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Item:
    """A passage of one language: its `place` in the agreement, its side, and the `key` that both languages share."""

    place: int
    side: int
    key: str
    passage: Passage

    def said(self) -> Side:
        where = re.sub(r"^(\w+) (?=\1\b)", "", self.passage.where, flags=re.I)  # "clause Clause 2"
        return Side(self.passage.text, where, self.passage.start, self.passage.end)

    def counts(self) -> bool:
        """Tell whether it would be missed: it has a number of its own, or is more than a few words."""
        return self.key.endswith("#1") or len(re.findall(r"[^\W\d_]+", self.passage.text)) >= WORDS

    def alone(self) -> tuple[Side, Side]:
        """Return the pair of a passage that the other language does not have."""
        return (self.said(), Side()) if self.side == 0 else (Side(), self.said())


def keyed(passages: Sequence[Passage], language: str) -> list[str]:
    """Return for each passage a key by which it is known in another language: clause, limb or term, and which of it.

    What has neither number nor term of its own has no key.
    """
    lexicon, terms = load_lexicon(language), _terms(language)
    seen, keys = Counter[str](), []
    for passage in passages:
        key = _key(passage, lexicon, terms)
        seen[key] += 1
        keys.append(f"{key} #{seen[key]}" if key else "")
    return keys


def _key(passage: Passage, lexicon: Lexicon, terms: Mapping[str, str]) -> str:
    where = passage.where
    numbered = where.startswith(f"{lexicon.places.clause} ")
    if passage.kind == "definition" or (passage.kind == "clause" and numbered):
        opening = passage.text.replace("’", "'").lstrip('“"«  ')
        begun = (t for t in terms if opening.startswith(t) and not opening[len(t) : len(t) + 1].isalnum())
        term = max(begun, key=len, default="")
        if term:
            return f"term {terms[term]}"
    if where.startswith(lexicon.places.paragraph):
        return ""
    if numbered:
        return " ".join(NUMBER.findall(where))
    short, _, number = where.partition(", ")
    return f"annex {short.split()[-1].lower()} {number.strip('.() ')}"


@cache
def _terms(language: str) -> Mapping[str, str]:
    """Return the English name of each thing that is called so in a language."""
    said = load_language(language).words
    if not said:
        said = {word: word for code in languages() for word in load_language(code).words}
    return {word: english for english, word in said.items() if word[:1].isupper()}


def in_series(left: Sequence[Item], right: Sequence[Item]) -> Iterator[tuple[int, Pair]]:
    """Yield the pairs of passages that follow each other in both languages, each with its place in the agreement."""
    numbered = min((sum(bool(i.key) for i in side) / max(len(side), 1) for side in (left, right)), default=0)
    for ours, theirs in _steps(left, right) if numbered >= NUMBERED else _by_order(left, right):
        if ours and theirs:
            yield ours.place, (ours.said(), theirs.said())
        elif (alone := ours or theirs) and alone.counts():
            yield alone.place, alone.alone()


Step = tuple[Item | None, Item | None]


def _steps(left: Sequence[Item], right: Sequence[Item]) -> Iterator[Step]:
    """Yield passages with the same key, wherever they stand; between them those without one by their order."""
    places = {item.key: at for at, item in enumerate(right) if item.key}
    known, start, waiting = {item.key for item in left if item.key}, 0, list[Item]()
    for item in left:
        at = places.get(item.key) if item.key else None
        if at is None:
            waiting.append(item)
            continue
        if at >= start:
            yield from _gap(waiting, [other for other in right[start:at] if other.key not in known])
            waiting, start = [], at + 1
        yield item, right[at]
    yield from _gap(waiting, [other for other in right[start:] if other.key not in known])


def _gap(left: Sequence[Item], right: Sequence[Item]) -> Iterator[Step]:
    """Yield passages of which neither side has the key of the other: those without one by their order."""
    yield from ((item, None) for item in left if item.key)
    yield from ((None, item) for item in right if item.key)
    yield from _by_order([i for i in left if not i.key], [i for i in right if not i.key])


def _by_order(left: Sequence[Item], right: Sequence[Item]) -> Iterator[Step]:
    """Yield passages in the order of both sides, leaving out one where lengths tell that it is missing in the other."""
    if len(left) == len(right):
        yield from zip(left, right, strict=True)
        return
    rows, columns = len(left) + 1, len(right) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            ways = [cost[i - 1][j] + MISSING] if i else []
            ways += [cost[i][j - 1] + MISSING] if j else []
            ways += [cost[i - 1][j - 1] + _unlike(left[i - 1], right[j - 1])] if i and j else []
            cost[i][j] = min(ways, default=0.0)
    found: list[Step] = []
    i, j = len(left), len(right)
    while i or j:
        if i and j and cost[i][j] == cost[i - 1][j - 1] + _unlike(left[i - 1], right[j - 1]):
            i, j = i - 1, j - 1
            found.append((left[i], right[j]))
        elif i and cost[i][j] == cost[i - 1][j] + MISSING:
            i -= 1
            found.append((left[i], None))
        else:
            j -= 1
            found.append((None, right[j]))
    yield from reversed(found)


MISSING = 0.6  # what it costs to hold that a passage is missing; as much as two that differ by that share of length


def _unlike(left: Item, right: Item) -> float:
    """Return how little two passages look like translations: by length, by the digits in them, headings apart."""
    lengths = sorted((len(left.passage.text), len(right.passage.text)))
    figures = [set(re.findall(r"\d+", item.passage.text)) for item in (left, right)]
    shared = len(figures[0] & figures[1]) / max(len(figures[0] | figures[1]), 1) if any(figures) else 1.0
    headings = (left.passage.kind == "heading") != (right.passage.kind == "heading")
    return (1 - lengths[0] / max(lengths[1], 1)) + (1 - shared) / 2 + (1.0 if headings else 0.0)
