"""A sentence in, how it binds out: what it allows, what weakens it, what it denies, and whom it names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ..review.features import TOKEN, plain
from .words import Tongue

CLAUSE, PHRASE = re.compile(r"[;:.]"), re.compile(r"[;:.,]")
SIDES = ("force", "company")
OPENING = 4  # words within which a sentence names its subject


@dataclass(frozen=True, slots=True)
class Force:
    """How one sentence binds.

    `permits` is the number of verbs that allow, `forbids` of those that are negated or restricted, `binds` of verbs
    that bind; `soft` tells that something weakens it; `negated` that something is denied, `denies` that it may be
    denied without a negator ("only", "fails to"). `first` is the party that the sentence begins with, `named` how often
    each of the two is named.
    """

    permits: int
    forbids: int
    binds: int
    soft: bool
    negated: bool
    denies: bool
    soonest: bool
    first: str
    named: Counter[str]


def force_of(sentence: str, tongue: Tongue) -> Force:
    """Return the force of `sentence`."""
    text, patterns = plain(sentence), tongue.words.patterns
    held = patterns["idle"].sub(_hidden, text)
    able = patterns["capable"].sub(_hidden, text)
    allowing = list(patterns["permission"].finditer(able))
    forbidden = sum(_forbidden(text, held, found, tongue) for found in allowing)
    kinds = [tongue.named.get(word.removesuffix("'s"), "") for word in TOKEN.findall(text)]
    return Force(
        permits=len(allowing) - forbidden,
        forbids=forbidden,
        binds=len(tongue.lexicon.modality["binding"].findall(sentence)),
        soft=bool(patterns["soft"].search(text)),
        negated=bool(patterns["negation"].search(held)),
        denies=bool(patterns["denial"].search(text)) or held != text,
        soonest=bool(patterns["soonest"].search(text)),
        first=next((kind for kind in kinds[:OPENING] if kind in SIDES), ""),
        named=Counter(kind for kind in kinds if kind in SIDES),
    )


def _hidden(found: re.Match[str]) -> str:
    return "#" * len(found[0])


def _forbidden(text: str, held: str, verb: re.Match[str], tongue: Tongue) -> bool:
    """Tell whether a verb that allows is negated or restricted in its part of the sentence."""
    patterns = tongue.words.patterns
    before, after = _part(held, verb, CLAUSE)
    if patterns["negation"].search(before) or patterns["negation"].match(after.lstrip()):
        return True
    return patterns["only"].search(" ".join(_part(text, verb, PHRASE))) is not None


def _part(text: str, verb: re.Match[str], marks: re.Pattern[str]) -> tuple[str, str]:
    """Return what stands before and after a verb between two of `marks`."""
    start = max((m.end() for m in marks.finditer(text, 0, verb.start())), default=0)
    end = next((m.start() for m in marks.finditer(text, verb.end())), len(text))
    return text[start : verb.start()], text[verb.end() : end]
