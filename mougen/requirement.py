"""The catalogue: what an agreement should contain, which terms are harmful, and the works that say so."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Fact = Literal[
    "armed_conflict",
    "army_deployed",
    "in_kind_support",
    "equipment_transfer",
    "payments_to_personnel",
    "firearms",
    "gbv_risk",
    "private_security",
    "vulnerable_groups",
    "personnel_rights_risk",
    "investment_contract",
]
FACTS: tuple[str, ...] = Fact.__args__  # type: ignore[attr-defined]

Severity = Literal["required", "recommended"]
Category = Literal[
    "conduct",
    "deployment",
    "training",
    "support",
    "violations",
    "monitoring",
    "communication",
    "remedy",
    "governing",
]

TITLES: Mapping[Category, str] = {
    "conduct": "Conduct",
    "deployment": "Deployment and command",
    "training": "Training",
    "support": "Support",
    "violations": "Violations and their consequences",
    "monitoring": "Monitoring",
    "communication": "Communication and disclosure",
    "remedy": "Remedy and protection",
    "governing": "Governing terms",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a work; `verified` is false where the place was recalled and not re-read."""

    work: str
    place: str
    verified: bool

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read "BPUFF: 4, 5" or, recalled, "BPUFF: 9, 10°"."""
        work, _, place = text.removesuffix("°").partition(":")
        return cls(work.strip(), place.strip(), not text.endswith("°"))

    def __str__(self) -> str:
        place = f": {self.place}" if self.place else ""
        return f"{self.work}{place}{'' if self.verified else ' (recalled, verify)'}"


@dataclass(frozen=True, slots=True)
class Work:
    """A work that citations name by `key`."""

    key: str
    title: str
    author: str = ""
    year: int = 0
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Limb:
    """One thing that a requirement asks the agreement to say; `by` tells that it may fall on the company alone."""

    id: str
    asks: str
    needed: bool = True
    by: Literal["force", "company"] = "force"
    when: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Harm:
    """One term that contradicts a requirement by being there."""

    id: str
    says: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of the requirements that an agreement is judged by; `id` is the file name.

    `tabular` tells that rows of a table can state it (a schedule of support, a matrix of contacts),
    `defined` that it names texts, which a definition may name and a clause have followed.
    """

    number: int
    title: str
    category: Category
    severity: Severity
    clause: str
    why: str
    met: str
    partial: str
    contradicted: str
    limbs: tuple[Limb, ...]
    harms: tuple[Harm, ...]
    cites: tuple[str, ...]
    obligor: Literal["force", "company", "both", "any"] = "force"
    core: bool = False
    tabular: bool = False
    defined: bool = False
    applies: tuple[Fact, ...] = ()
    required: tuple[Fact, ...] = ()
    id: str = field(default="", kw_only=True)

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(Citation.parse(text) for text in self.cites)

    def severity_for(self, facts: frozenset[str]) -> Severity:
        """Return how severe a gap is where `facts` are true."""
        return "required" if facts.intersection(self.required) else self.severity

    def applies_to(self, facts: frozenset[str]) -> bool:
        """Tell whether an agreement is judged by this where `facts` are true."""
        return not self.applies or bool(facts.intersection(self.applies))

    def needed_limbs(self, facts: frozenset[str]) -> tuple[Limb, ...]:
        """Return the limbs that `met` needs where `facts` are true."""
        return tuple(b for b in self.limbs if b.needed and (not b.when or facts.intersection(b.when)))


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A harmful term; `harms` are the "requirement/harm" pairs that raise it, `guard` says when it must not be."""

    title: str
    severity: Literal["high", "medium", "low"]
    says: str
    why: str
    guard: str
    contradicts: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    verified: bool = True
    id: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty by the id that jurisdictions use."""

    id: str
    name: str
    short: str
    year: int
    kind: Literal["human-rights", "humanitarian", "criminal"]


Confidence = Literal["found", "found-secondary", "recalled-high", "recalled-medium", "recalled-low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A fact about a country: where it was read, how far it can be relied on, and when it was last checked."""

    source: str
    confidence: Confidence
    checked: datetime.date

    @property
    def verified(self) -> bool:
        return self.confidence == "found"
