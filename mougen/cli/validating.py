"""What `mougen validate` checks beyond loading: every clause text compiles, and every sample deal can be planned."""

from __future__ import annotations

from collections.abc import Iterator

from ..data import Texts, data_root, walk
from ..deal import Deal
from ..draft.plan import make_plan
from ..draft.prose import compile_body
from ..errors import DataError, DealError, MougenError
from ..library import Library
from ..schema import load


def check(library: Library) -> None:
    """Raise DataError with every fault found in `library`."""
    DataError.raise_if([*_texts(library), *_samples(library)])


def _texts(library: Library) -> Iterator[str]:
    for variants in library.clauses.values():
        for clause in variants:
            for text in (clause.title, clause.body):
                try:
                    compile_body(text, clause.path)
                except MougenError as error:
                    yield from error.problems


def _samples(library: Library) -> Iterator[str]:
    samples = Texts("samples/deals", dict(walk(data_root("samples") / "deals", ".toml")))
    for path in samples:
        try:
            deal = load(Deal, samples[path], f"samples/deals/{path}", error=DealError)
            if library.jurisdiction(deal.jurisdiction).refusal:
                continue  # it shows that drafting is refused
            make_plan(deal, library)
        except MougenError as error:
            yield from error.problems
