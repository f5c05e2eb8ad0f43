"""What the model is taught from: exemplars, passages of labelled agreements, and the clauses of the library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any, get_args

from mougen.jurisdiction import SupportModel
from mougen.language import Language
from mougen.library import Library
from mougen.review.lexicon import Lexicon
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
        yield {"text": passage.text, "parties": passage.parties, "passage": passage}


def from_library(library: Library, language: Language) -> Iterator[dict[str, Any]]:
    """Yield each paragraph of the clause library: it bears on what its clause meets alone, and harms nobody.

    What is said in other verbs in another register is taught in each of them.
    """
    for clause in (clause for variants in library.clauses.values() for clause in variants):
        if clause.language != language.code:
            continue
        general = library.clause(clause.id)  # a lower rung meets less, and is on the same subject
        texts = [proposal(clause.body, library, language.code, model) for model in get_args(SupportModel)]
        for verbs in language.modals.values():
            texts += [reduce(lambda t, pair: re.sub(rf"\b{pair[0]}\b", pair[1], t), verbs.items(), t) for t in texts]
        for words in dict.fromkeys(line.strip() for text in texts for line in text.splitlines()):
            if len(words.split()) > 3:
                yield {"text": words, "own": general or clause}
