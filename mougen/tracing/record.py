"""The trace as it travels in a .docx: what each clause was when the draft left, read from the custom XML part."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import ReadError
from ..opc import Element, Package

FAMILY, VERSION = "urn:mougen:trace:", "1"
NAMESPACE = FAMILY + VERSION
WANTED = "give the Word file that mougen drafted, or the copy of it that came back with its parts intact"


@dataclass(frozen=True, slots=True)
class Drafted:
    """One clause as it was drafted; `lines` are its title, where it has one, and each paragraph and table row."""

    id: str
    version: str
    bookmark: str
    number: str
    lines: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class Record:
    """All that the trace says; `frame` are the lines of the draft that belong to no clause.

    With a second language, `facing`, that is among them, and the lines of clauses are cells, because rows hold both.
    """

    library: str
    jurisdiction: str
    language: str
    register: str
    clauses: tuple[Drafted, ...]
    frame: tuple[str, ...]
    facing: str = ""


def read_record(package: Package) -> Record:
    """Return the trace in `package`; raises ReadError where there is none, or it is damaged or of a later mougen."""
    found = [root for part in sorted(package.parts) if part.startswith("customxml/") for root in _roots(package, part)]
    if not found:
        raise ReadError(f"{package.name} has no trace of a draft by mougen in it; {WANTED}.")
    if len(found) > 1:
        raise ReadError(
            f"{package.name} has {len(found)} traces of drafts in it, so neither can be relied on; {WANTED}."
        )
    (root,) = found
    if root.tag != f"{{{NAMESPACE}}}trace":
        raise ReadError(
            f"{package.name} was drafted by a later mougen; install the version that drafted it or a later one."
        )
    facing = root.get("facing", "")
    ends = "[\n\t]" if facing else "\n"
    clauses = tuple(_clause(item, package.name, ends) for item in root.iterchildren(f"{{{NAMESPACE}}}clause"))
    if not clauses:
        raise _damaged(package.name, "it names no clause")
    if len({clause.id for clause in clauses}) < len(clauses):
        raise _damaged(package.name, "it names a clause twice")
    frame = root.findtext(f"{{{NAMESPACE}}}frame") or ""
    return Record(
        root.get("library", ""),
        root.get("jurisdiction", ""),
        root.get("language", ""),
        root.get("register", ""),
        clauses,
        tuple(filter(None, frame.split("\n"))),
        facing,
    )


def _roots(package: Package, part: str) -> Iterator[Element]:
    """Yield the root of a part if it is a trace; raises ReadError where it was one and can no longer be read."""
    if FAMILY.encode() not in package.parts[part] and FAMILY.encode("utf-16-le") not in package.parts[part]:
        return
    try:
        root = package.xml(part)
    except ReadError:
        raise _damaged(package.name, "it is no sound XML") from None
    # The properties of the part name the namespace too.
    if root is not None and isinstance(root.tag, str) and root.tag.startswith(f"{{{FAMILY}"):
        yield root


def _clause(item: Element, name: str, ends: str) -> Drafted:
    words = item.text or ""
    id, version, bookmark, digest = (item.get(key, "") for key in ("id", "version", "bookmark", "sha256"))
    if not id or not version or not words.strip():
        raise _damaged(name, f"clause `{id}` lacks its {'id' if not id else 'version' if not version else 'words'}")
    if hashlib.sha256(words.encode()).hexdigest() != digest:
        raise _damaged(name, f"the words of clause `{id}` are not those that were drafted")
    return Drafted(id, version, bookmark, item.get("number", ""), tuple(filter(str.strip, re.split(ends, words))))


def _damaged(name: str, why: str) -> ReadError:
    return ReadError(f"{name} has a damaged trace ({why}), by which nothing can be compared; {WANTED}.")
