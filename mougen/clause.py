"""A clause of the library: a Markdown file whose front matter says what it meets, when it is in and what it asks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from . import schema
from .errors import DataError
from .jurisdiction import SupportModel
from .requirement import Citation, Fact

Kind = Literal["clause", "title", "parties", "recitals", "definitions", "signature", "annex", "letter"]
CATEGORIES = (
    "frame",
    "conduct",
    "deployment",
    "training",
    "support",
    "violations",
    "monitoring",
    "communication",
    "remedy",
    "governing",
    "annexes",
)
FENCE = "+++"
LETTERS = 2  # of the code of a language, in the name of a file
# The ladder of a contested clause: what is asked first, what still meets the requirement, what no longer does.
Rung = Literal["preferred", "fallback", "weak"]
RUNGS: tuple[str, ...] = ("fallback", "weak")


@dataclass(frozen=True, slots=True)
class Field:
    """A blank that belongs to a clause; texts read it as `terms.<name>`. `least` and `most` bound an integer."""

    name: str
    ask: str
    type: Literal["text", "integer", "date"] = "text"
    default: Any = None
    least: int = 1
    most: int = 3650

    def fault(self, value: Any) -> str:
        """Return what is wrong with `value` as an entry for this blank, or an empty text."""
        kind = {"text": str, "integer": int, "date": datetime.date}[self.type]
        if type(value) is not kind:  # `type is`, because a bool is an int
            return f"must be {schema.NAMES[kind]}, not {schema.spoken(value)}"
        if isinstance(value, int) and not self.least <= value <= self.most:
            return f"must be from {self.least} to {self.most}, not {schema.spoken(value)}"
        return ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause in one language for one jurisdiction (or for any, where `jurisdiction` is empty).

    `id`, `category` and `qualifiers` come from the path, `<category>/<id>[.<rung>][.<jurisdiction>][.<language>].md`.
    `body` is text with values in it, see `phrasing`, and marks, see `draft.prose`. A form that is not `attached` stands
    on its own unless the deal attaches it; one for the `refused` may be written where no agreement may. `lacks` names
    the limbs ("requirement/limb") that a weak wording no longer states. `gives_up`, `risk`, `outside` and `red_line`
    are for the negotiator: what a lower rung gives up, the risk that is left, what to do outside the agreement, and
    what is never conceded.
    """

    title: str
    order: int
    note: str = ""
    kind: Kind = "clause"
    meets: tuple[str, ...] = ()
    when: tuple[Fact, ...] = ()
    unless: tuple[Fact, ...] = ()
    support: tuple[SupportModel, ...] = ()
    sources: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    attached: bool = True
    refused: bool = False
    lacks: tuple[str, ...] = ()
    gives_up: str = ""
    risk: str = ""
    outside: str = ""
    red_line: str = ""
    id: str = field(default="", kw_only=True)
    category: str = field(default="", kw_only=True)
    qualifiers: tuple[str, ...] = field(default=(), kw_only=True)
    body: str = field(default="", kw_only=True)
    path: str = field(default="", kw_only=True)

    @property
    def language(self) -> str:
        return next((q for q in self.qualifiers if len(q) == LETTERS), "en")

    @property
    def rung(self) -> str:
        return next((q for q in self.qualifiers if q in RUNGS), "preferred")

    @property
    def jurisdiction(self) -> str:
        return next((q for q in self.qualifiers if len(q) != LETTERS and q not in RUNGS), "")

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(Citation.parse(text) for text in self.sources)

    @property
    def key(self) -> tuple[int, int, str]:
        """Where the clause stands among all: category, place inside it, id."""
        return CATEGORIES.index(self.category), self.order, self.id

    def applies_to(self, facts: frozenset[str], model: str) -> bool:
        """Tell whether the clause is in where `facts` are true and support flows by `model`."""
        if self.when and not facts.intersection(self.when):
            return False
        if facts.intersection(self.unless):
            return False
        return not self.support or model in self.support


def read_clause(path: str, text: str, base: Mapping[str, Any] | None = None) -> tuple[Clause, dict[str, Any]]:
    """Return the clause at `path` (inside the library) and its front matter.

    A variant takes from `base`, the front matter of the general clause, what its own leaves out.
    Raises DataError with all faults of the file.
    """
    category, _, filename = path.rpartition("/")
    id, *qualifiers = filename.removesuffix(".md").split(".")
    if category not in CATEGORIES:
        offer = schema.nearest(category, CATEGORIES)
        raise DataError(f"clauses/{path}:1: a clause lies in a folder named for its category; {offer}")
    front, body, offset = _split(path, text)
    # Keeping the fence line means that line numbers in messages count from the top of the file.
    matter = schema.parse("\n" * offset + front, f"clauses/{path}")
    merged = overlaid(base or {}, matter)
    derived = {"id": id, "category": category, "qualifiers": qualifiers, "body": body, "path": path}
    if taken := sorted(set(derived) & set(matter)):
        raise DataError(f"clauses/{path}:1: `{taken[0]}` comes from the file, not from its front matter; remove it")
    clause = schema.build(Clause, {**merged, **derived}, "\n" * offset + front, f"clauses/{path}")
    return clause, matter


def overlaid(base: Mapping[str, Any], matter: Mapping[str, Any]) -> dict[str, Any]:
    """Return front matter `base` with `matter` over it; blanks go by name, so that a translation gives words alone."""
    merged, own = {**base, **matter}, matter.get("fields")
    if "fields" in base and isinstance(own, list) and all(isinstance(field, dict) for field in own):
        named = {field.get("name"): field for field in base["fields"]}
        for field in own:
            named[field.get("name")] = {**named.get(field.get("name"), {}), **field}
        merged["fields"] = list(named.values())
    return merged


def _split(path: str, text: str) -> tuple[str, str, int]:
    if not text.startswith(FENCE):
        raise DataError(f"clauses/{path}:1: a clause starts with its front matter between two lines `+++`")
    front, closed, body = text[len(FENCE) :].partition(f"\n{FENCE}\n")
    if not closed:
        raise DataError(f"clauses/{path}:1: the front matter is not closed; end it with a line `+++`")
    return front.lstrip("\n"), body.strip("\n"), 1
