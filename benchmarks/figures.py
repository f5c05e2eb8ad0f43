"""Figures from judgements: those of ../shared/tools/score.py, what was gained and lost, and calibration."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from mougen.data import data_root
from mougen.review.lexicon import load_lexicon
from mougen.review.model import load_model

from .corpus import KEPT_OUT, TUNED, Flags, Judgement, passage_items, tool
from .measure import ROOT

STORE = ROOT / "benchmarks" / "judgement.json"
BINS = (0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0001)


def sets(judged: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    """Return the judgements by set: agreements kept out, used and all; passages by drafter and all."""
    found = {
        "agreements, kept out": [j for j in judged if j.text in KEPT_OUT],
        "agreements, thresholds": [j for j in judged if j.text in TUNED],
        "agreements, all": [j for j in judged if not j.kind],
    }
    for name in sorted({j.text.partition("-")[0] for j in judged if j.kind}):
        found[f"passages, {name}"] = [j for j in judged if j.kind and j.text.startswith(f"{name}-")]
    return {**found, "passages, all": [j for j in judged if j.kind], "all English": list(judged)}


def figures(folder: Path, judged: Sequence[Judgement], flags: Iterable[Flags]) -> dict[str, float]:
    """Return what score.py says of these judgements."""
    counts = [0, 0, 0]
    for flag in flags:
        found = (len(flag.gold & flag.said), len(flag.said - flag.gold), len(flag.gold - flag.said))
        counts = [a + b for a, b in zip(counts, found, strict=True)]
    with contextlib.redirect_stdout(io.StringIO()):
        summary = tool(folder, "score").summary
        rows = [(j.requirement, j.gold, j.said, j.hit) for j in judged]
        found = summary("", rows, counts if any(counts) else None)
    return {key: value for key, value in found.items() if value == value}


def confusion(judged: Iterable[Judgement]) -> dict[tuple[str, str], int]:
    """Return how often each verdict was said for each that is right."""
    counts: dict[tuple[str, str], int] = {}
    for j in judged:
        counts[j.gold, j.said] = counts.get((j.gold, j.said), 0) + 1
    return counts


def verdicts(judged: Iterable[Judgement]) -> dict[str, Any]:
    """Return the verdicts by id: {"da1": {requirement: verdict}, "xa-0001": verdict}."""
    stored: dict[str, Any] = {}
    for j in judged:
        if j.kind:
            stored[j.text] = j.said
        else:
            stored.setdefault(j.text, {})[j.requirement] = j.said
    return stored


def committed() -> dict[str, Any] | None:
    """Return the last run that was committed, or else the last one on disk; None where there is none."""
    shown = subprocess.run(
        ["git", "show", f"HEAD:{STORE.relative_to(ROOT).as_posix()}"], cwd=ROOT, capture_output=True, text=True
    )
    text = shown.stdout if shown.returncode == 0 else STORE.read_text("utf-8") if STORE.exists() else ""
    stored: dict[str, Any] | None = json.loads(text) if text else None
    return stored


def changes(judged: Sequence[Judgement], last: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return by set how many verdicts became right or wrong since the last run, and which became wrong.

    Where no verdict changed, what the last run said of the one before it stands.
    """
    if last is None:
        return {"since": "", "sets": {}, "lost": []}
    before = last["verdicts"]
    if before == verdicts(judged):
        changed: dict[str, Any] = last["changes"]
        return changed

    def was(j: Judgement) -> str | None:
        said: str | None = before.get(j.text) if j.kind else before.get(j.text, {}).get(j.requirement)
        return said

    counts, lost = {}, []
    for name, members in sets(judged).items():
        known = [(j, old) for j in members if (old := was(j))]
        counts[name] = {
            "gained": sum(j.right and old != j.gold for j, old in known),
            "lost": sum(not j.right and old == j.gold for j, old in known),
            "new false met": sum(j.false_met and old != "met" for j, old in known),
        }
    for j in judged:
        if not j.right and was(j) == j.gold:
            lost.append(f"{j.text} {j.requirement}: {j.gold}, now {j.said}")
    return {"since": f"model {last['model']}, rules {last['rules']}", "sets": counts, "lost": lost}


def calibration(folder: Path) -> dict[str, list[tuple[str, int, float, float]]]:
    """Return by kind of head the bins of its probability on passages: bin, count, mean probability, share true."""
    model, parties = load_model(data_root("model")), load_lexicon("en").parties
    items = [item for item in passage_items(folder) if item["language"] == "en"]
    scores = model.score([item["text"] for item in items], parties)
    truths = {"relevant": "missing", "contrary": "contradicted"}
    tables = {}
    for kind, verdict in truths.items():
        said = np.array([s[model.heads[kind, i["requirement"]]] for s, i in zip(scores, items, strict=True)])
        true = np.array([(i["verdict"] == verdict) == (kind == "contrary") for i in items])
        tables[kind] = list(_bins(said, true))
    return tables


def _bins(said: Any, true: Any) -> Iterable[tuple[str, int, float, float]]:
    for low, high in pairwise(BINS):
        inside = (said >= low) & (said < high)
        if inside.any():
            yield (
                f"{low:.2f}-{min(high, 1):.2f}",
                int(inside.sum()),
                float(said[inside].mean()),
                float(true[inside].mean()),
            )
