"""What `trace` returns: what became of each clause, and what is there that was not drafted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .words import Piece

Status = Literal["untouched", "edited", "moved", "deleted"]
Since = Literal["same", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph or table row that is otherwise; `pieces` are its words, `where` where it stands now.

    `tracked` tells whether anything in it is shown as a tracked change; what is deleted bears no mark.
    """

    kind: Literal["edited", "inserted", "deleted", "moved"]
    pieces: tuple[Piece, ...]
    where: str = ""
    tracked: bool = False


@dataclass(frozen=True, slots=True)
class TracedClause:
    """A clause of the draft: `number` and `title` as drafted, `now` the number it bears, if it is there.

    `moved` says that it stands elsewhere, at `where`, edited or not; `version` is that of the library at drafting, and
    `since` whether the library has the same text still.
    """

    id: str
    number: str
    title: str
    status: Status
    version: str
    since: Since
    now: str = ""
    moved: bool = False
    where: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def name(self) -> str:
        return named(self.number, self.title)


@dataclass(frozen=True, slots=True)
class Foreign:
    """Text that was not in the draft, and its place; `clause` is the id of the clause in which it stands, if any."""

    text: str
    where: str
    clause: str = ""
    tracked: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """The comparison of a file with the draft that it was; `library` is the digest then, `library_now` the digest now.

    `frame` are changes outside the clauses, such as names put into the signature block.
    """

    file: str
    library: str
    library_now: str
    jurisdiction: str
    language: str
    register: str
    clauses: tuple[TracedClause, ...]
    foreign: tuple[Foreign, ...]
    frame: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    @property
    def untouched(self) -> bool:
        """Whether the file says what was drafted, no more and no less."""
        return not self.foreign and not self.frame and all(c.status == "untouched" for c in self.clauses)

    def __getitem__(self, id: str) -> TracedClause:
        for clause in self.clauses:
            if clause.id == id:
                return clause
        raise KeyError(id)


def named(number: str, title: str) -> str:
    """Return how a clause is called: "clause 12 (Vetting)", "Annex B (Texts)" or "Parties"."""
    if not number:
        return title
    return f"clause {number} ({title})" if number[:1].isdigit() else f"{number} ({title})"
