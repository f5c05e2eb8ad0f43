"""What the model is taught from: exemplars, passages of labelled agreements, and the clauses of the library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any, get_args

from mougen.jurisdiction import SupportModel
from mougen.language import SOURCE, Language
from mougen.library import Library
from mougen.review.lexicon import Lexicon, load_lexicon
from mougen.review.manner import manner_of
from mougen.review.model import Model
from mougen.review.parties import named_in
from mougen.review.suggest import proposal

from .agreements import labelled


def exemplars(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield each exemplar with the requirement (or red flag) of its file."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield {**json.loads(line), "requirement": path.name.split(".")[0], "flag": ""}
    for path in sorted((folder / "red-flags").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield {"limbs": [], "harms": [], **json.loads(line), "requirement": "", "flag": path.name.split(".")[0]}


def from_agreements(folder: Path, lexicon: Lexicon) -> Iterator[dict[str, Any]]:
    """Yield each passage of the training agreements as an exemplar that tells about every requirement at once."""
    for passage in labelled(folder, lexicon):
        yield {"text": passage.text, "parties": passage.parties, "passage": passage, "agreement": passage.agreement}


def from_library(
    library: Library, language: Language, lexicon: Lexicon, source: Model | None = None
) -> Iterator[dict[str, Any]]:
    """Yield each paragraph of the clause library: it bears on what its clause meets alone, and harms nobody.

    What is said in other verbs in another register is taught in each of them. `source` is the model of the language
    from which the library is translated: a paragraph states the limbs that the source model reads in its original.
    """
    opening = library.clause("parties", language=language.code)
    parties = named_in(proposal(opening.body, library, language.code).splitlines() if opening else (), lexicon)
    taught: set[tuple[str, str]] = set()  # a lower rung repeats most paragraphs of the general clause
    for clause in (clause for variants in library.clauses.values() for clause in variants):
        if clause.language != language.code or not clause.attached or clause.kind == "letter":
            continue  # a form that stands alone is seldom in an agreement
        general = library.clause(clause.id)  # a lower rung meets less, and is on the same subject
        original = library.clauses.of(clause.id, *(q for q in clause.qualifiers if q != language.code))
        texts: dict[str, dict[tuple[str, ...], float]] = {}
        for model in get_args(SupportModel):
            lines = proposal(clause.body, library, language.code, model).splitlines()
            known = proposal(original.body, library, SOURCE, model).splitlines() if source and original else []
            read = _read(known, source) if source and len(known) == len(lines) else [{}] * len(lines)
            texts |= dict(zip(map(str.strip, lines), read, strict=True))
        for verbs in language.modals.values():
            texts |= {
                reduce(lambda t, v: re.sub(rf"\b{v[0]}\b", v[1], t), verbs.items(), t): r for t, r in texts.items()
            }
        for words, read in texts.items():
            if len(words.split()) > 3 and (clause.id, words) not in taught:
                taught.add((clause.id, words))
                obligor = manner_of(words, parties, lexicon).obligor
                yield {
                    "text": words,
                    "own": general or clause,
                    "lacks": clause.lacks,
                    "parties": parties,
                    "read": read,
                    "obligor": obligor,
                }


def _read(lines: list[str], source: Model) -> list[dict[tuple[str, ...], float]]:
    """Return for each line the probability of each limb, as the model of its language reads it."""
    scores = source.score(lines, load_lexicon(SOURCE).parties)
    limbs = {head: column for head, column in source.heads.items() if head[0] == "limb"}
    return [{head: float(row[column]) for head, column in limbs.items()} for row in scores]
