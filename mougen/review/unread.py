"""What is not judged, and says so: a text in a language that cannot be reviewed, a requirement that does not apply."""

from __future__ import annotations

from collections.abc import Mapping

from ..agreement import Agreement
from ..library import Library
from ..requirement import Requirement, Severity
from .facts import facts_used
from .finding import Finding, Review, Verdict
from .language import languages
from .lexicon import load_lexicon


def unread(agreement: Agreement, library: Library, language: str, given: Mapping[str, bool]) -> Review:
    """Return a review in which every requirement that applies is undetermined, with the language as the reason."""
    known = f"{language}; it reviews {', '.join(languages())}"
    said = f"The text is in a language that mougen cannot review yet ({known}); nothing was judged."
    used = facts_used((), given, load_lexicon(languages()[0]))
    true = frozenset(name for name, fact in used.items() if fact.value)
    findings = tuple(
        _unjudged(requirement, "undetermined", requirement.severity_for(true), said)
        if requirement.applies_to(true)
        else not_applicable(requirement)
        for requirement in library.requirements.values()
    )
    return Review(agreement, language, used, findings, (), {}, (*agreement.notes, said), library.digest)


def not_applicable(requirement: Requirement) -> Finding:
    """Return the finding on a requirement none of whose facts hold."""
    said = "Does not apply, because " + " and ".join(f"{fact} is no" for fact in requirement.applies) + "."
    return _unjudged(requirement, "not-applicable", requirement.severity, said)


def _unjudged(requirement: Requirement, verdict: Verdict, severity: Severity, message: str) -> Finding:
    return Finding(
        requirement=requirement.id,
        title=requirement.title,
        category=requirement.category,
        verdict=verdict,
        severity=severity,
        core=requirement.core,
        message=message,
    )
