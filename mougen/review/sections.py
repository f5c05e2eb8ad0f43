"""Which part of an agreement is in which language: sections are read in their own, and what cannot be read is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..agreement import Agreement, Paragraph
from ..errors import ReviewError
from .language import UNKNOWN, language_of, languages, told_apart

OWN = 12  # words from which a paragraph shows its own language; a shorter one follows its neighbour
LEAST = 40  # words of a language below which it is a quotation and no section


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
    spoken = _spoken(agreement.paragraphs, main)
    words = Counter[str]()
    for paragraph, language in zip(agreement.paragraphs, spoken, strict=True):
        words[language] += len(paragraph.text.split())
    sections = [code for code, count in words.items() if code == main or count >= LEAST]
    # What is too little to be a section is read with the rest.
    spoken = [code if code in sections else main for code in spoken]
    if len(sections) == 1:
        return Sections(main, {main: agreement} if main in known else {}, [] if main in known else [main])
    mixed = _mixed(agreement.paragraphs, spoken)
    by_language: dict[str, list[Paragraph]] = {code: [] for code in sections if code in known}
    for paragraph, language in zip(agreement.paragraphs, spoken, strict=True):
        if language in by_language:
            # A cell beside its translation is read as a paragraph and not as one row with it.
            alone = replace(paragraph, row=None, cell=0) if paragraph.row in mixed else paragraph
            by_language[language].append(alone)
    read = {code: replace(agreement, paragraphs=tuple(paragraphs)) for code, paragraphs in by_language.items()}
    return Sections(main, read, [code for code in sections if code not in known and code != UNKNOWN])


def _spoken(paragraphs: Sequence[Paragraph], main: str) -> list[str]:
    """Return the language of each paragraph; in a table a short one follows the column, else the one before."""
    found: list[str] = []
    before, columns = main, dict[int, str]()
    for paragraph in paragraphs:
        told = told_apart(paragraph.text) if len(paragraph.text.split()) >= OWN else UNKNOWN
        if told == UNKNOWN:
            told = columns.get(paragraph.cell, before) if paragraph.row else before
        elif paragraph.row:
            columns[paragraph.cell] = told
        before = told
        found.append(told)
    return found


def _mixed(paragraphs: Sequence[Paragraph], spoken: Sequence[str]) -> set[tuple[int, int]]:
    """Return the table rows whose cells are in more than one language."""
    languages: dict[tuple[int, int], set[str]] = {}
    for paragraph, language in zip(paragraphs, spoken, strict=True):
        if paragraph.row:
            languages.setdefault(paragraph.row, set()).add(language)
    return {row for row, found in languages.items() if len(found) > 1}
