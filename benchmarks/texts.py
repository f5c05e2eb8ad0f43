"""What is drafted and reviewed here: a sample, and agreements of any length made of the training agreements."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from mougen.deal import Deal, Facts, read_deal
from mougen.requirement import FACTS
from training.agreements import load

from .measure import ROOT

DEAL = ROOT / "samples" / "deals" / "ghana-solar-minimal.toml"  # the smallest sample; it still has over 35 clauses
PAGE = 500  # words
# A deal for each language, in a country where agreements are written in it.
SPOKEN = {"en": "ghana-gold", "fr": "cameroon-bauxite", "es": "peru-copper", "pt": "mozambique-lng"}


@cache
def deal() -> Deal:
    return read_deal(DEAL)


@cache
def full(language: str) -> Deal:
    """Return an agreement in `language` in which every fact holds, so that it needs every clause."""
    told = read_deal(ROOT / "samples" / "deals" / f"{SPOKEN[language]}.toml")
    return replace(told, language=language, register="agreement", facts=Facts(**dict.fromkeys(FACTS, True)))


def paragraphs() -> Iterator[str]:
    """Yield the paragraphs of the training agreements, over and over."""
    files = sorted((ROOT / "training" / "agreements" / "en").glob("*.md"))
    everything = [text for path in files for _, text in load(path)[1]]
    return itertools.cycle(everything)


def write_agreement(target: Path, pages: int) -> int:
    """Write a Word file of so many pages of 500 words, with headings and tables, and return its number of words."""
    import docx

    document, words, table = docx.Document(), 0, None
    for text in paragraphs():
        if words >= pages * PAGE:
            break
        words += len(text.replace("|", " ").split())
        if text.startswith("|"):
            cells = [cell.strip() for cell in text.strip().strip("|").split("|")]
            if table is None or len(table.columns) != len(cells):
                table = document.add_table(rows=0, cols=len(cells))
            for cell, content in zip(table.add_row().cells, cells, strict=True):
                cell.text = content
            continue
        table = None
        if text.startswith("#"):
            document.add_heading(text.lstrip("# "), level=1)
        else:
            document.add_paragraph(text.replace("**", ""))
    document.save(str(target))
    return words
