"""Tables of requirements, clauses, jurisdictions and red flags, for terminals, programs and documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import get_args

from ..clause import Kind
from ..library import Library
from ..report.as_markdown import escaped
from ..report.terminal import plain

Row = Mapping[str, object]


def listed(kind: str, library: Library, format: str) -> str:
    """Return the list of `kind` as text, json or markdown."""
    rows = KINDS[kind](library)
    if format == "json":
        return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=2) + "\n"
    table = [[_words(value) for value in row.values()] for row in rows]
    header = [name.replace("_", " ") for name in rows[0]]
    return _markdown(header, table) if format == "markdown" else _text(header, table)


def _requirements(library: Library) -> list[Row]:
    return [
        {
            "number": r.number,
            "requirement": r.id,
            "title": r.title,
            "severity": r.severity,
            "core": r.core,
            "applies_if": list(r.applies),
            "clause": r.clause,
        }
        for r in library.requirements.values()
    ]


def _clauses(library: Library, kinds: Collection[str] = get_args(Kind)) -> list[Row]:
    general = sorted((variants[0] for variants in library.clauses.values()), key=lambda clause: clause.key)
    return [
        {
            "clause": clause.id,
            "title": clause.title,
            "kind": clause.kind,
            "category": clause.category,
            "meets": list(clause.meets),
            "in_if": list(clause.when),
            "out_if": list(clause.unless),
            "attached": clause.attached,
            "variants": [".".join(v.qualifiers) for v in library.clauses[clause.id] if v.qualifiers],
        }
        for clause in general
        if clause.kind in kinds
    ]


def _forms(library: Library) -> list[Row]:
    return [
        {"form": row["clause"], "title": row["title"], "attached": row["attached"], "variants": row["variants"]}
        for row in _clauses(library, ("annex", "letter"))
    ]


def _jurisdictions(library: Library) -> list[Row]:
    return [
        {
            "jurisdiction": c.id,
            "name": c.name,
            "code": c.code,
            "languages": list(c.languages),
            "institutions": [i.id for i in c.institutions],
            "not_party_to": [library.instruments[t.instrument].short for t in c.treaties if t.status == "not-party"],
            "facts_to_verify": sum(not fact.verified for _, fact in c.facts()),
        }
        for c in library.jurisdictions.values()
    ]


def _red_flags(library: Library) -> list[Row]:
    order = ("high", "medium", "low")
    flags = sorted(library.red_flags.values(), key=lambda flag: (order.index(flag.severity), flag.id))
    return [
        {
            "red_flag": flag.id,
            "title": flag.title,
            "severity": flag.severity,
            "contradicts": list(flag.contradicts),
            "unless": flag.guard,
        }
        for flag in flags
    ]


KINDS: Mapping[str, Callable[[Library], list[Row]]] = {
    "requirements": _requirements,
    "clauses": _clauses,
    "forms": _forms,
    "jurisdictions": _jurisdictions,
    "red-flags": _red_flags,
}


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _markdown(header: Sequence[str], table: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *([escaped(cell) for cell in row] for row in table)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _text(header: Sequence[str], table: Sequence[Sequence[str]]) -> str:
    """Return columns set apart by two spaces; a line is one row, whatever its width, so that it can be searched."""
    lines = [[plain(cell) for cell in line] for line in ([word.upper() for word in header], *table)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    return "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in lines)
