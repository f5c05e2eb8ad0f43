"""Clauses that switch others off: "Notwithstanding any other clause, clause 9 does not apply in operations" (J4)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .lexicon import Lexicon
from .structure import Passage

NUMBERS = re.compile(r"\d+(?:\.\d+)*")
PLACE = re.compile(r"\w+ (\d+(?:\.\d+)*)")
REACH = 80  # characters between the last number and the words that switch off


def overridden(passages: Sequence[Passage], lexicon: Lexicon) -> Mapping[int, frozenset[int]]:
    """Return the passages that each overriding passage reaches, by index."""
    switched_off = lexicon.modality["override"].pattern
    cited = lexicon.patterns["cited"].pattern
    off = re.compile(rf"{cited}[^.;]{{0,{REACH}}}?{switched_off}", re.I)
    numbers = [_number(passage) for passage in passages]
    reached = {}
    for index, passage in enumerate(passages):
        targets = {n for match in off.finditer(passage.whole) for n in NUMBERS.findall(match[1])}
        if targets:
            hit = (i for i, n in enumerate(numbers) if i != index and any(_inside(n, t) for t in targets))
            reached[index] = frozenset(hit)
    return reached


def _number(passage: Passage) -> str:
    found = PLACE.match(passage.where)
    return found[1] if found else ""


def _inside(number: str, target: str) -> bool:
    return number == target or number.startswith(f"{target}.")
