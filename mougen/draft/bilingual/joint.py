"""Two languages as one: a plan whose labels, headers and names of institutions are said in both, "nom / name"."""

from __future__ import annotations

import dataclasses
import datetime
import re
from dataclasses import dataclass
from typing import Any

from ...jurisdiction import Jurisdiction
from ...language import Language
from ..plan import Plan, PlannedClause
from ..prose import Block, Run
from ..shell import values_of, words_of


@dataclass(frozen=True, eq=False)
class Both(Language):
    """A language in which all is said twice; how things are written is that of the first."""

    other: Language = dataclasses.field(kw_only=True)

    def say(self, english: str, **values: Any) -> str:
        first = Language.say(self, english, **values)
        if not re.search("[A-Za-z]", re.sub(r"\{\w*\}", "", english)):
            return first  # it only sets marks around values
        return joined(first, self.other.say(english, **values))

    def day(self, date: datetime.date) -> str:
        return joined(Language.day(self, date), self.other.day(date))


def joined(first: str, second: str) -> str:
    """Return both texts with a stroke between them, or what both say once."""
    if first.split() == second.split() or not second:
        return first
    return f"{first} / {second.strip()}" if first else second


def joint(first: Plan, second: Plan) -> Plan:
    """Return the first plan as it speaks where a document says something once for both languages."""
    spoken = {f.name: getattr(first.language, f.name) for f in dataclasses.fields(Language)}
    return dataclasses.replace(
        first,
        language=Both(**spoken, other=second.language),
        country=_country(first.country, second.country),
        items=tuple(
            _titled(left, right) if left.clause.kind == "title" else left
            for left, right in zip(first.items, second.items, strict=True)
        ),
    )


def joint_values(plan: Plan, language: Language, *, update: bool) -> dict[str, Any]:
    """Return the values of a shell for a joint `plan`; numbers and tags are those of `language`, its first."""
    words = words_of(language, plan.country.paper)
    pages = {"page": plan.language.say("Page"), "of": "/"}
    return {**values_of(plan, update=update), **words, "words": pages}


def _country(first: Jurisdiction, second: Jurisdiction) -> Jurisdiction:
    """Return a country whose institutions and approvals bear both names; a table of either may be longer."""
    names = {i.id: i for i in second.institutions}
    institutions = tuple(
        dataclasses.replace(i, name=joined(i.name, o.name), signatory=joined(i.signatory, o.signatory))
        if (o := names.get(i.id))
        else i
        for i in first.institutions
    )
    registrations = _said_twice(first.registrations, second.registrations, "what")
    return dataclasses.replace(
        first,
        name=joined(first.name, second.name),
        institutions=institutions,
        approvals=_said_twice(first.approvals, second.approvals, "what"),
        registrations=_said_twice(registrations, second.registrations, "where"),
    )


def _said_twice(rows: tuple[Any, ...], others: tuple[Any, ...], name: str) -> tuple[Any, ...]:
    """Return rows of one language with the text `name` in both; those of another language stand in the same order."""
    if len(rows) != len(others):
        return rows
    texts = ((getattr(row, name), getattr(other, name)) for row, other in zip(rows, others, strict=True))
    return tuple(dataclasses.replace(row, **{name: joined(*both)}) for row, both in zip(rows, texts, strict=True))


def _titled(left: PlannedClause, right: PlannedClause) -> PlannedClause:
    title = Block(0, (Run(joined(left.blocks[0].text, right.blocks[0].text)),))
    return dataclasses.replace(left, title=joined(left.title, right.title), blocks=(title, *left.blocks[1:]))
