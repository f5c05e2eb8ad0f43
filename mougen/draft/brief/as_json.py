"""Brief in, JSON out: the same facts under stable names, untypeset, for tools of the company."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from .parts import DISCLAIMER, FOR_WHOM
from .positions import LEFT_OUT, Brief, Position, Row


def rendered(brief: Brief) -> str:
    """Return `brief` as JSON; keys are only ever added while `version` stays the same."""
    return json.dumps(_wire(brief), ensure_ascii=False, indent=2) + "\n"


def _wire(brief: Brief) -> dict[str, Any]:
    plan = brief.plan
    return {
        "version": 1,
        "confidential": True,
        "notice": f"{plan.language.say(FOR_WHOM)} {plan.language.say(DISCLAIMER)}",
        "title": plan.title,
        "jurisdiction": plan.country.id,
        "language": plan.language.code,
        "library": plan.digest,
        "concessions": [_position(p) for p in brief.concessions],
        "ladders": [_ladder(p) for p in brief.contested],
        "red_lines": [{"clause": p.id, "title": p.title, "red_line": p.red_line} for p in brief.red_lines],
        "forces": [dataclasses.asdict(party) for party in brief.parties],
        "approvals": [dataclasses.asdict(approval) for approval in brief.approvals],
        "verify": [{"topic": note.topic, "fact": note.fact} for note in plan.notes],
        "missing": [{"path": m.path, "asks": m.asks, "clauses": list(m.clauses)} for m in plan.missing],
        "requirements": [_row(row) for row in brief.rows],
    }


def _position(position: Position) -> dict[str, Any]:
    now, out = position.now, position.rung == LEFT_OUT
    return {
        "clause": position.id,
        "number": position.number,
        "title": position.title,
        "rung": position.rung,
        "gives_up": "" if out else now.gives_up,
        "risk": now.risk,
        "outside": now.outside,
        "no_longer_met": [dataclasses.asdict(asked) for asked in position.lost],
        "referred": list(position.referred),
    }


def _ladder(position: Position) -> dict[str, Any]:
    return {
        "clause": position.id,
        "number": position.number,
        "title": position.title,
        "rung": position.rung,
        "red_line": position.red_line,
        "ladder": [dataclasses.asdict(rung) for rung in position.ladder],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "requirement": row.asked.id,
        "title": row.asked.title,
        "severity": row.asked.severity,
        "core": row.asked.core,
        "clauses": [position.id for position in row.positions],
        "rung": row.rung,
        "carried": row.carried,
        "blanks": row.blanks,
        "owner": "",
        "date": "",
    }
