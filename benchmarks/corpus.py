"""The labelled corpus beside the checkout, and what the review says of each of its texts, one language at a time."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mougen.agreement import Agreement
from mougen.library import bundled_library
from mougen.reading import from_txt, read_agreement
from mougen.review.engine import review_agreement
from mougen.review.finding import Review

from .measure import ROOT

LABELLED = {"en": "English", "fr": "French", "es": "Spanish"}
NAMES = {**LABELLED, "pt": "Portuguese"}
TUNED = ("da1", "da3", "da4", "da5", "db1", "db4")  # thresholds were set on these agreements
KEPT_OUT = ("da2", "da6", "db2", "db3", "db5", "db6")  # chosen before, never used to set anything


@dataclass(frozen=True, slots=True)
class Judgement:
    """One label and what was said: `kind` is empty for agreements; `hit` tells if a cited passage was quoted.

    `read` is the language that the text was read in.
    """

    text: str
    requirement: str
    gold: str
    said: str
    kind: str = ""
    hit: bool | None = None
    read: str = "en"

    @property
    def right(self) -> bool:
        return self.gold == self.said

    @property
    def false_met(self) -> bool:
        return self.said == "met" and self.gold in ("missing", "contradicted")


@dataclass(frozen=True, slots=True)
class Flags:
    """The red flags that the labels of an agreement name, and those that were raised."""

    text: str
    gold: frozenset[str]
    said: frozenset[str]


def corpus_at() -> Path | None:
    """Return the folder with `corpus` and `tools`: ../shared or $CORPUS; None where it is not there."""
    folder = (ROOT / os.environ.get("CORPUS", "../shared")).resolve()
    return folder if (folder / "tools" / "score.py").is_file() and (folder / "corpus").is_dir() else None


def absent() -> str:
    """Return the sentence that says what is missing."""
    where = (ROOT / os.environ.get("CORPUS", "../shared")).resolve()
    return f"no labelled corpus at {where}; set CORPUS to the folder that holds corpus/ and tools/"


def tool(folder: Path, name: str) -> Any:
    """Return a module of the corpus's tools, imported from its folder."""
    place = str(folder / "tools")
    if place not in sys.path:
        sys.path.append(place)
    return importlib.import_module(name)


def agreements(folder: Path, language: str) -> Iterator[tuple[list[Judgement], Flags]]:
    """Review each agreement in `language` as Word, through the real reader, with its facts."""
    for meta, paragraphs, read in _written(folder, language):
        review = review_agreement(read, facts=meta["context"], library=bundled_library())
        yield (
            list(_judged(folder, meta, dict(paragraphs), review)),
            Flags(
                meta["id"],
                frozenset(f["flag"] for f in meta.get("flags") or []),
                frozenset(f.flag for f in review.red_flags),
            ),
        )


def _written(folder: Path, language: str) -> Iterator[tuple[dict[str, Any], list[tuple[str, str]], Agreement]]:
    tools = tool(folder, "agreements")
    with tempfile.TemporaryDirectory() as place:
        for path in sorted((folder / "corpus").glob("d*.md")):
            meta, paragraphs = tools.load(path)
            if meta["language"] == language:
                target = Path(place) / f"{path.stem}.docx"
                tools.write_docx(target, meta, paragraphs)
                yield {**meta, "id": path.stem}, paragraphs, read_agreement(target)


def _judged(folder: Path, meta: Mapping[str, Any], text: Mapping[str, str], review: Review) -> Iterator[Judgement]:
    """Yield each label with what was said of it, counted as ../shared/tools/score.py counts."""
    score, plain = tool(folder, "score"), tool(folder, "agreements").plain
    for requirement, label in meta["labels"].items():
        gold, finding = label["verdict"], review[requirement]
        if gold not in score.VERDICTS:
            continue
        hit = None
        if gold != "missing" and finding.verdict in ("met", "partial", "contradicted"):
            cited = [plain(text[anchor]) for anchor in label.get("at") or []]
            hit = any(score.overlaps(e.quote, cited) for e in finding.evidence)
        yield Judgement(meta["id"], requirement, gold, finding.verdict, hit=hit, read=review.language)


def passage_items(folder: Path, language: str) -> Iterator[dict[str, Any]]:
    """Yield the labelled passages in `language`."""
    for path in sorted((folder / "corpus").glob("passages*.jsonl")):
        items = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
        yield from (item for item in items if item["language"] == language)


def passages(folder: Path, language: str, gold: Collection[str] = ()) -> Iterator[Judgement]:
    """Review each passage in `language` alone as text, every fact true; `gold` restricts to some labels."""
    score = tool(folder, "score")
    facts = dict.fromkeys(score.FACTS, True)
    for item in passage_items(folder, language):
        if gold and item["verdict"] not in gold:
            continue
        text = f"{score.OPENING[language]}\n\n{item['text']}\n"
        read = from_txt.read(text.encode(), f"{item['id']}.txt")
        review = review_agreement(read, facts=facts, library=bundled_library())
        said = review[item["requirement"]].verdict
        yield Judgement(item["id"], item["requirement"], item["verdict"], said, item["kind"], read=review.language)


def digest(paths: Iterable[Path]) -> str:
    """Return a short digest of files, by which a reader can tell if they are the same."""
    made = hashlib.sha256()
    for path in sorted(paths):
        made.update(path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()[:12]
