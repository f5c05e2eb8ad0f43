"""Which part of an agreement is in which language: sections are read in their own, and what cannot be read is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..agreement import Agreement, Paragraph
from ..errors import ReviewError
from .beside import LEAST, beside
from .language import UNKNOWN, language_of, languages, told_apart

OWN = 12  # words from which a paragraph shows its own language; a shorter one follows its neighbour


@dataclass(frozen=True, slots=True)
class Sections:
    """`main` is the language of most words; `read` maps each language that can be reviewed to its paragraphs.

    `unread` are the languages of sections that cannot be reviewed.
    """

    main: str
    read: Mapping[str, Agreement]
    unread: Sequence[str]


def sections_of(agreement: Agreement) -> Sections:
    """Return `agreement` by language; raises ReviewError where it has no words."""
    if not any(c.isalpha() for p in agreement.paragraphs for c in p.text):
        raise ReviewError(f"{agreement.name}: there are no words to review; is this the right file?")
    main, known = language_of(agreement.text), languages()
    tongues = spoken(agreement.paragraphs, main)
    words = Counter[str]()
    for paragraph, language in zip(agreement.paragraphs, tongues, strict=True):
        words[language] += len(paragraph.text.split())
    sections = [code for code, count in words.items() if code == main or count >= LEAST]
    # What is too little to be a section is read with the rest.
    tongues = [code if code in sections else main for code in tongues]
    if len(sections) == 1:
        return Sections(main, {main: agreement} if main in known else {}, [] if main in known else [main])
    mixed = _mixed(agreement.paragraphs, tongues)
    by_language: dict[str, list[Paragraph]] = {code: [] for code in sections if code in known}
    for paragraph, language in zip(agreement.paragraphs, tongues, strict=True):
        if language in by_language:
            # A cell beside its translation is read as a paragraph and not as one row with it.
            alone = replace(paragraph, row=None, cell=0) if paragraph.row in mixed else paragraph
            by_language[language].append(alone)
    read = {code: replace(agreement, paragraphs=tuple(paragraphs)) for code, paragraphs in by_language.items()}
    return Sections(main, read, [code for code in sections if code not in known and code != UNKNOWN])


def spoken(paragraphs: Sequence[Paragraph], main: str) -> list[str]:
    """Return the language of each paragraph; in a table a short one follows its column, else the one before."""
    own, found = alone(paragraphs), list[str]()
    before, columns, sides = main, dict[int, str](), beside(paragraphs, own)
    for index, (paragraph, told) in enumerate(zip(paragraphs, own, strict=True)):
        if index in sides:
            language = sides[index]
        elif told == UNKNOWN:
            language = columns.get(paragraph.cell, before) if paragraph.row else before
        else:
            language = told
            columns |= {paragraph.cell: told} if paragraph.row else {}
        before = language
        found.append(language)
    return found


def alone(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the language that each paragraph shows by itself, "und" where it is too short or shows none."""
    return [told_apart(p.text) if len(p.text.split()) >= OWN else UNKNOWN for p in paragraphs]


def _mixed(paragraphs: Sequence[Paragraph], tongues: Sequence[str]) -> set[tuple[int, int]]:
    """Return the table rows whose cells are in different languages; one whose cells say all twice stays a row."""
    rows: dict[tuple[int, int], dict[int, set[str]]] = {}
    for paragraph, language in zip(paragraphs, tongues, strict=True):
        if paragraph.row:
            rows.setdefault(paragraph.row, {}).setdefault(paragraph.cell, set()).add(language)
    return {
        row
        for row, cells in rows.items()
        if len(set().union(*cells.values())) > 1 and all(len(languages) == 1 for languages in cells.values())
    }
