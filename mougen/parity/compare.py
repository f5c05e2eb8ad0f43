"""Two passages that should say the same, in two languages, in; what they say differently out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from ..language import load_language
from .finding import Kind
from .force import SIDES, Denial, Force, force_of
from .values import Values, values_of
from .words import Tongue

MARKS = re.compile(r"^.*?(?=[;:.,]*$)")
SHARED = 4  # words in a row that both languages have, from which they are held to be left as they were
Said = tuple[Kind, str]
Texts = tuple[str, str]
Tongues = tuple[Tongue, Tongue]
# A sentence ends before a capital, but not after an initial or the abbreviation of "number".
SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\b[Nn]o)(?<!\b[Aa]rt)(?<![Nn]\.[ºo°])(?<=[.!?])\s+(?=[A-ZÀ-Þ«“‘\"(¿¡\u0600-\u06ff])"
)


def differences(texts: Texts, tongues: Tongues) -> Iterator[Said]:
    """Yield the kind of each difference and why it is one; `tongues` are the languages of `texts`."""
    texts = _apart(texts)
    named = [load_language(tongue.words.language).name for tongue in tongues]
    parts = [[s for s in SENTENCE.split(text) if s.strip()] for text in texts]
    if len(parts[0]) != len(parts[1]):
        parts = [[texts[0]], [texts[1]]]
    values = [values_of(text, tongue.words, tongue.lexicon) for text, tongue in zip(texts, tongues, strict=True)]
    seen = set[Said]()
    for left, right in zip(*parts, strict=True):
        forces = force_of(left, tongues[0]), force_of(right, tongues[1])
        for kind, why in _of_force(forces, named):
            if (kind, why) not in seen:
                seen.add((kind, why))
                yield kind, why
    yield from _of_values((values[0], values[1]), named)


def _apart(texts: Texts) -> Texts:
    """Return both texts without the runs of words that both have: names, and what was not translated."""
    words = [re.findall(r"\S+", text) for text in texts]
    runs = [{tuple(w[i : i + SHARED]) for i in range(len(w) - SHARED + 1)} for w in words]
    if not runs[0] & runs[1]:
        return texts
    matcher, dropped = SequenceMatcher(None, words[0], words[1], autojunk=False), (set[int](), set[int]())
    for block in matcher.get_matching_blocks():
        if block.size >= SHARED:
            dropped[0].update(range(block.a, block.a + block.size))
            dropped[1].update(range(block.b, block.b + block.size))
    left, right = (
        " ".join(MARKS.sub("…", word) if i in gone else word for i, word in enumerate(said))
        for said, gone in zip(words, dropped, strict=True)
    )
    return left, right


def _of_force(forces: tuple[Force, Force], named: list[str]) -> Iterator[Said]:
    left, right = forces
    if _permits_otherwise(left, right):
        more = 0 if left.permits > right.permits else 1
        yield "permission", f"{named[more]} allows what {named[1 - more]} makes a duty or does not say"
    if left.soft != right.soft:
        yield "soft", f"{named[0 if left.soft else 1]} has a softer verb than {named[1 if left.soft else 0]}"
    for denies in sorted(_denying(left, right)):
        yield "negation", f"{named[denies]} denies what {named[1 - denies]} affirms"
    if _names_others(left, right):
        said = " and ".join(f"{name} {_whom(force)}" for name, force in zip(named, forces, strict=True))
        yield "party", f"another party is named: {said}"
    if left.soonest != right.soonest:
        yield "time", f"only {named[0 if left.soonest else 1]} says at once"


def _permits_otherwise(left: Force, right: Force) -> bool:
    """Tell whether one sentence allows more; two that restrict as many verbs in all are held to say the same."""
    if left.permits == right.permits:
        return False
    if left.forbids and right.forbids and left.permits + left.forbids == right.permits + right.forbids:
        return False
    return not left.permits or not right.permits or (left.permits - right.permits) * (right.binds - left.binds) > 0


def _denying(left: Force, right: Force) -> set[int]:
    """Return which of the two denies something that the other affirms, part by part where they have as many."""
    parts = list(zip(left.denials, right.denials, strict=False))
    if len(left.denials) != len(right.denials):
        whole = [Denial(any(d.said for d in f.denials), any(d.meant for d in f.denials)) for f in (left, right)]
        parts = [(whole[0], whole[1])]
    verbs = list(zip(left.verbs, right.verbs, strict=False))
    if len(left.verbs) == len(right.verbs) and (len(verbs) > 1 or all(a.allows == b.allows for a, b in verbs)):
        parts += verbs
    found = {0 for one, other in parts if one.said and not other.said and not other.meant}
    return found | {1 for one, other in parts if other.said and not one.said and not one.meant}


def _names_others(left: Force, right: Force) -> bool:
    """Tell whether one names a party more often and the other less, or begins with the other party.

    One that is only named less often may be meant by a pronoun.
    """
    force, company = (left.named[side] - right.named[side] for side in SIDES)
    if force * company < 0:
        return True
    return left.named == right.named and bool(left.first and right.first) and left.first != right.first


def _whom(force: Force) -> str:
    if not force.named:
        return "names neither"
    first = f", {force.first} first" if force.first and len(force.named) > 1 else ""
    return "names " + " and ".join(f"the {side} {force.named[side]}×" for side in SIDES if force.named[side]) + first


def _of_values(values: tuple[Values, Values], named: list[str]) -> Iterator[Said]:
    left, right = values
    if left.dates != right.dates:
        yield "date", _both(named, left.dates - right.dates, right.dates - left.dates, "date")
    yield from _of_counts(left.counts - right.counts, right.counts - left.counts, named)
    for one, other, name in ((left, right, named[0]), (right, left, named[1])):
        for unit in sorted(one.often - other.units):
            yield "time", f"only {name} says that it comes back every {unit}"


def _of_counts(left: Counter[tuple[str, str]], right: Counter[tuple[str, str]], named: list[str]) -> Iterator[Said]:
    """Yield what is counted on one side only; a bare number on the other side stands for any ("under eighteen")."""
    for mine, theirs in ((left, right), (right, left)):
        for number, unit in [key for key in mine if key[1]]:
            met = min(mine[number, unit], theirs[number, ""])
            mine[number, unit] -= met
            theirs[number, ""] -= met
    for kind, units in _GROUPS:
        sides = [
            Counter({_counted(n, u): c for (n, u), c in side.items() if c > 0 and _group(u) == units})
            for side in (left, right)
        ]
        if any(sides):
            yield kind, _both(named, sides[0], sides[1], kind)


_GROUPS: tuple[tuple[Kind, str], ...] = (("time", "unit"), ("reference", "reference"), ("number", "bare"))


def _group(unit: str) -> str:
    return "bare" if not unit else "reference" if unit in ("clause", "annex") else "unit"


def _counted(number: str, unit: str) -> str:
    if unit in ("clause", "annex"):
        return f"{unit} {number.upper()}"
    return f"{number} {unit}{'s' if unit and number != '1' else ''}".strip()


def _both(named: list[str], left: Counter[str], right: Counter[str], kind: str) -> str:
    """Return a sentence that says what each language has and the other lacks."""
    said = [
        ", ".join(sorted(side.elements())) or f"no such {'time limit' if kind == 'time' else kind}"
        for side in (left, right)
    ]
    return f"{named[0]} has {said[0]}, {named[1]} has {said[1]}"
