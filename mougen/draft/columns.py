"""Widths of table columns, from the words in them: no column is narrower than its longest word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .prose import Run

Rows = Sequence[Sequence[Sequence[Run]]]

# Twentieths of a point at the 9.5 points of table text; a little more than the house fonts need.
NARROW, USUAL, WIDE, CAPITAL = 62, 107, 165, 135
PADDING = 230  # left and right margin of a cell, and its border
LONGEST_WORD = 2_900  # a word beyond this, such as the address of a page, may break
WRITING = 1_900  # what a column to be filled in by hand needs
LONGEST_TEXT = 8_000  # beyond this a text gains nothing from one more line saved


def widths_of(rows: Rows, total: int) -> list[int]:
    """Share `total` among the columns of `rows`, of which the first is the heading."""
    least = [max(_longest_word(_text(row[i])) for row in rows) for i in range(len(rows[0]))]
    if sum(least) >= total:
        return _scaled(least, total)
    most = [max(low, _wanted(rows, i)) for i, low in enumerate(least)]
    spare, wish = total - sum(least), [high - low for high, low in zip(most, least, strict=True)]
    if sum(wish) >= spare:
        return _scaled([low + more for low, more in zip(least, _shared(wish, spare), strict=True)], total)
    # All text has its place on one line: what is left goes to the columns that hands fill in, else to all.
    open_ = [_blank(rows, i) for i in range(len(most))]
    shares = [float(gap) for gap in open_] if any(open_) else [float(high) for high in most]
    left = total - sum(most)
    return _scaled([high + left * share / sum(shares) for high, share in zip(most, shares, strict=True)], total)


def _shared(wish: Sequence[int], spare: int) -> list[float]:
    """Share `spare`: small wishes are granted, the others in proportion, so that a short entry keeps its line."""
    small = [min(more, 2 * spare // (3 * len(wish))) for more in wish]
    rest = [more - granted for more, granted in zip(wish, small, strict=True)]
    left = spare - sum(small)
    return [granted + left * more / max(sum(rest), 1) for granted, more in zip(small, rest, strict=True)]


def _scaled(widths: Sequence[float], total: int) -> list[int]:
    """Return whole numbers in the same proportion whose sum is `total`."""
    whole = [int(width * total / sum(widths)) for width in widths]
    return [*whole[:-1], total - sum(whole[:-1])]


def _wanted(rows: Rows, column: int) -> int:
    heading, *body = (_width(_text(row[column])) for row in rows)
    text = max(heading // 2, *body, 0) + PADDING  # a heading may take two lines
    return min(max(text, WRITING), 2 * WRITING) if _blank(rows, column) else min(text, LONGEST_TEXT)


def _blank(rows: Rows, column: int) -> bool:
    """Tell whether most of a column is to be filled in by hand."""
    body = [_text(row[column]) for row in rows[1:]]
    return sum(not text for text in body) * 2 > len(body)


@lru_cache(maxsize=4096)
def _longest_word(text: str) -> int:
    return min(max(map(_width, text.split()), default=0), LONGEST_WORD) + PADDING


def _text(cell: Sequence[Run]) -> str:
    return "".join([run.text for run in cell])


@lru_cache(maxsize=16_384)
def _width(text: str) -> int:
    return sum(map(_advance, text))


@lru_cache(maxsize=1024)
def _advance(character: str) -> int:
    if character in "iljtfrI.,:;'’‘()[]-/| ":
        return NARROW
    if character in "mwMW@%–—…" or ord(character) > 0x2E80:
        return WIDE
    return CAPITAL if character.isupper() else USUAL
