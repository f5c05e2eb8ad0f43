"""How well the review judges: `make bench-judgement` writes docs/judgement.md and benchmarks/judgement.json.

It fails where what is absent or contradicted is said to be met more often, in any language, than in the last committed
run.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mougen.review.language import languages

from . import corpus, figures, loop, mutations, overlap, page, tables
from .corpus import LABELLED, NAMES
from .measure import ROOT
from .provenance import provenance
from .result import Result

PAGE = ROOT / "docs" / "judgement.md"
PROCESSES = 2


def judged(language: str) -> Result:
    """Review what is labelled in one language."""
    folder = corpus.corpus_at()
    assert folder is not None, corpus.absent()
    result = Result(language)
    for found, flags in corpus.agreements(folder, language):
        result.judged += found
        result.flags.append(flags)
    result.judged += corpus.passages(folder, language)
    result.calibration = figures.calibration(folder, language)
    result.shared, result.compared = overlap.shared(folder, language)
    return result


def stored(folder: Path, result: Result, model: str, rules: str, last: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what is kept of one language: figures, verdicts by id and what changed; no texts."""
    groups = figures.sets(result.language, result.judged)
    return {
        "model": model,
        "rules": rules,
        "figures": {name: figures.figures(folder, members, result.flags) for name, members in groups.items()},
        "changes": figures.changes(result.language, result.judged, last),
        "flags": {f.text: sorted(f.said) for f in result.flags},
        "verdicts": figures.verdicts(result.judged),
    }


def main() -> int:
    """Review the corpus, write the page and the store, print the figures; 1 where the worst error grew."""
    folder = corpus.corpus_at()
    if folder is None:
        print(corpus.absent(), file=sys.stderr)
        return 1
    every = [code for code in NAMES if code in languages()]
    with ProcessPoolExecutor(PROCESSES) as pool:
        labelled = {language: pool.submit(judged, language) for language in LABELLED}
        spoilt = {language: pool.submit(mutations.tested, language) for language in every}
        loops = {language: pool.submit(loop.loop, language) for language in every}
    results = [labelled[language].result() for language in LABELLED]
    taught = {language: provenance(language) for language in every}
    last = figures.committed()
    review = [*(ROOT / "mougen" / "review").glob("*.py"), *(ROOT / "mougen" / "languages").rglob("*.toml")]
    rules = corpus.digest([*review, *(ROOT / "mougen" / "catalogue").rglob("*.toml")])
    kept = {r.language: stored(folder, r, taught[r.language].model, rules, last.get(r.language)) for r in results}
    run = {
        "rules": rules,
        "corpus": corpus.digest([p for p in (folder / "corpus").iterdir() if p.suffix in (".md", ".jsonl")]),
        "models": {language: asdict(told) for language, told in taught.items()},
        "languages": kept,
        "mutations": {language: mutations.counted(found.result()) for language, found in spoilt.items()},
        "loop": {language: found.result() for language, found in loops.items()},
    }
    PAGE.write_text(page.text(run, results), "utf-8")
    figures.STORE.write_text(json.dumps(run, indent=0, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    for result in results:
        print(f"\n{LABELLED[result.language]}\n{tables.figures_table(kept[result.language]['figures'])}")
    print(f"\nwritten: {PAGE.relative_to(ROOT)}, {figures.STORE.relative_to(ROOT)}")
    worse = [figures.grown(r.language, r.judged, last.get(r.language)) for r in results]
    print("\n".join(filter(None, worse)), file=sys.stderr)
    return int(any(worse))


if __name__ == "__main__":
    raise SystemExit(main())
