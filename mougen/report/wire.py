"""A review as plain data, version 1, which `json` and `jsonl` print; docs/wire-schema.md describes it for users."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..review.finding import Evidence, Finding, FlagRaised, Review
from .summary import DISCLAIMER, Summary

VERSION = 1


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be reviewed, and the sentence that says why."""

    file: str
    error: str


def wire(outcome: Review | Unread) -> dict[str, Any]:
    """Return what `json` prints for one file; all keys are always there, in this order."""
    if isinstance(outcome, Unread):
        return {"version": VERSION, "file": outcome.file, "error": outcome.error}
    return {
        "version": VERSION,
        "file": outcome.agreement.name,
        "language": outcome.language,
        "library": outcome.digest,
        "facts": {
            name: {"value": fact.value, "basis": fact.basis, "passage": fact.passage}
            for name, fact in outcome.facts.items()
        },
        "findings": [_finding(outcome, finding) for finding in outcome.findings],
        "red_flags": [_flag(flag) for flag in outcome.red_flags],
        "summary": _summary(Summary.of(outcome)),
        "notes": list(outcome.notes),
        "disclaimer": outcome.spoken.say(DISCLAIMER),
    }


def _finding(review: Review, finding: Finding) -> dict[str, Any]:
    suggestion = review.suggestions.get(finding.clause)
    return {
        "requirement": finding.requirement,
        "title": finding.title,
        "category": finding.category,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "core": finding.core,
        "message": finding.message,
        "evidence": [_evidence(passage) for passage in finding.evidence],
        "has": list(finding.has),
        "lacks": list(finding.lacks),
        "contrary": list(finding.contrary),
        "nearest": [{**_place(near.evidence), "why": near.why} for near in finding.nearest],
        "clause": finding.clause,
        "suggestion": suggestion.text if suggestion and finding.gap else "",
        "cites": list(finding.cites),
    }


def _flag(flag: FlagRaised) -> dict[str, Any]:
    return {
        "flag": flag.flag,
        "title": flag.title,
        "severity": flag.severity,
        "message": flag.message,
        "why": flag.why,
        "contradicts": list(flag.contradicts),
        "evidence": [_evidence(passage) for passage in flag.evidence],
    }


def _place(passage: Evidence) -> dict[str, Any]:
    return {"quote": passage.quote, "where": passage.where, "start": passage.start, "end": passage.end}


def _evidence(passage: Evidence) -> dict[str, Any]:
    return {
        **_place(passage),
        "limbs": list(passage.limbs),
        "doubts": list(passage.doubts),
        "deciding": [list(span) for span in passage.deciding],
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "verdicts": dict(summary.verdicts),
        "required_gaps": len(summary.required),
        "recommended_gaps": len(summary.recommended),
        "core": summary.core,
        "core_gaps": [finding.requirement for finding in summary.core_gaps],
        "red_flags": dict(summary.flags),
        "ok": summary.ok,
    }
