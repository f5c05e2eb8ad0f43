"""A sentence in, how it binds out: what it allows, what weakens it, what it denies, and whom it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..review.features import TOKEN, plain
from .words import Tongue

CLAUSE, PHRASE = re.compile(r"[;:.]|, (?:and|but|et|mais|y|pero|e|mas)\b"), re.compile(r"[;:.,]")
SUBJECT, NEAR = 3, 3  # words at the beginning of a clause, and before a verb, in which a negation reaches the verb
OWN = re.compile(r"(?:\s*\S+){0,2}")  # the words after a verb in which a negation is its own
OBJECT = re.compile(r"[;:.,]|\b(?:who|whom|that|which)\b")
SIDES = ("force", "company")
OPENING = 4  # words within which a sentence names its subject


@dataclass(frozen=True, slots=True)
class Denial:
    """Whether a part of a sentence denies something, and whether it may without a negator ("only", "fails to")."""

    said: bool
    meant: bool


@dataclass(frozen=True, slots=True)
class Verb(Denial):
    """Whether a verb that binds or allows is denied; `allows` tells that it allows."""

    allows: bool


@dataclass(frozen=True, slots=True)
class Force:
    """How one sentence binds.

    `permits` is the number of verbs that allow, `forbids` of those that are negated or restricted, `binds` of verbs
    that bind; `soft` tells that something weakens it; `denials` are those of its parts, `verbs` those of its
    verbs that bind or allow. `first` is the party that the
    sentence begins with, `named` how often each of the two is named.
    """

    permits: int
    forbids: int
    binds: int
    soft: bool
    denials: tuple[Denial, ...]
    verbs: tuple[Verb, ...]
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
        denials=tuple(_denials(text, held, tongue)),
        verbs=tuple(_verbs(text, held, tongue)),
        soonest=bool(patterns["soonest"].search(text)),
        first=next((kind for kind in kinds[:OPENING] if kind in SIDES), ""),
        named=Counter(kind for kind in kinds if kind in SIDES),
    )


def _denials(text: str, held: str, tongue: Tongue) -> Iterator[Denial]:
    patterns, start = tongue.words.patterns, 0
    for end in [*(m.start() for m in CLAUSE.finditer(text)), len(text)]:
        said, meant = held[start:end], text[start:end]
        denied = patterns["negation"].search(said) or patterns["forbidding"].search(meant)
        yield Denial(bool(denied), said != meant or bool(patterns["denial"].search(meant)))
        start = end


def _verbs(text: str, held: str, tongue: Tongue) -> Iterator[Verb]:
    """Yield for each verb that binds or allows whether it is denied beside it, by its subject or by its object."""
    patterns = tongue.words.patterns
    found, start = list(patterns["verb"].finditer(text)), 0
    for verb, end in zip(found, [*(v.start() for v in found[1:]), len(held)], strict=False):
        before, after = held[start : verb.start()], held[verb.end() : end]
        own = OWN.match(after)
        said = (
            verb[0] == "cannot"
            or patterns["before"].search(before)
            or (own and patterns["after"].search(own[0]))
            or _reaches(patterns["nobody"], CLAUSE.split(before)[-1], NEAR + 1)
            or patterns["nothing"].search(OBJECT.split(after)[0])
        )
        part = text[verb.start() : end]
        allows = patterns["permission"].search(verb[0]) is not None or verb[0] == "cannot"
        yield Verb(bool(said), part != held[verb.start() : end] or bool(patterns["denial"].search(part)), allows)
        start = verb.end() + (own.end() if own else 0)


def _reaches(denying: re.Pattern[str], before: str, near: int = NEAR) -> bool:
    """Tell whether a negation stands at the beginning of the part of a sentence before a verb, or close to the verb."""
    return any(
        len(before[: found.start()].split()) < SUBJECT or len(before[found.end() :].split()) < near
        for found in denying.finditer(before)
    )


def _hidden(found: re.Match[str]) -> str:
    return "#" * len(found[0])


def _forbidden(text: str, held: str, verb: re.Match[str], tongue: Tongue) -> bool:
    """Tell whether a verb that allows is negated, by itself or by its subject, or restricted."""
    patterns = tongue.words.patterns
    before, after = _part(held, verb, CLAUSE)
    if _reaches(patterns["negation"], before) or patterns["negation"].match(after.lstrip()):
        return True
    return patterns["only"].search(" ".join(_part(text, verb, PHRASE))) is not None


def _part(text: str, verb: re.Match[str], marks: re.Pattern[str]) -> tuple[str, str]:
    """Return what stands before and after a verb between two of `marks`."""
    start = max((m.end() for m in marks.finditer(text, 0, verb.start())), default=0)
    end = next((m.start() for m in marks.finditer(text, verb.end())), len(text))
    return text[start : verb.start()], text[verb.end() : end]
