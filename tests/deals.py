"""Deals for tests: a complete one for each country, with every fact chosen by the test."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any

from mougen.clause import Clause
from mougen.deal import read_deal
from mougen.draft.plan import Plan, PlannedClause, make_plan
from mougen.draft.prose import Block, Run
from mougen.library import bundled_library
from mougen.requirement import FACTS

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(
    (p for p in (ROOT / "samples" / "deals").glob("*.toml") if "refused" not in p.name),
    key=lambda path: ("ghana" not in path.name, path),
)
LIBRARY = bundled_library()
# Who may lead on the side of the State in each country.
LEADS = {
    country.id: leads
    for country in sorted(LIBRARY.jurisdictions.values(), key=lambda country: country.id != "ghana")
    if not country.refusal
    and (leads := tuple(i.id for i in country.institutions if i.may_sign and i.models[0] != "restricted"))
}
COUNTRIES = [(country, lead) for country, leads in LEADS.items() for lead in leads]
ALL = dict.fromkeys(FACTS, True)
NONE = dict.fromkeys(FACTS, False)


def complete(country: str = "ghana", lead: str = "", facts: dict[str, bool] | None = None) -> dict[str, Any]:
    """Return a deal without blanks, as a mapping that a test may change."""
    lead = lead or LEADS[country][0]
    soldiers = LIBRARY.jurisdictions[country].institutions_by_id[lead].kind in ("army", "navy")
    chosen = {**NONE, **(ALL if facts is None else facts), **({"army_deployed": True} if soldiers else {})}
    supported = chosen["in_kind_support"] or chosen["equipment_transfer"] or chosen["payments_to_personnel"]
    item = {"item": "Radios", "quantity": "4", "period": "the term", "purpose": "calls for help", "recipient": "Post"}
    return {
        "jurisdiction": country,
        "date": datetime.date(2026, 12, 1),
        "company": {
            "name": "Quartz Hill Mining Limited",
            "law": "the Companies Act",
            "number": "CS 1",
            "address": "1 Mill Road",
            "parent": "Orebody plc",
            "policy": "the Human Rights Policy of 2 March 2026",
            "policy_url": "https://quartz.example/policy",
        },
        "forces": [{"institution": lead, "unit": "Quartz Hill Command", "address": "Station Road"}],
        "site": {"name": "Quartz Hill Mine", "location": "Hill District", "description": "the pit and the plant"},
        "project": {"activity": "quartz mining", "title": "Mining Lease 7"},
        "facts": chosen,
        "support": [{**item, "equipment": chosen["equipment_transfer"]}] if supported else [],
        "contacts": [
            {"level": level, "side": side, "office": f"{level} office", "name": "A. Person", "contact": "a@b.example"}
            for level in ("site", "regional", "national")
            for side in ("company", "force")
        ],
        "signatories": [
            {"side": "company", "office": "Managing Director", "name": "Ama Mensah"},
            {"side": "force", "office": "the Commander-in-Chief", "name": "Kofi Antwi"},
        ],
        "investment": {"title": "the Lease Contract of 9 May 2019"},
        "terms": {
            "clearance_office": "the law office",
            "clearance_reference": "LO/1",
            "clearance_date": datetime.date(2026, 11, 1),
        },
    }


def planned(deal: dict[str, Any]) -> Plan:
    return make_plan(read_deal(deal), bundled_library())


@cache
def plan_of(country: str, lead: str, *, everything: bool, language: str = "en") -> Plan:
    """Return the plan that takes every clause from its first rung, with every form attached."""
    forms = [id for id, (general, *_) in LIBRARY.clauses.items() if general.kind == "annex" and not general.attached]
    deal = complete(country, lead, ALL if everything else NONE)
    return planned({**deal, "register": "agreement", "language": language, "clauses": {"attach": forms}})


def rendered(clause: Clause) -> PlannedClause:
    """Return the clause as the first country drafts it whose plan has just this variant."""
    for country in [clause.jurisdiction] if clause.jurisdiction else LEADS:
        if clause.rung != "preferred" or clause.kind == "letter":
            deal = {**complete(country), "register": "agreement", "language": clause.language}
            if clause.kind == "letter":
                return make_plan(read_deal(deal), LIBRARY, clause.id)[clause.id]
            plans = [planned({**deal, "clauses": {clause.rung: [clause.id]}})]
        else:
            both = (True, False)
            plans = [plan_of(country, LEADS[country][0], everything=e, language=clause.language) for e in both]
        for item in (item for plan in plans for item in plan.items):
            if item.clause == clause:
                return item
    raise AssertionError(f"no plan has clauses/{clause.path}")


def text_of(plan: Plan) -> str:
    """Return all text of a plan, one paragraph or cell a line."""
    return "\n".join(block.text for item in plan.items for block in item.blocks)


def written(item: PlannedClause) -> str:
    """Return a clause as plain text for golden files: numbers inside the clause alone, references by id."""
    lines, counts = [f"# {item.title}"], {2: 0, 3: 0, 4: 0}
    for block in item.blocks:
        if block.rows:
            lines += ["| " + " | ".join(shown(cell) for cell in row) + " |" for row in block.rows]
            continue
        for level in counts:
            counts[level] += level == block.level
            counts[level] = 0 if level > block.level > 0 else counts[level]
        lines.append(f"{label(block, counts)}{shown(block.runs)}")
    return "\n".join(lines) + "\n"


def label(block: Block, counts: dict[int, int]) -> str:
    number = counts.get(block.level, 0)
    return {2: f".{number} ", 3: f"    ({chr(96 + number)}) ", 4: f"        ({number}) "}.get(block.level, "    ")


def shown(runs: tuple[Run, ...]) -> str:
    return "".join(f"[{run.target}]" if run.kind == "ref" else run.text for run in runs)
