"""Clauses that switch others off: "Notwithstanding any other clause, clause 9 does not apply in operations" (J4)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .lexicon import Lexicon
from .structure import Passage

PLACE = re.compile(r"\w+ (\d+(?:\.\d+)*)")
REACH = 80  # characters between the last number and the words that switch off


def overridden(passages: Sequence[Passage], lexicon: Lexicon) -> Mapping[int, frozenset[int]]:
    """Return the passages that each overriding passage reaches, by index."""
    switched_off = lexicon.modality["override"].pattern
    cited = lexicon.patterns["cited"].pattern
    after = re.compile(rf"{cited}[^.;]{{0,{REACH}}}?{switched_off}", re.I)
    # Where the verb may stand first: "no se aplicará la cláusula novena".
    before = re.compile(rf"{lexicon.modality['suspends'].pattern}[^.;]{{0,{REACH}}}?{cited}", re.I)
    numbered = lexicon.patterns["number"]
    numbers = [_number(passage) for passage in passages]
    reached = {}
    for index, passage in enumerate(passages):
        cites = [match[1] for off in (after, before) for match in off.finditer(passage.whole)]
        targets = {lexicon.number(n) for cite in cites for n in numbered.findall(cite)}
        if targets:
            hit = (i for i, n in enumerate(numbers) if i != index and any(_inside(n, t) for t in targets))
            reached[index] = frozenset(hit)
    return reached


def _number(passage: Passage) -> str:
    found = PLACE.match(passage.where)
    return found[1] if found else ""


def _inside(number: str, target: str) -> bool:
    return number == target or number.startswith(f"{target}.")
