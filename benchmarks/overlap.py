"""Which texts of the corpus share wording with what taught the model: `python -m benchmarks.overlap`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .corpus import LABELLED, absent, corpus_at, passage_items, tool
from .measure import ROOT

LENGTH = 10  # words in a row
TRAINING = ROOT / "training"
# Titles of instruments are long, and every text that names one shares them.
TITLES = re.compile(
    r"law enforcement|basic principles|code of conduct|voluntary principles|security and human rights|united nations|"
    r"use of force and firearms|civil and political|international covenant|\bun\b|"
    r"application des lois|principes (?:de base|volontaires)|code de conduite|droits de l homme|nations unies|"
    r"recours à la|à la force et l utilisation|base de l onu|empleo de la fuerza y|"
    r"hacer cumplir la ley|principios (?:básicos|voluntarios)|código de conducta|derechos humanos|naciones unidas"
)


@dataclass(frozen=True, slots=True)
class Shared:
    """A text of the corpus, the length in words of what it shares (about), the words, and where they were taught."""

    text: str
    words: int
    run: str
    taught: str


def runs(text: str) -> Iterator[str]:
    """Yield every run of words in `text` that holds no title of an instrument."""
    words = re.findall(r"\w+", text.lower())
    for start in range(len(words) - LENGTH + 1):
        run = " ".join(words[start : start + LENGTH])
        if not TITLES.search(run):
            yield run


def taught(language: str) -> dict[str, str]:
    """Return each run of the training texts in `language` and where it first stands."""
    found: dict[str, str] = {}
    for path in sorted((TRAINING / "exemplars" / language).rglob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for run in runs(json.loads(line)["text"]) if line.strip() else ():
                found.setdefault(run, f"{path.name}:{number}")
    for path in sorted((TRAINING / "agreements" / language).glob("*.md")):
        for line in path.read_text("utf-8").splitlines():
            if anchored := re.match(r"\[(p\d+)\] ?(.*)", line):
                for run in runs(anchored[2]):
                    found.setdefault(run, f"{path.name} {anchored[1]}")
    return found


def corpus_texts(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs and passages of the corpus in `language` with their ids."""
    for path in sorted((folder / "corpus").glob("d*.md")):
        meta, paragraphs = tool(folder, "agreements").load(path)
        if meta["language"] == language:
            yield from ((f"{path.stem} {anchor}", text) for anchor, text in paragraphs)
    yield from ((item["id"], item["text"]) for item in passage_items(folder, language))


def shared(folder: Path, language: str) -> tuple[list[Shared], int]:
    """Return what is shared, the longest first, and the number of texts compared."""
    known, found, count = taught(language), [], 0
    for name, text in corpus_texts(folder, language):
        count += 1
        hits = [run for run in runs(text) if run in known]
        if hits:
            found.append(Shared(name, LENGTH - 1 + len(hits), hits[0], known[hits[0]]))
    return sorted(found, key=lambda s: (-s.words, s.text)), count


def main() -> int:
    """Print every text that shares a run of words."""
    folder = corpus_at()
    if folder is None:
        print(absent(), file=sys.stderr)
        return 1
    for language in LABELLED:
        found, count = shared(folder, language)
        print(f"{language}: {len(found)} of {count} texts share {LENGTH} words in a row with a training text")
        for item in found:
            print(f"{item.text:12} {item.words:3} words  {item.taught:40} … {item.run} …")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
