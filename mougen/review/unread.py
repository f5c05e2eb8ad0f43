"""The review of a text in a language that cannot be reviewed: it says so, and calls nothing missing."""

from __future__ import annotations

from collections.abc import Mapping

from ..agreement import Agreement
from ..library import Library
from .facts import facts_used
from .finding import Finding, Review
from .language import languages
from .lexicon import load_lexicon


def unread(agreement: Agreement, library: Library, language: str, given: Mapping[str, bool]) -> Review:
    """Return a review in which every requirement that applies is undetermined, with the language as the reason."""
    known = f"{language}; it reviews {', '.join(languages())}"
    said = f"The text is in a language that mougen cannot review yet ({known}); nothing was judged."
    used = facts_used((), given, load_lexicon(languages()[0]))
    true = frozenset(name for name, fact in used.items() if fact.value)
    findings = tuple(
        Finding(
            requirement=requirement.id,
            title=requirement.title,
            category=requirement.category,
            verdict="undetermined",
            severity=requirement.severity_for(true),
            core=requirement.core,
            message=said,
        )
        for requirement in library.requirements.values()
        if requirement.applies_to(true)
    )
    return Review(agreement, language, used, findings, (), {}, (*agreement.notes, said), library.digest)
