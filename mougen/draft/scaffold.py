"""A jurisdiction in, the text of a commented deal file out, ready to be filled in."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

from ..asks import ASKS
from ..clause import CATEGORIES, Field
from ..deal import Company, Facts, Force, Project, Site
from ..jurisdiction import Institution, Jurisdiction
from ..library import Library

FIRST = """\
# A deal file for {name}: who agrees with whom about which site, and the facts that decide what the agreement needs.
# Fill in what is empty; `mougen plan` lists what is still missing, and `mougen draft` writes the agreement.
"""
ROWS: dict[str, tuple[dict[str, Any], ...]] = {
    "support": ({"item": "", "quantity": "", "period": "", "purpose": "", "recipient": "", "equipment": False},),
    "contacts": tuple(
        {"level": level, "side": side, "office": "", "name": "", "contact": ""}
        for level in ("site", "regional", "national")
        for side in ("force", "company")
    ),
    "signatories": tuple({"side": side, "office": "", "name": ""} for side in ("company", "force")),
}


def new_deal(jurisdiction: str, library: Library) -> str:
    """Return a deal file for `jurisdiction` that loads as it is and leaves blank what only the parties know.

    Raises DataError where the library has no such country.
    """
    country = library.jurisdiction(jurisdiction)
    return "\n".join(
        (
            FIRST.format(name=country.name),
            *_head(country),
            *_table("company", Company),
            *_forces(country),
            *_table("site", Site),
            *_table("project", Project),
            *_facts(),
            *_rows("support", commented=True),
            *_rows("contacts", commented=False),
            *_rows("signatories", commented=False),
            *_optional("investment", 'title = ""'),
            *_optional("clauses", "drop = []"),
            *_terms(country, library),
        )
    )


def _head(country: Jurisdiction) -> Iterator[str]:
    yield "version = 1"
    yield f'jurisdiction = "{country.id}"'
    yield f"# {ASKS['date']}"
    yield "# date = 2026-01-31"
    yield ""


def _table(name: str, kind: type) -> Iterator[str]:
    yield f"[{name}]"
    for field in dataclasses.fields(kind):
        yield f"# {ASKS[f'{name}.{field.name}']}"
        yield f'{field.name} = ""'
    yield ""


def _forces(country: Jurisdiction) -> Iterator[str]:
    yield f"# {ASKS['forces']} {country.name} has:"
    able = [i for i in country.institutions if _may_sign(i)]
    for institution in able:
        yield f"#   {institution.id}: {institution.name} ({institution.kind}; support by {institution.models[0]})"
        if institution.units:
            yield f"#     units: {', '.join(institution.units)}"
    yield "[[forces]]"
    for field in dataclasses.fields(Force):
        yield f"# {ASKS[f'forces.{field.name}']}"
        value = able[0].id if field.name == "institution" and able else ""
        yield f'{field.name} = "{value}"'
    yield ""


def _may_sign(institution: Institution) -> bool:
    return institution.may_sign and institution.models[0] != "restricted"


def _facts() -> Iterator[str]:
    yield f"# {ASKS['facts']}"
    yield "[facts]"
    for field in dataclasses.fields(Facts):
        yield f"# {ASKS[f'facts.{field.name}']}"
        yield f"{field.name} = {_toml(field.default)}"
    yield ""


def _rows(name: str, *, commented: bool) -> Iterator[str]:
    """Yield the rows of a list; a commented one is copied once for each entry."""
    yield f"# {ASKS[name]}"
    for key in ROWS[name][0]:
        yield f"#   {key}: {ASKS[f'{name}.{key}']}"
    mark = "# " if commented else ""
    for row in ROWS[name]:
        yield f"{mark}[[{name}]]"
        for key, value in row.items():
            yield f"{mark}{key} = {_toml(value)}"
    yield ""


def _optional(name: str, line: str) -> Iterator[str]:
    key = line.split(" ")[0]
    yield f"# {ASKS[f'{name}.{key}']}"
    yield f"# [{name}]"
    yield f"# {line}"
    yield ""


def _terms(country: Jurisdiction, library: Library) -> Iterator[str]:
    yield f"# {ASKS['terms']}"
    yield "# A line that starts with a mark of comment shows the default; take the mark away to change it."
    yield "[terms]"
    order = sorted(
        library.clauses.values(), key=lambda variants: (CATEGORIES.index(variants[0].category), variants[0].key)
    )
    for variants in order:
        clause = library.clause(variants[0].id, country.id)
        if clause and clause.fields:
            yield ""
            yield f"# {clause.title} ({clause.id})"
            for field in clause.fields:
                yield from _term(field)
    yield ""


def _term(field: Field) -> Iterator[str]:
    yield f"#   {field.ask}"
    if field.default is not None:
        yield f"# {field.name} = {_toml(field.default)}"
    elif field.type == "text":
        yield f'{field.name} = ""'
    else:
        yield f"# {field.name} = {'2026-01-31' if field.type == 'date' else field.least}"


def _toml(value: Any) -> str:
    """Return a text, number, truth value or date as TOML writes it; a basic string of TOML is one of JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool | int) else str(value)
