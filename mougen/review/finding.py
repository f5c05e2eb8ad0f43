"""What a review says: findings with their evidence, red flags, and what was assumed on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..agreement import Agreement
from ..language import Language, load_language

Verdict = Literal["met", "partial", "missing", "contradicted", "undetermined", "not-applicable"]
VERDICTS: tuple[str, ...] = Verdict.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage: its words, where it stands ("clause 4.2", "Annex 1, table row 3"), its span in `Agreement.text`.

    `limbs` are the limbs of the requirement that it states; `doubts` say why it does not count in full
    ("soft verb: should"); `deciding` are the spans of the words that decided, in `Agreement.text` too.
    """

    quote: str
    where: str
    start: int
    end: int
    limbs: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    deciding: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Nearest:
    """For a missing requirement: a passage that came closest, and why it does not count."""

    evidence: Evidence
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one requirement. `lacks` are the needed limbs that no binding passage states."""

    requirement: str
    title: str
    category: str
    verdict: Verdict
    severity: Literal["required", "recommended"]
    core: bool
    message: str
    evidence: tuple[Evidence, ...] = ()
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    clause: str = ""
    cites: tuple[str, ...] = ()

    @property
    def gap(self) -> bool:
        """Whether the agreement should be mended here."""
        return self.verdict not in ("met", "not-applicable")


@dataclass(frozen=True, slots=True)
class FlagRaised:
    """A harmful term that is there."""

    flag: str
    title: str
    severity: Literal["high", "medium", "low"]
    message: str
    why: str
    evidence: tuple[Evidence, ...]
    contradicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A fact that decided which requirements apply: `basis` says whether it was given, inferred or assumed."""

    value: bool
    basis: Literal["given", "inferred", "assumed"]
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The clause to insert: its id, title and text with blanks in square brackets."""

    clause: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """All findings on one agreement, in catalogue order; `spoken` is the language in which they are said."""

    agreement: Agreement
    language: str
    facts: Mapping[str, FactUsed]
    findings: tuple[Finding, ...]
    red_flags: tuple[FlagRaised, ...]
    suggestions: Mapping[str, Suggestion]
    notes: tuple[str, ...]
    digest: str
    spoken: Language = field(default_factory=lambda: load_language("en"))

    def __getitem__(self, requirement: str) -> Finding:
        for finding in self.findings:
            if finding.requirement == requirement:
                return finding
        raise KeyError(requirement)

    @property
    def gaps(self) -> tuple[Finding, ...]:
        """Findings that call for a mend, worst first, required before recommended."""
        order = ("contradicted", "missing", "partial", "undetermined")
        found = [f for f in self.findings if f.gap]
        return tuple(sorted(found, key=lambda f: (f.severity != "required", not f.core, order.index(f.verdict))))

    @property
    def ok(self) -> bool:
        """Whether no required item has a gap and no red flag of high severity is raised."""
        required = any(f.gap and f.severity == "required" for f in self.findings)
        return not required and not any(f.severity == "high" for f in self.red_flags)
