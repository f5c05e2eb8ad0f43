"""What is not judged, and says so: a text in a language that cannot be reviewed, a requirement that does not apply."""

from __future__ import annotations

from collections.abc import Mapping

from ..agreement import Agreement
from ..language import Language
from ..library import Library
from ..requirement import Requirement, Severity
from .facts import facts_used
from .finding import Finding, Review, Verdict
from .language import languages


def unread(
    agreement: Agreement, library: Library, language: str, given: Mapping[str, bool], spoken: Language
) -> Review:
    """Return a review in which every requirement that applies is undetermined, with the language as the reason."""
    said = spoken.say(
        "The text is in a language that mougen cannot review yet ({language}; it reviews {known}); nothing was judged.",
        language=language,
        known=", ".join(languages()),
    )
    used = facts_used((), given)
    true = frozenset(name for name, fact in used.items() if fact.value)
    findings = tuple(
        _unjudged(requirement, "undetermined", requirement.severity_for(true), said, spoken)
        if requirement.applies_to(true)
        else not_applicable(requirement, spoken)
        for requirement in library.requirements.values()
    )
    return Review(agreement, language, used, findings, (), {}, (*agreement.notes, said), library.digest, spoken)


def not_applicable(requirement: Requirement, spoken: Language) -> Finding:
    """Return the finding on a requirement none of whose facts hold."""
    facts = spoken.say(" and ").join(spoken.say("{fact} is no", fact=fact) for fact in requirement.applies)
    said = spoken.say("Does not apply, because {facts}.", facts=facts)
    return _unjudged(requirement, "not-applicable", requirement.severity, said, spoken)


def _unjudged(
    requirement: Requirement, verdict: Verdict, severity: Severity, message: str, spoken: Language
) -> Finding:
    return Finding(
        requirement=requirement.id,
        title=spoken.say(requirement.title),
        category=requirement.category,
        verdict=verdict,
        severity=severity,
        core=requirement.core,
        message=message,
    )
