"""What a local lawyer has still to verify before a draft is used: the facts about the country that it relies on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..deal import Deal
from ..jurisdiction import Jurisdiction
from ..language import Language
from ..library import Library
from ..requirement import Sourced

if TYPE_CHECKING:
    from .plan import PlannedClause


@dataclass(frozen=True, slots=True)
class Note:
    """One fact to verify: what it concerns, and the fact with how it is known and when it was checked."""

    topic: str
    fact: str

    def __str__(self) -> str:
        return f"{self.topic}: {self.fact}"


def notes_of(
    deal: Deal, country: Jurisdiction, items: Sequence[PlannedClause], library: Library, language: Language
) -> Iterator[Note]:
    """Yield each fact that the draft uses unverified."""
    for topic, name, fact in _used(deal, country, items, library, language):
        if not fact.verified:
            yield Note(language.say(topic), spoken(name, fact, language))


def spoken(name: str, fact: Sourced, language: Language) -> str:
    """Return `name` with how the fact is known and when it was checked."""
    known = language.say(KNOWN[fact.confidence])
    return language.say("{name} ({known}; checked {day})", name=name, known=known, day=fact.checked)


KNOWN = {
    "found": "found",
    "found-secondary": "found in a secondary source",
    "recalled-high": "recalled, high confidence",
    "recalled-medium": "recalled, medium confidence",
    "recalled-low": "recalled, low confidence",
}


def _used(
    deal: Deal, country: Jurisdiction, items: Sequence[PlannedClause], library: Library, language: Language
) -> Iterator[tuple[str, str, Sourced]]:
    """Yield (topic, name, fact): what the text names, and what governs it unnamed."""
    text = "\n".join(block.text for item in items for block in item.blocks)
    parties, present = {force.institution for force in deal.forces}, {item.id for item in items}
    treaties = ((language.say(f"the {library.instruments[t.instrument].name}"), t) for t in country.treaties)
    named: tuple[tuple[str, Iterable[tuple[str, Sourced]]], ...] = (
        ("treaty in force", treaties),
        ("independent authority", ((o.name, o) for o in country.oversight)),
        ("law", ((s.title, s) for s in country.statutes)),
    )
    for institution in country.institutions:
        if institution.id in parties or (institution.kind == "army" and deal.facts.army_deployed):
            yield "office that signs, support and account", institution.name, institution
    for topic, facts in named:
        yield from ((topic, name, fact) for name, fact in facts if name in text)
    yield from (("approval", approval.what, approval) for approval in country.approvals)
    yield from (("registration", registration.what, registration) for registration in country.registrations)
    yield from (("language of the text", rule.text, rule) for rule in country.language_rules)
    yield from (("rule for this country", f"{m.text} [{m.clause}]", m) for m in country.must if m.clause in present)
