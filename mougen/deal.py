"""The deal file: who agrees with whom about which site, and the facts that decide what the agreement needs."""

from __future__ import annotations

import dataclasses
import datetime
import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from . import schema
from .errors import DealError

LARGEST = 2_000_000  # bytes of a deal file
LONGEST = 4_000  # characters of one value; a name or an address beyond this is a paste gone wrong
# Characters that make text read otherwise than it is stored (Unicode TR9, explicit embeddings, overrides and isolates).
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# The three forms of one text: a contract, a memorandum, a letter that is countersigned. All of them bind.
Register = Literal["agreement", "mou", "letter"]


@dataclass(frozen=True, slots=True)
class Company:
    name: str = ""
    law: str = ""
    number: str = ""
    address: str = ""
    parent: str = ""
    policy: str = ""
    policy_url: str = ""


@dataclass(frozen=True, slots=True)
class Force:
    institution: str
    unit: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    name: str = ""
    location: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    activity: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    armed_conflict: bool = False
    army_deployed: bool = False
    in_kind_support: bool = False
    equipment_transfer: bool = False
    payments_to_personnel: bool = False
    firearms: bool = True
    gbv_risk: bool = False
    private_security: bool = False
    vulnerable_groups: bool = False
    personnel_rights_risk: bool = False
    investment_contract: bool = False

    @property
    def true(self) -> frozenset[str]:
        return frozenset(f.name for f in fields(self) if getattr(self, f.name))


@dataclass(frozen=True, slots=True)
class SupportItem:
    item: str
    quantity: str
    period: str
    purpose: str
    recipient: str
    equipment: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    level: Literal["site", "regional", "national"]
    side: Literal["company", "force"]
    office: str
    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    side: Literal["company", "force"]
    office: str
    name: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class Investment:
    title: str = ""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is otherwise than the library proposes, by id.

    Clauses left out, clauses taken from a lower rung of the ladder (one that still meets the requirement, or one that
    no longer does), and forms attached that else stand alone.
    """

    drop: tuple[str, ...] = ()
    fallback: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()

    def rung(self, id: str) -> str:
        """Return the rung on which clause `id` is taken."""
        return "weak" if id in self.weak else "fallback" if id in self.fallback else "preferred"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a deal was read: the name that messages use and the text of the file, empty for a mapping."""

    name: str = "deal"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal. Texts that are empty are blanks: the plan lists those that its clauses need."""

    jurisdiction: str
    forces: tuple[Force, ...]
    version: Literal[1] = 1
    language: str = "en"
    register: Register = "mou"
    date: datetime.date | None = None
    company: Company = field(default_factory=Company)
    site: Site = field(default_factory=Site)
    project: Project = field(default_factory=Project)
    facts: Facts = field(default_factory=Facts)
    support: tuple[SupportItem, ...] = ()
    contacts: tuple[Contact, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    investment: Investment = field(default_factory=Investment)
    clauses: Arrangement = field(default_factory=Arrangement)
    terms: dict[str, Any] = field(default_factory=dict)
    origin: Origin = field(default=Origin(), repr=False, compare=False, metadata={"hidden": True})

    def at(self, *path: str | int) -> str:
        """Return how a message names the value at `path`: file and line where there is a file."""
        return schema.place(self.origin.name, self.origin.text, path)


def read_deal(source: str | os.PathLike[str] | Mapping[str, Any] | Deal) -> Deal:
    """Return the deal in a file or mapping; raises DealError with every fault of form, named by file and line.

    Whether its statements agree with each other and with a library is asked when the deal is planned.
    """
    if isinstance(source, Deal):
        return source
    if isinstance(source, Mapping):
        origin, table = Origin(), source
    else:
        origin = Origin(os.fspath(source), _text_of(Path(source)))
        table = schema.parse(origin.text, origin.name, error=DealError)
    deal, problems = schema.attempt(Deal, table, origin.text, origin.name)
    for path, said in _unprintables(table):
        problems.append(f"{schema.place(origin.name, origin.text, path)}: {said}")
    DealError.raise_if(problems)
    assert deal is not None  # or there was a problem
    return dataclasses.replace(deal, origin=origin)


def deal_faults(deal: Deal) -> Iterator[str]:
    """Yield what is wrong with a deal in itself, whether it was read or built in code."""
    for path, said in (*_unprintables(deal), *_contradictions(deal)):
        yield f"{deal.at(*path)}: {said}"


def _contradictions(deal: Deal) -> Iterator[tuple[schema.Path, str]]:
    """Yield (path, fault) where two statements of a deal cannot both be true, so that neither is dropped in silence."""
    if not deal.forces:
        yield ("forces",), "`forces` is empty; name at least one institution of the jurisdiction"
    named = [force.institution for force in deal.forces]
    for index, id in enumerate(named):
        if id in named[:index]:
            yield ("forces", index), f"`{id}` is named twice; put all its units into one `unit`"
    facts = deal.facts
    if deal.support and not (facts.in_kind_support or facts.equipment_transfer or facts.payments_to_personnel):
        yield ("support", 0), "support is listed, and `facts` say that there is none; correct one of them"
    elif not facts.equipment_transfer and any(item.equipment for item in deal.support):
        index = next(i for i, item in enumerate(deal.support) if item.equipment)
        yield ("support", index), "this item is equipment, and `facts.equipment_transfer` is false; correct one of them"


def _text_of(path: Path) -> str:
    if path.is_dir():
        raise DealError(f"{path}: this is a folder; name the deal file in it")
    try:
        if path.stat().st_size > LARGEST:
            raise DealError(f"{path}: this is larger than {LARGEST // 1_000_000} MB and no deal file")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DealError(f"{path}: there is no such file; `mougen new deal` writes one") from None
    except UnicodeDecodeError:
        raise DealError(f"{path}: not UTF-8 text; a deal file is TOML, saved as UTF-8") from None
    except (OSError, ValueError) as fault:
        said = getattr(fault, "strerror", None) or fault
        raise DealError(f"{path}: cannot be read ({said})") from None


def _unprintables(record: Any) -> Iterator[tuple[schema.Path, str]]:
    for path, value in schema.walk_text(record):
        if fault := _unprintable(value):
            yield path, fault


def _unprintable(value: str) -> str:
    if len(value) > LONGEST:
        return f"a value of {len(value):,} characters is longer than {LONGEST:,}; shorten it"
    for character in value:
        # Private-use characters are refused because drafting uses some of them to mark blanks, references and values.
        refused = unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") and character not in "\n\t"
        if refused or character in REORDERING:
            return f"the character U+{ord(character):04X} cannot be printed; remove it"
    return ""
