"""The clause of the library that mends a gap, as text with its blanks in square brackets."""

from __future__ import annotations

import re

from ..library import Library
from .finding import Suggestion


def suggestion(library: Library, id: str, language: str) -> Suggestion | None:
    """Return clause `id` as a proposal, or None where the library has none in `language`."""
    clause = library.clause(id, "", language)
    if clause is None:
        return None
    return Suggestion(id, clause.title, proposal(clause.body, library))


def proposal(body: str, library: Library) -> str:
    """Return a clause body without its code: defaults in place, other values as blanks, conditional words kept."""
    body = re.sub(r"\{%.*?%\}\n?", "", body, flags=re.S)
    body = re.sub(r"\{\{\s*ref\(\"([\w-]+)\"\)\s*\}\}", lambda m: f"[{m[1].replace('-', ' ')}]", body)

    def value(match: re.Match[str]) -> str:
        name = match[1].strip().removeprefix("terms.")
        field = library.fields.get(name)
        if field and field.default is not None:
            return str(field.default)
        return f"[{name.replace('.', ' ').replace('_', ' ')}]"

    return re.sub(r"\{\{(.*?)\}\}", value, body).replace("**", "").strip()
