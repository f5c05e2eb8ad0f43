"""Two plans of one deal in, their clauses and blocks side by side out; what does not match stops the draft."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...errors import DraftError
from ..plan import Plan, PlannedClause
from ..prose import Block, Run

Blocks = tuple[Block, Block]
# How a definition ends: with a mark, or with a mark and "and".
ENDING = re.compile(r"[\s\u00a0\u202f]*(?:[;,](?:\s+\w{1,3})?|\.)$")


@dataclass(frozen=True, slots=True)
class Pair:
    """One clause in both languages; `blocks` are its paragraphs and tables, two by two."""

    left: PlannedClause
    right: PlannedClause
    blocks: tuple[Blocks, ...]


def paired(first: Plan, second: Plan) -> tuple[Pair, ...]:
    """Return the clauses of both plans in pairs; raises DraftError with every clause that is not the same in both."""
    DraftError.raise_if(_apart(first, second))
    items = tuple(zip(first.items, second.items, strict=True))
    DraftError.raise_if(fault for left, right in items for fault in _unlike(left, right))
    pairs = []
    for left, right in items:
        defines = left.clause.kind == "definitions"
        blocks = _in_order_of((left, right), (first, second)) if defines else right.blocks
        pairs.append(Pair(left, right, tuple(zip(left.blocks, blocks, strict=True))))
    return tuple(pairs)


def _apart(first: Plan, second: Plan) -> Iterator[str]:
    """Yield the clauses that only one plan has, or has elsewhere."""
    for here, there in ((first, second), (second, first)):
        known = {item.id for item in there.items}
        for item in here.items:
            if item.id not in known:
                yield (
                    f"clause `{item.id}` is drafted in {here.language.name} and not in {there.language.name}; write "
                    f"clauses/{_sibling(item, there)} or leave the clause out with `drop`"
                )
    if {i.id for i in first.items} == {i.id for i in second.items}:
        for left, right in zip(first.items, second.items, strict=True):
            if left.id != right.id:
                yield f"clause `{left.id}` stands where the other language has `{right.id}`; give both one `order`"
                return


def _sibling(item: PlannedClause, other: Plan) -> str:
    """Return the file in which the text of a clause in the language of another plan would lie."""
    stem = item.clause.path.removesuffix(".md").removesuffix(f".{item.clause.language}")
    return f"{stem}.md" if other.language.code == "en" else f"{stem}.{other.language.code}.md"


def _unlike(left: PlannedClause, right: PlannedClause) -> Iterator[str]:
    """Yield the first place at which a clause is built differently in the two languages."""
    shapes = [[_shape(block) for block in item.blocks] for item in (left, right)]
    if shapes[0] == shapes[1]:
        return
    at = next((i for i, (a, b) in enumerate(zip(*shapes, strict=False)) if a != b), min(map(len, shapes)))
    said = [_opening(item.blocks[at]) if at < len(item.blocks) else "nothing" for item in (left, right)]
    yield (
        f"clause `{left.id}`, paragraph {at + 1}: clauses/{left.clause.path} has {said[0]} where "
        f"clauses/{right.clause.path} has {said[1]}; give both texts the same paragraphs and limbs"
    )


def _shape(block: Block) -> tuple[int, tuple[int, ...]]:
    return block.level, tuple(len(row) for row in block.rows)


def _opening(block: Block) -> str:
    if block.rows:
        return f"a table of {len(block.rows)} rows"
    kind = {2: "a sub-clause", 3: "a limb", 4: "a limb of a limb"}.get(block.level, "a plain paragraph")
    words = " ".join(block.text.split())
    return f"{kind} (“{words[:40]}{'…' if len(words) > 40 else ''}”)"


def _in_order_of(pair: tuple[PlannedClause, PlannedClause], plans: tuple[Plan, Plan]) -> tuple[Block, ...]:
    """Return the definitions of the second in the order of the first: each language sorts by its own alphabet."""
    left, right = (_keys(item.blocks, plan) for item, plan in zip(pair, plans, strict=True))
    faults = []
    for known, wanted, item, other in ((right, left, pair[0], pair[1]), (left, right, pair[1], pair[0])):
        for key in (key for key in wanted if key not in known):
            faults.append(
                f"clause `{item.id}`: “{wanted[key]}” is defined in clauses/{item.clause.path} and not in "
                f"clauses/{other.clause.path}; define it there, or name its translation in languages/*/words/terms.toml"
            )
    DraftError.raise_if(faults)
    blocks, places = pair[1].blocks, list(right)
    endings = [_ending(block) for block in blocks]
    ordered = [blocks[places.index(key)] for key in left]
    return tuple(_ended(block, ending) for block, ending in zip(ordered, endings, strict=True))


def _keys(blocks: Iterable[Block], plan: Plan) -> dict[str, str]:
    """Return the term that each block defines by its English name; what defines none is known by its number."""
    english = {said: word for word, said in plan.language.words.items()}
    keys: dict[str, str] = {}
    for block in blocks:
        defines = bool(block.runs) and block.runs[0].kind == "term"
        term = block.runs[0].text.replace("’", "'") if defines else ""
        keys[english.get(term, term) or f"#{len(keys)}"] = term
    return keys


def _ending(block: Block) -> str:
    found = ENDING.search(block.text)
    return found[0] if found else ""


def _ended(block: Block, ending: str) -> Block:
    """Return `block` with another ending: the last of a list ends it, wherever it stood before."""
    old = _ending(block)
    if not block.runs or old == ending:
        return block
    *runs, last = block.runs
    words = last.text[: len(last.text) - len(old)] if old else last.text
    return dataclasses.replace(block, runs=(*runs, *_run(last, f"{words}{ending}")))


def _run(run: Run, words: str) -> Sequence[Run]:
    """Return `run` with other words; what is added to a number or a blank stands beside it."""
    if run.kind in ("ref", "blank"):
        return (run, Run(words.removeprefix(run.text)))
    return (dataclasses.replace(run, text=words),)
