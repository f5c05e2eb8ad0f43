"""An agreement in two languages in, the passages that should say the same side by side out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..agreement import Agreement, Paragraph
from ..errors import ReviewError
from ..language import load_language
from ..review.beside import LEAST, Cells, beside, tables
from ..review.language import UNKNOWN, leaning
from ..review.lexicon import load_lexicon
from ..review.sections import alone
from ..review.structure import passages_of
from .finding import Side
from .serial import Item, in_series, keyed
from .words import known

RUNNING = 5  # words from which a passage is more than a name
SECOND = 0.2  # share of the words of the first language that the second has at least
PART = 0.05  # share of the words from which a third language is a part of its own
NOTE = "Note to the drafter: delete this page before signature"  # with which a draft of our own ends
ASIDE = ("header", "footer", "comment")
Pair = tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The two languages of an agreement, the first on the left; the pairs; the texts of each, in reading order."""

    languages: tuple[str, str]
    pairs: tuple[Pair, ...]
    texts: tuple[tuple[str, ...], tuple[str, ...]]
    notes: tuple[str, ...]


def aligned(agreement: Agreement) -> Aligned:
    """Return the passages of `agreement` in pairs; one without a counterpart has an empty side.

    Rows of tables are taken as they stand, else clauses go by their numbers, and what has none by its order. Raises
    ReviewError where the text is not in two languages that can be compared.
    """
    paragraphs = list(_body(agreement))
    own = alone(paragraphs)
    languages, others = _two(paragraphs, own, agreement.name)
    beside_each_other = beside(paragraphs, own)
    tongues = list(_tongues(paragraphs, own, languages, beside_each_other))
    languages = (tongues[0], next(code for code in languages if code != tongues[0]))  # the first is read first
    sides = [languages.index(code) for code in tongues]
    items = _items(agreement, paragraphs, sides, languages)
    paired, placed = list[tuple[int, Pair]](), set[int]()
    for cells in tables(paragraphs):
        if any(i in beside_each_other for places in cells.values() for i in places):
            paired += _faced(cells, sides, items, placed)
    rest = [item for i, item in sorted(items.items()) if i not in placed]
    if placed:  # what stands beside tables that have both languages is said for both, or in both at once
        paired += [(item.place, halves) for item in rest if (halves := _halves(item.said()))]
        rest = [i for i in rest if not _halves(i.said()) and len(i.passage.text.split()) >= RUNNING]
    paired += in_series([i for i in rest if i.side == 0], [i for i in rest if i.side == 1])
    texts = tuple(tuple(i.passage.text for _, i in sorted(items.items()) if i.side == side) for side in (0, 1))
    notes = [f"a part in another language ({other}) was not compared" for other in others]
    pairs = tuple(pair for _, pair in sorted(paired, key=lambda found: found[0]))
    return Aligned(languages, pairs, (texts[0], texts[1]), tuple(notes))


def _two(paragraphs: Sequence[Paragraph], tongues: Sequence[str], name: str) -> tuple[tuple[str, str], list[str]]:
    """Return the two languages in which most is said, and the others."""
    words = Counter[str]()
    for paragraph, tongue in zip(paragraphs, tongues, strict=True):
        words[tongue] += len(paragraph.text.split())
    said = [code for code, count in words.most_common() if count >= LEAST and code != UNKNOWN]
    comparable = [code for code in said if code in known() and words[code] >= SECOND * words[said[0]]]
    if len(comparable) < 2:
        found = ", ".join(said) or "none"
        raise ReviewError(
            f"{name}: it is not in two languages that mougen can compare (found: {found}; it compares "
            f"{', '.join(known())}); give a file that holds both texts"
        )
    first, second = comparable[:2]
    some = sum(words.values()) * PART
    return (first, second), [code for code in said if code not in (first, second) and words[code] >= some]


def _tongues(
    paragraphs: Sequence[Paragraph], own: Sequence[str], two: tuple[str, str], sides: Mapping[int, str]
) -> Iterator[str]:
    """Yield the language of each paragraph: that of its place in a table, else its own, else that of its neighbours."""
    told = [sides.get(i) or _own(p, code, two) for i, (p, code) in enumerate(zip(paragraphs, own, strict=True))]
    spoken = [i for i, code in enumerate(told) if code and i not in sides]
    for at, i in enumerate(spoken):  # one among others may quote names and titles of the other language at length
        around = [told[j] for j in (*spoken[max(at - 2, 0) : at], *spoken[at + 1 : at + 3])]
        if len(around) == 4 and len(set(around)) == 1:
            told[i] = around[0]
    before = next((code for code in told if code), two[0])
    for i, code in enumerate(told):
        if not code and paragraphs[i].level:  # a heading belongs to what follows
            code = next((later for later in told[i:] if later), before)
        before = code or before
        yield before


def _own(paragraph: Paragraph, told: str, two: tuple[str, str]) -> str:
    found = told if told in two else leaning(paragraph.text, two)
    return found if found in two else ""


def _items(
    agreement: Agreement, paragraphs: Sequence[Paragraph], sides: Sequence[int], languages: tuple[str, str]
) -> dict[int, Item]:
    """Return the paragraphs of each language as passages that know their clause, by their place."""
    items: dict[int, Item] = {}
    for side, language in enumerate(languages):
        places = [i for i, found in enumerate(sides) if found == side]
        alone = tuple(replace(paragraphs[i], row=None, cell=0) for i in places)
        passages = passages_of(replace(agreement, paragraphs=alone), load_lexicon(language))
        keys = keyed(passages, language)
        for place, passage, key in zip(places, passages, keys, strict=True):
            if passage.kind != "aside":
                items[place] = Item(place, side, key, passage)
    return items


def _faced(cells: Cells, sides: Sequence[int], items: dict[int, Item], placed: set[int]) -> Iterator[tuple[int, Pair]]:
    """Yield the pairs of a table that has both languages; what they are made of is added to `placed`."""
    placed.update(i for places in cells.values() for i in places)
    stacked = any(len({sides[i] for i in places if i in items}) == 2 for places in cells.values())
    rows: dict[tuple[int, int], list[int]] = {}
    for (row, column), places in cells.items():
        rows.setdefault((row, column if stacked else 0), []).extend(i for i in places if i in items)
    forms = set[str]()
    for places in rows.values():
        left, right = ([items[i] for i in places if sides[i] == side] for side in (0, 1))
        if left and right and left[0].passage.text == right[0].passage.text:
            forms.add(left[0].passage.text)  # not one thing twice, but two of one form: blocks to be signed
        elif len(left) == len(right):
            yield from ((a.place, (a.said(), b.said())) for a, b in zip(left, right, strict=True))
        elif left and right:
            yield from in_series(left, right)
        elif not stacked and (left + right)[0].passage.text not in forms:
            yield from ((item.place, item.alone()) for item in left + right)


def _halves(said: Side) -> Pair | None:
    """Return the pair that one passage makes which says a thing in both languages: "nom / name"."""
    halves = said.text.split(" / ")
    if len(halves) == 2 and all(any(c.isalpha() for c in half) for half in halves):
        return replace(said, text=halves[0]), replace(said, text=halves[1])
    return None


def _body(agreement: Agreement) -> Iterator[Paragraph]:
    """Yield the paragraphs that agree something: no headers, no contents, no notes to the drafter."""
    asides = [load_lexicon(code).structure["aside"] for code in known()]
    notes = {load_language(code).say(NOTE) for code in known()}
    aside = False
    for paragraph in agreement.paragraphs:
        if paragraph.place in ASIDE or "contents" in paragraph.marks:
            continue
        if paragraph.row or paragraph.label or paragraph.level:
            aside = False
        text = paragraph.text.strip()
        if not paragraph.row and (text in notes or any(words.match(text.lower()) for words in asides)):
            aside = True
        if not aside:
            yield paragraph
