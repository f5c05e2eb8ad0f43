"""Figures from judgements: those of ../shared/tools/score.py, what was gained and lost, and calibration."""

from __future__ import annotations

import contextlib
import io
import json
import math
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

Bin = tuple[str, int, float, float]  # the bin, how many, mean probability, share true
STORE = ROOT / "benchmarks" / "judgement.json"
WORST = ("missing", "contradicted")
ALLOWED = 0.01  # by so much the worst error may grow: a verdict or two in the smaller languages
# What the label has to be for the probability of a head to come true.
TRUE = {"relevant": ("met", "partial", "contradicted"), "contrary": ("contradicted",), "whole": ("met",)}
BINS = (0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0001)


def sets(language: str, judged: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    """Return what was judged in one language by group: agreements (in English kept out, and used), and passages."""
    agreements, passages = [j for j in judged if not j.kind], [j for j in judged if j.kind]
    found = {}
    if language == "en":
        found["agreements, kept out"] = [j for j in agreements if j.text in KEPT_OUT]
        found["agreements, thresholds"] = [j for j in agreements if j.text in TUNED]
        for name in sorted({j.text.partition("-")[0] for j in passages}):
            found[f"passages, {name}"] = [j for j in passages if j.text.startswith(f"{name}-")]
    return {**found, "agreements": agreements, "passages": passages, "all": list(judged)}


def figures(folder: Path, judged: Sequence[Judgement], flags: Iterable[Flags]) -> dict[str, Any]:
    """Return what score.py says of these judgements, with how far the shares may be off by chance."""
    texts = {j.text for j in judged}
    counts = [0, 0, 0]
    for flag in flags:
        if flag.text in texts:
            found = (len(flag.gold & flag.said), len(flag.said - flag.gold), len(flag.gold - flag.said))
            counts = [a + b for a, b in zip(counts, found, strict=True)]
    with contextlib.redirect_stdout(io.StringIO()):
        summary = tool(folder, "score").summary
        rows = [(j.requirement, j.gold, j.said, j.hit) for j in judged]
        figures = summary("", rows, counts if any(counts) else None)
    met = [j.right for j in judged if j.said == "met"]
    return {
        **{key: value for key, value in figures.items() if value == value},
        "exact_95": wilson(sum(j.right for j in judged), len(judged)),
        "met_precision_95": wilson(sum(met), len(met)),
        "said_met": len(met),
    }


def wilson(right: int, count: int) -> list[float]:
    """Return the 95 % interval of a share, after Wilson; it takes the labels as independent."""
    if not count:
        return [0.0, 1.0]
    z, share = 1.96, right / count
    middle = share + z * z / (2 * count)
    reach = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return [round((middle + sign * reach) / (1 + z * z / count), 4) for sign in (-1, 1)]


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


def committed() -> dict[str, Any]:
    """Return by language the last run that was committed, or else the last one on disk; nothing where there is none."""
    shown = subprocess.run(
        ["git", "show", f"HEAD:{STORE.relative_to(ROOT).as_posix()}"], cwd=ROOT, capture_output=True, text=True
    )
    text = shown.stdout if shown.returncode == 0 else STORE.read_text("utf-8") if STORE.exists() else ""
    stored: dict[str, Any] = json.loads(text) if text else {}
    languages: dict[str, Any] = stored.get("languages", {})
    return languages


def false_met(judged: Iterable[Judgement]) -> float:
    """Return the share of what is absent or contradicted that was said to be met: the worst error."""
    worst = [j.false_met for j in judged if j.gold in WORST]
    return sum(worst) / len(worst) if worst else 0.0


def grown(language: str, judged: Iterable[Judgement], last: Mapping[str, Any] | None) -> str:
    """Return in one sentence that the worst error grew in a language against the `last` run, or nothing."""
    now, before = false_met(judged), last["figures"]["all"]["false_met"] if last else 1.0
    return f"{language}: false_met grew from {before:.3f} to {now:.3f}" if now > before + ALLOWED else ""


def changes(language: str, judged: Sequence[Judgement], last: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return by group how many verdicts became right or wrong since the last run, and which became wrong.

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
    for name, members in sets(language, judged).items():
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


def calibration(folder: Path, language: str) -> dict[str, list[Bin]]:
    """Return by kind of head the bins of its probability on passages."""
    model, parties = load_model(data_root("model"), language), load_lexicon(language).parties
    items = list(passage_items(folder, language))
    scores = model.score([item["text"] for item in items], parties)
    tables = {}
    for kind, labels in TRUE.items():
        known = [(s, i) for s, i in zip(scores, items, strict=True) if (kind, i["requirement"]) in model.heads]
        said = np.array([s[model.heads[kind, i["requirement"]]] for s, i in known])
        true = np.array([i["verdict"] in labels for _, i in known])
        tables[kind] = list(_bins(said, true)) if known else []
    return tables


def _bins(said: Any, true: Any) -> Iterable[Bin]:
    for low, high in pairwise(BINS):
        inside = (said >= low) & (said < high)
        if inside.any():
            yield (
                f"{low:.2f}-{min(high, 1):.2f}",
                int(inside.sum()),
                float(said[inside].mean()),
                float(true[inside].mean()),
            )
