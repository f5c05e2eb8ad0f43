"""Which facts decide what applies: given by the user, else inferred from what the text says, else assumed to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..requirement import FACTS
from .finding import FactUsed
from .lexicon import Lexicon
from .structure import Passage


def facts_used(parts: Sequence[tuple[Sequence[Passage], Lexicon]], given: Mapping[str, bool]) -> dict[str, FactUsed]:
    """Return every fact with its value, on what it rests, and the passage that it was inferred from.

    `parts` are the passages of each language with its lexicon.
    """
    used = {}
    for fact in FACTS:
        if fact in given:
            used[fact] = FactUsed(given[fact], "given")
        elif found := next(filter(None, (_said(fact, *part) for part in parts)), ""):
            used[fact] = FactUsed(True, "inferred", found)
        else:
            used[fact] = FactUsed(True, "assumed")
    return used


def _said(fact: str, passages: Sequence[Passage], lexicon: Lexicon) -> str:
    """Return the first passage whose words show that `fact` holds, or nothing."""
    pattern = lexicon.facts.get(fact)
    if pattern is None:
        return ""
    return next((p.text for p in passages if pattern.search(p.text)), "")
