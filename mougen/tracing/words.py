"""A line as words: which of them count when a line is compared, and what was put in or taken out between two lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from ..reading.plain import literal_label

Key = tuple[str, ...]
Renumber = Callable[[Sequence["Word"]], Sequence["Word"]]

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*|_+|\S")
SPACES = re.compile(r"[^\S\t]+")
LEADING = re.compile(r"^[\s–—•▪·*-]+")
QUOTES = dict.fromkeys(map(ord, "'\"“”„‟‘’‚‛«»‹›`´"), "'")
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
MOST = 5_000  # words of a line beyond which it is compared as a whole; no paragraph has as many
SMALL = 2  # unchanged words between two changes that are shown as changed too, so that the diff can be read


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark as it is written, the key by which it is compared, and whether a space stands before it."""

    text: str
    key: str
    spaced: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line that stayed, or was inserted or deleted; it begins with the space that stands before it."""

    kind: Literal["same", "inserted", "deleted"]
    text: str


@lru_cache(maxsize=8192)
def words_of(line: str) -> tuple[Word, ...]:
    """Return the words of `line` without the number or bullet before it; spaces and kinds of quote do not count."""
    line = SPACES.sub(" ", "".join(c for c in line if unicodedata.category(c) != "Cf")).strip()
    label = re.match(r"\s+".join(map(re.escape, literal_label(line).split())), line)
    rest = LEADING.sub("", line[label.end() if label else 0 :])
    text = rest if WORD.search(rest) else line
    found = []
    for match in WORD.finditer(text):
        key = unicodedata.normalize("NFKC", match[0]).translate(QUOTES).translate(DASHES)
        spaced = match.start() > 0 and text[match.start() - 1].isspace()
        found.append(Word(match[0], "_" if key.startswith("_") else key, spaced))
    return tuple(found)


def key_of(line: str) -> Key:
    """Return what two lines that say the same have in common."""
    return tuple(word.key for word in words_of(line))


def likeness(one: Key, other: Key, least: float = 0.0) -> float:
    """Return how alike two lines are, from 0 to 1; below `least` it may come back as 0 without further work."""
    if one == other:
        return 1.0
    if not one or not other or max(len(one), len(other)) > MOST:
        return 0.0
    if 2 * min(len(one), len(other)) / (len(one) + len(other)) < least:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return 0.0 if least and matcher.quick_ratio() < least else matcher.ratio()


def difference(old: str, new: str, renumber: Renumber) -> tuple[Piece, ...]:
    """Return `old` as it became `new`, in pieces; nothing where they say the same.

    `renumber` puts into words the numbers that the clauses bear now, which may have been refreshed or not.
    """
    before, after = words_of(old), words_of(new)
    ways = [_runs(before, after)]
    if any(kind != "same" for kind, _ in ways[0]):
        ways.append(_runs(renumber(before), after))
    runs = min(ways, key=lambda runs: sum(len(words) for kind, words in runs if kind != "same"))
    if all(kind == "same" for kind, _ in runs):
        return ()
    return tuple(Piece(kind, _written(words)) for kind, words in _merged(runs))


Run = tuple[Literal["same", "inserted", "deleted"], tuple[Word, ...]]


def _runs(before: Sequence[Word], after: Sequence[Word]) -> list[Run]:
    """Return the runs of words that stayed, went or came."""
    one, other = [w.key for w in before], [w.key for w in after]
    if max(len(one), len(other)) > MOST and one != other:
        return [("deleted", tuple(before)), ("inserted", tuple(after))]
    runs: list[Run] = []
    for kind, i, j, m, n in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(("same", tuple(after[m:n])))
            continue
        runs += [("deleted", tuple(before[i:j]))] if i < j else []
        runs += [("inserted", tuple(after[m:n]))] if m < n else []
    return runs


def _merged(runs: list[Run]) -> list[Run]:
    """Return `runs` with neighbours of one kind joined, and small unchanged ones between changes taken as changed."""
    grouped: list[tuple[bool, list[Word], list[Word]]] = []  # (changed, words that went or stayed, words that came)
    for index, (kind, words) in enumerate(runs):
        small = kind == "same" and 0 < index < len(runs) - 1 and len(words) <= SMALL and _idle(words)
        changed = kind != "same" or small
        if not grouped or grouped[-1][0] != changed:
            grouped.append((changed, [], []))
        if kind != "inserted":
            grouped[-1][1].extend(words)
        if kind == "inserted" or small:
            grouped[-1][2].extend(words)
    found: list[Run] = []
    for changed, gone, come in grouped:
        if not changed:
            found.append(("same", tuple(gone)))
            continue
        found += [("deleted", tuple(gone))] if gone else []
        found += [("inserted", tuple(come))] if come else []
    return found


def _idle(words: Sequence[Word]) -> bool:
    """Tell whether words are too slight to hold two changes apart."""
    return all(len(word.key) < 4 for word in words)


def _written(words: Sequence[Word]) -> str:
    return "".join(f"{' ' if word.spaced else ''}{word.text}" for word in words)
