"""What surrounds the body of a document: parts with header, footer, styles and lists, and a place for the body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from ..data import data_root, walk
from ..language import Language
from ..phrasing import Step, parsed, said
from .plan import Plan
from .wml import TEXT_WIDTH

BODY = "[[body]]"
MAIN_PART = "word/document.xml"
# Width and height of the paper, and the side margin that leaves the text as wide as the house styles expect.
PAPERS = {"a4": (11906, 16838, 1418), "letter": (12240, 15840, 1585)}


@dataclass(frozen=True, slots=True)
class Shell:
    """A package without body: its other parts, document.xml before and after the body, and its styles by ours.

    A style that `styles` does not name is in the shell under its own id. `width` is that of the text, in twentieths of
    a point.
    """

    parts: Mapping[str, bytes]
    before: str
    after: str
    styles: Mapping[str, str]
    width: int = TEXT_WIDTH


def values_of(plan: Plan, *, update: bool = False) -> dict[str, Any]:
    """Return the values that a shell may print; `update` asks Word to refresh the fields when it opens the file."""
    language, deal = plan.language, plan.deal
    company, site = deal.company.name.strip(), deal.site.name.strip()
    lead = plan.country.institutions_by_id[deal.forces[0].institution]
    others = language.say(" and others") if len(deal.forces) > 1 else ""
    parties = f"{short(company or language.say('[company name]'), 50)} · {lead.abbr or lead.name}{others}"
    return {
        **words_of(language, plan.country.paper),
        "title": f"{plan.short_title} · {short(site or language.say('[site name]'), 50)}",
        "status": language.say("Draft") if plan.missing else "",
        "parties": short(parties, 100),
        "company": short(company or language.say("[company name]"), 250),
        "site": short(site or language.say("[site name]"), 250),
        "country": plan.country.name,
        "date": language.day(deal.date) if deal.date else "",
        "update": update,
        "core": {
            "title": short(f"{plan.title}: {deal.site.name}".rstrip(": "), 250),
            "subject": short(language.say("Public security, {country}", country=plan.country.name), 250),
            "author": short(deal.company.name, 250),
            "day": deal.date.isoformat() if deal.date else "",
        },
    }


def words_of(language: Language, paper: str) -> dict[str, Any]:
    """Return those values of a shell that depend on nothing but language and paper."""
    width, height, margin = PAPERS[paper]
    plainly = language.clause == "{n}"
    return {
        "body": BODY,
        "tag": language.tag,
        "words": {"page": language.say("Page"), "of": language.say("of")},
        "page": {"width": width, "height": height, "margin": margin},
        "annex": language.say("Annex"),
        "clause": {
            "label": language.clause.format(n="%1") + ("." if plainly else ""),
            "suffix": "tab" if plainly else "space",
            "indent": 720 if plainly else 0,
        },
    }


def short(words: str, most: int) -> str:
    """Return `words` on one line, cut between two words where they are longer than `most`."""
    words = " ".join(words.split())
    if len(words) <= most:
        return words
    kept = words[: most - 2]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:") + " …"


def house(values: Mapping[str, Any]) -> Shell:
    """Return the house shell with `values` in their places."""
    parts = {
        name: part if isinstance(part, bytes) else "".join(said(part, values, _marked_up)).encode()
        for name, part in _house().items()
    }
    before, after = parts.pop(MAIN_PART).decode().split(BODY)
    return Shell(parts, before, after, {})


def _marked_up(value: object) -> str:
    return escape(str(value))


@cache
def _house() -> Mapping[str, bytes | tuple[Step, ...]]:
    """Return the parts of the house shell, those with places for values as the steps that say them.

    They lie unzipped in the package so that they can be reviewed.
    """
    found = walk(data_root("template") / "house", "")
    return {name: parsed(part.decode()) if re.search(rb"\{[{%]", part) else part for name, part in found}
