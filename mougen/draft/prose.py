"""Clause text in, blocks out: values first, then a little Markdown for structure.

What a user typed can never become structure or code: values are rendered as data, and every mark inside them is masked
until the blocks are built.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, Literal

from ..errors import DraftError
from ..language import Language
from ..phrasing import Unsayable, parsed, said

# Tokens inside rendered text; deal values cannot hold them, see deal._unprintable.
OPEN, CLOSE, MASK = "\ue000", "\ue001", 0xE100
MARKS = "*|>-"  # what blocks_of gives a meaning to
MASKED = {ord(c): chr(MASK + ord(c)) for c in MARKS}
UNMASKED = {MASK + ord(c): c for c in MARKS}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: plain, a defined term, the number of another clause, or a blank to fill in."""

    text: str
    kind: Literal["text", "term", "ref", "blank"] = "text"
    target: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph or a table. `level` is 2 for a sub-clause, 3 for (a), 4 for (i), 0 for a paragraph without number."""

    level: int
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()

    @cached_property
    def text(self) -> str:
        if self.rows:
            return "\n".join("\t".join("".join(r.text for r in cell) for cell in row) for row in self.rows)
        return "".join([run.text for run in self.runs])

    @cached_property
    def refers(self) -> bool:
        """Whether a run is the number of another clause."""
        cells = (self.runs, *(cell for row in self.rows for cell in row))
        return any(run.kind == "ref" for cell in cells for run in cell)


@dataclass(slots=True)
class Blank:
    """A value that the deal leaves out: false when tested, a placeholder (and noted as missing) when printed."""

    path: str
    asks: str
    printed: set[str]

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        self.printed.add(self.path)
        return f"{OPEN}blank:{self.path}:{self.asks}{CLOSE}"


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of the clause `target`, filled in once the plan has numbered all."""

    target: str

    def __str__(self) -> str:
        return f"{OPEN}ref:{self.target}:{CLOSE}"


@dataclass(slots=True)
class Rendering:
    """What a body may use: values by name, and which clauses are in."""

    values: Mapping[str, Any]
    present: frozenset[str]


def _print(value: object) -> str:
    if isinstance(value, Blank | Reference):
        return str(value)
    return " ".join(str(value).split()).translate(MASKED)


def bare(value: object) -> object:
    """Return a value without the article that a text puts before it itself."""
    return re.sub(r"^[Tt]he\s+", "", value) if isinstance(value, str) else value


FILTERS: Mapping[str, Callable[[Any], Any]] = {"length": len, "bare": bare}


def compile_body(body: str, path: str) -> Callable[[Rendering], str]:
    """Return a function that renders `body`; raises DraftError where it holds more than values, `if` and `for`."""
    if "{" not in body:
        return lambda _: body  # most titles and many clauses hold no values
    try:
        steps = parsed(body, (*FILTERS, "ref", "has"))
    except Unsayable as fault:
        raise DraftError(f"clauses/{path}:{fault.line}: {fault.said}") from None

    def render(rendering: Rendering) -> str:
        scope = {**rendering.values, **FILTERS, "ref": Reference, "has": rendering.present.__contains__}
        try:
            return "".join(said(steps, scope, _print))
        except (Unsayable, TypeError) as fault:
            raise DraftError(f"clauses/{path}: {fault}") from None

    return render


SPACES = re.compile(" {2,}")
LIMB = re.compile(r"( *)- (.*)", re.S)


@lru_cache(maxsize=4096)  # one clause is much the same in every draft
def blocks_of(text: str, language: Language) -> tuple[Block, ...]:
    """Return the blocks of rendered `text`; references keep the id as their text until `resolve`."""
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", text.strip("\n")):
        lines = [line.rstrip() for line in chunk.split("\n") if line.strip()]
        if not lines:
            continue
        if lines[0].lstrip().startswith("|"):
            blocks.append(Block(0, rows=_rows(lines, language)))
            continue
        blocks += [Block(level, runs_of(words, language)) for level, words in _paragraphs(lines)]
    return tuple(blocks)


def _paragraphs(lines: list[str]) -> list[tuple[int, str]]:
    """Fold lines into (level, text): a line that opens no limb goes on with the one before it."""
    found: list[tuple[int, str]] = []
    for line in lines:
        if limb := LIMB.fullmatch(line):
            found.append((3 if len(limb[1]) < 2 else 4, limb[2]))
        elif line.startswith("> "):
            found.append((0, line[2:]))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        else:
            found.append((2, line.strip()))
    return found


def _rows(lines: list[str], language: Language) -> tuple[tuple[tuple[Run, ...], ...], ...]:
    rows = []
    for line in lines:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            rows.append(tuple(runs_of(cell, language) for cell in cells))
    return tuple(rows)


TOKEN = re.compile(rf"{OPEN}(ref|blank):([^:]*):([^{CLOSE}]*){CLOSE}|\*\*(.+?)\*\*")


def runs_of(words: str, language: Language) -> tuple[Run, ...]:
    """Return the runs of one paragraph, with typographic quotes and values unmasked."""
    runs: list[Run] = []
    end = 0
    if "  " in words:  # as a condition leaves that does not hold
        words = SPACES.sub(" ", words)
    for token in TOKEN.finditer(words):
        runs.append(Run(words[end : token.start()]))
        kind, target, asks, term = token.groups()
        if term:
            runs += [Run(r.text, "term", r.target) if r.kind == "text" else r for r in runs_of(term, language)]
        elif kind == "ref":
            runs.append(Run(target, "ref", target))
        else:
            runs.append(Run(f"[{asks}]", "blank", target))
        end = token.end()
    runs.append(Run(words[end:]))
    return tuple(Run(_typeset(r.text, language), r.kind, r.target) for r in runs if r.text)


NARROW = "\u202f"  # the space that does not break, before a mark


def _typeset(text: str, language: Language) -> str:
    """Return `text` with values unmasked, and quotes and spaces as `language` sets them."""
    # Each question is cheap, and the answer is mostly no.
    if MASKING.search(text):
        text = text.translate(UNMASKED)
    double, single = language.quotes.double, language.quotes.single
    if '"' in text:
        text = QUOTED.sub(rf"\1{double[0]}", text).replace('"', double[1])
    if "'" in text:
        text = APOSTROPHE.sub("’", text)
        text = SINGLY.sub(rf"\1{single[0]}", text).replace("'", single[1])
    if language.spaced:
        text = re.sub(rf"(?<=[^\s{NARROW}])[ \u00a0]?([{language.spaced}])(?=\s|$|[»)])", rf"{NARROW}\1", text)
    return _bound(language)(text) if COUNTED.search(text) else text


QUOTED, SINGLY = re.compile(r'(^|[\s(\[“])"'), re.compile(r"(^|[\s(\[“])'")
MASKING = re.compile(f"[{''.join(map(chr, UNMASKED))}]")
COUNTED = re.compile(r" (?=[\d(]|$)")
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


@cache
def _bound(language: Language) -> Callable[[str], str]:
    """Return a function that ties a clause, article or number to what it counts."""
    words = "|".join(sorted(map(re.escape, language.bound), key=len, reverse=True))
    tied = re.compile(rf"\b({words}) (?=[\d(]|$)")
    return lambda text: tied.sub("\\1\u00a0", text)
