"""What a comparison of two languages gives: differences, each with both passages, where they stand and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["missing", "permission", "soft", "negation", "party", "date", "time", "reference", "number"]
# What each kind is called; the order is that of weight.
KINDS: dict[Kind, str] = {
    "missing": "missing passage",
    "permission": "permission against duty",
    "soft": "weaker duty",
    "negation": "negation",
    "party": "party",
    "date": "date",
    "time": "time limit",
    "reference": "reference",
    "number": "number",
}


@dataclass(frozen=True, slots=True)
class Side:
    """A passage of one language: its text and where it stands; empty where there is none."""

    text: str = ""
    where: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the two texts of a passage say differently; `why` is a sentence that names it in each language."""

    kind: Kind
    where: str
    why: str
    left: Side
    right: Side


@dataclass(frozen=True, slots=True)
class Parity:
    """The comparison of an agreement in two languages; `notes` say what a reader must know of how it was made."""

    name: str
    languages: tuple[str, str]
    pairs: int
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.differences
