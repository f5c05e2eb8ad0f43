"""What a local lawyer has still to verify before a draft is used: the facts about the country that it relies on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..deal import Deal
from ..jurisdiction import Jurisdiction
from ..library import Library
from ..requirement import Sourced

if TYPE_CHECKING:
    from .plan import PlannedClause


def notes_of(deal: Deal, country: Jurisdiction, items: Sequence[PlannedClause], library: Library) -> Iterator[str]:
    """Yield "topic: fact (how it is known; when it was checked)" for each fact that the draft uses unverified."""
    for topic, name, fact in _used(deal, country, items, library):
        if not fact.verified:
            known = fact.confidence.replace("found-secondary", "found in a secondary source").replace("-", ", ")
            yield f"{topic}: {name} ({known}; checked {fact.checked})"


def _used(
    deal: Deal, country: Jurisdiction, items: Sequence[PlannedClause], library: Library
) -> Iterator[tuple[str, str, Sourced]]:
    """Yield (topic, name, fact): what the text names, and what governs it unnamed."""
    text = "\n".join(block.text for item in items for block in item.blocks)
    parties, present = {force.institution for force in deal.forces}, {item.id for item in items}
    treaties = ((library.instruments[treaty.instrument].name, treaty) for treaty in country.treaties)
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
    yield from (("rule for this country", f"{m.text} [{m.clause}]", m) for m in country.must if m.clause in present)
