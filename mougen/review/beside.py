"""Two languages side by side in tables: which cell, or which of two paragraphs in a cell, is in which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..agreement import Paragraph
from .language import UNKNOWN, likelier

LEAST = 40  # words of a language below which it is a quotation and no section
Places = list[int]  # of paragraphs
Cells = dict[tuple[int, int], Places]  # by row and column


def beside(paragraphs: Sequence[Paragraph], own: Sequence[str]) -> dict[int, str]:
    """Return the language of each paragraph, by its place, of tables that set two languages side by side.

    Either the columns of a table are in one language each, or each cell says a thing in one and then in the other.
    `own` are the languages that the paragraphs show by themselves, of which the two most frequent count.
    """
    words = Counter[str]()
    for paragraph, told in zip(paragraphs, own, strict=True):
        words[told] += len(paragraph.text.split()) if told != UNKNOWN else 0
    two = [language for language, count in words.most_common(2) if count >= LEAST]
    found: dict[int, str] = {}
    opening, unsure = list[list[Places]](), list[Cells]()
    order = list[str]()
    for cells in tables(paragraphs) if len(two) == 2 else ():
        for sides in (_stacks(cells), _columns(cells)):
            tongues = [likelier("\n".join(paragraphs[i].text for i in side), two) for side in sides]
            if len(sides) == 2 and tongues[0] != tongues[1]:
                order = order or tongues
                found |= _all(cells, sides, tongues)
                break
        else:
            unsure += [cells] if _stacks(cells) else []
            opening += [_columns(cells)] if not found and len(_columns(cells)) == 2 else []
    for columns in opening if order else ():  # such as the title, before the first table that tells
        found |= _said(columns, order)
    for cells in unsure if order else ():  # a form of few words is in the order of the others
        found |= _all(cells, _stacks(cells), order)
    return found


def _all(cells: Cells, sides: Sequence[Places], tongues: Sequence[str]) -> dict[int, str]:
    """Return the language of each paragraph of a table; what is said once is counted to the first."""
    return dict.fromkeys((i for places in cells.values() for i in places), tongues[0]) | _said(sides, tongues)


def _said(sides: Sequence[Places], tongues: Sequence[str]) -> dict[int, str]:
    return {i: language for side, language in zip(sides, tongues, strict=True) for i in side}


def tables(paragraphs: Sequence[Paragraph]) -> Iterator[Cells]:
    """Yield each table as the places of the paragraphs in each cell, by row and column."""
    numbered = ((i, p) for i, p in enumerate(paragraphs) if p.row)
    for _, group in groupby(numbered, key=lambda item: item[1].row[0] if item[1].row else 0):
        cells: Cells = {}
        for i, paragraph in group:
            cells.setdefault((paragraph.row[1] if paragraph.row else 0, paragraph.cell), []).append(i)
        yield cells


def _columns(cells: Cells) -> list[Places]:
    columns: dict[int, Places] = {}
    for (_, column), places in cells.items():
        columns.setdefault(column, []).extend(places)
    return list(columns.values())


def _stacks(cells: Cells) -> list[Places]:
    """Return the first and the second paragraphs of the cells, where no cell holds more."""
    if max(map(len, cells.values())) > 2:
        return []
    pairs = [places for places in cells.values() if len(places) == 2]
    return [[first for first, _ in pairs], [second for _, second in pairs]] if pairs else []
