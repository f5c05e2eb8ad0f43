"""How well the review judges: `make bench-judgement` writes docs/judgement.md and benchmarks/judgement.json."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mougen.data import data_root
from mougen.review.model import load_model

from . import corpus, figures, overlap, page
from .corpus import Flags, Judgement
from .measure import ROOT

PAGE = ROOT / "docs" / "judgement.md"


def stored(folder: Path, judged: Sequence[Judgement], flags: Sequence[Flags]) -> dict[str, Any]:
    """Return what is kept of a run: figures, verdicts by id and what changed; no texts."""
    model = ROOT / "mougen" / "model" / "en.npz"
    by_set = {
        name: figures.figures(folder, members, [f for f in flags if any(j.text == f.text for j in members)])
        for name, members in figures.sets(judged).items()
        if members
    }
    return {
        "model": corpus.digest([model]),
        "rules": corpus.digest(
            [*(ROOT / "mougen" / "review").glob("*.py"), *(ROOT / "mougen" / "languages").rglob("*.toml")]
        ),
        "corpus": corpus.digest([p for p in (folder / "corpus").iterdir() if p.suffix in (".md", ".jsonl")]),
        "figures": by_set,
        "changes": figures.changes(judged, figures.committed()),
        "flags": {f.text: sorted(f.said) for f in flags},
        "verdicts": figures.verdicts(judged),
    }


def main() -> int:
    """Review the corpus, write the page and the store, and print the figures."""
    folder = corpus.corpus_at()
    if folder is None:
        print(corpus.absent(), file=sys.stderr)
        return 1
    judged: list[Judgement] = []
    flags: list[Flags] = []
    for found, flag in corpus.agreements(folder):
        judged += found
        flags.append(flag)
    judged += corpus.passages(folder)
    run = stored(folder, judged, flags)
    taught = load_model(data_root("model")).about
    text = page.text(
        run, judged, flags, figures.calibration(folder), corpus.refused(folder), taught, overlap.shared(folder)
    )
    PAGE.write_text(text, "utf-8")
    figures.STORE.write_text(json.dumps(run, indent=0, sort_keys=True) + "\n", "utf-8")
    print(page.figures_table(run["figures"]))
    print(f"\nwritten: {PAGE.relative_to(ROOT)}, {figures.STORE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
