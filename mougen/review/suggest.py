"""The clause of the library that mends a gap, as text with its blanks in square brackets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..jurisdiction import SupportModel
from ..language import SOURCE
from ..library import Library
from ..phrasing import Step, parsed, said
from .finding import Suggestion

LIKELIEST: SupportModel = "ad_hoc_mou"  # the route of support that is assumed where nothing is known of the force


def suggestion(library: Library, id: str, language: str) -> Suggestion | None:
    """Return clause `id` as a proposal, or None where the library has none in `language`."""
    clause = library.clause(id, "", language)
    if clause is None:
        return None
    return Suggestion(id, clause.title, proposal(clause.body, library, language))


def proposal(body: str, library: Library, language: str = SOURCE, model: SupportModel = LIKELIEST) -> str:
    """Return a clause body as words: defaults in place, what only the parties know as blanks in square brackets.

    `model` is the route by which support to the force may flow, on which some wording depends.
    """
    terms = {
        name: field.default if field.default is not None else _Blank(name)
        for name, field in library.fields(language).items()
    }
    titles = {id: clause.title for id in library.clauses if (clause := library.clause(id, language=language))}
    values = {
        name: _Blank(name) for name in ("company", "site", "project", "investment", "army", "country", "agreement")
    }
    known = {
        **values,
        "register": "agreement",
        "forces": (_Blank("force", model=model),),
        "support": (),
        "contacts": (),
        "signatories": (),
        "facts": _Yes(),
        "terms": terms,
        "has": lambda _: True,
        "ref": lambda target: f"[{titles.get(target, target)}]",
        "length": len,
        "bare": str,  # drafting drops an article there; a blank has none
    }
    text = "".join(said(_steps(body), known, str))
    return "\n".join(line for line in text.replace("**", "").splitlines() if line.strip()).strip()


@lru_cache(maxsize=256)
def _steps(body: str) -> tuple[Step, ...]:
    return parsed(body, ("has", "ref", "length", "bare"))


class _Yes:
    """Facts of which all are taken to be true, so that no safeguard is left out of a proposal."""

    def __getitem__(self, name: str) -> bool:
        return True


class _Blank:
    """A value that only the parties know: true, one where a list is asked for, and printed as its name in brackets."""

    def __init__(self, name: str, **known: str) -> None:
        self.name, self.known = name, known

    def __getitem__(self, name: str) -> _Blank | str:
        return self.known.get(name) or _Blank(f"{self.name} {name.replace('_', ' ')}")

    def __iter__(self) -> Iterator[_Blank]:
        return iter((self,))

    def __len__(self) -> int:
        return 1

    def __str__(self) -> str:
        return f"[{self.name.replace('_', ' ')}]"
