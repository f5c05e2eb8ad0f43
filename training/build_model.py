"""Teach the review model from the exemplars: `python -m training.build_model` writes `mougen/model/en.npz`.

Every head is fitted at once by ridge regression in the space of the exemplars (one factorisation for all heads). What an
exemplar does not tell about a head is filled in from the fit, in a few rounds, so that it neither teaches nor misleads. The leave-one-out
predictions that the same factorisation gives calibrate the probabilities.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from mougen.library import Library, bundled_library
from mougen.review.features import features, vocabulary, weights_of
from mougen.review.lexicon import load_lexicon

ROOT = Path(__file__).resolve().parent
TARGET = ROOT.parent / "mougen" / "model" / "en.npz"
LEAST, MOST = 3, 40_000  # a feature is kept if so many exemplars have it; so many features are kept
RIDGE = 1.0
ROUNDS = 8
MANNERS = ("soft", "recital", "company-only", "carve-out", "past-fact", "contrary")
Array = npt.NDArray[np.float64]


def exemplars(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield each exemplar with the requirement (or red flag) of its file."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield {**json.loads(line), "requirement": path.name.split(".")[0], "flag": ""}
    for path in sorted((folder / "red-flags").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield {"limbs": [], "harms": [], **json.loads(line), "requirement": "", "flag": path.stem}


def heads_of(library: Library, flags: list[str]) -> list[tuple[str, ...]]:
    """Return all heads in a fixed order."""
    requirements = library.requirements.values()
    heads: list[tuple[str, ...]] = [("relevant", r.id) for r in requirements]
    heads += [("contrary", r.id) for r in requirements]
    heads += [("limb", r.id, limb.id) for r in requirements for limb in r.limbs]
    heads += [("harm", r.id, harm.id) for r in requirements for harm in r.harms]
    heads += [("flag", flag) for flag in flags]
    return heads + [("manner", manner) for manner in MANNERS]


def targets(items: list[dict[str, Any]], heads: list[tuple[str, ...]]) -> Array:
    """Return what each exemplar says of each head: 1, 0, or NaN where it does not tell."""
    table = np.zeros((len(items), len(heads)))
    for row, item in enumerate(items):
        for column, head in enumerate(heads):
            table[row, column] = _target(item, head)
    return table


def _target(item: dict[str, Any], head: tuple[str, ...]) -> float:
    kind, subject = head[0], head[1]
    verdict, manner = item["verdict"], item["kind"]
    if kind == "manner":
        return _manner(subject, verdict, manner)
    if kind == "flag":
        if subject == item["flag"]:
            return float(verdict == "raised")
        # Whether a harmful passage of another subject raises the flag too was not judged.
        return math.nan if verdict in ("raised", "contradicted") else 0.0
    if subject != item["requirement"]:
        # A passage on a neighbouring subject, or a harmful one, may well concern other requirements.
        unsure = manner == "wrong-topic" or item["flag"] or (kind in ("contrary", "harm") and verdict == "contradicted")
        return math.nan if unsure else 0.0
    if kind == "relevant":
        return float(verdict != "missing")
    if kind == "contrary":
        return float(verdict == "contradicted")
    return float(head[2] in item["limbs" if kind == "limb" else "harms"])


def _manner(subject: str, verdict: str, manner: str) -> float:
    if subject == "contrary":
        return math.nan if verdict in ("missing", "quiet") else float(verdict in ("contradicted", "raised"))
    if verdict == "met":
        return 0.0
    if verdict == "partial" and manner in MANNERS:
        return float(manner == subject)
    return math.nan


def fit(matrix: csr_matrix, table: Array) -> tuple[Array, Array, Array]:
    """Return weights (features × heads), biases and leave-one-out predictions, all for targets -1 and 1."""
    count = matrix.shape[0]
    kernel = (matrix @ matrix.T).toarray() + 1.0  # the 1 stands for a bias that is part of the fit
    inverse = np.linalg.inv(kernel + RIDGE * np.eye(count))
    leverage = 1 - RIDGE * np.diag(inverse)
    unknown = np.isnan(table)
    wanted = np.where(unknown, -1.0, 2 * table - 1)
    for _ in range(ROUNDS):
        duals = inverse @ wanted
        fitted = wanted - RIDGE * duals
        wanted[unknown] = fitted[unknown]
    duals = inverse @ wanted
    fitted = wanted - RIDGE * duals
    left_out = wanted - (wanted - fitted) / (1 - leverage)[:, None]
    return np.asarray(matrix.T @ duals), duals.sum(0), left_out


def calibrated(heads: list[tuple[str, ...]], table: Array, left_out: Array) -> tuple[Array, Array]:
    """Return slope and offset of each head, shared by all heads of a kind, from leave-one-out predictions."""
    slope, offset = np.empty(len(heads)), np.empty(len(heads))
    for kind in dict.fromkeys(head[0] for head in heads):
        columns = [i for i, head in enumerate(heads) if head[0] == kind]
        known = ~np.isnan(table[:, columns])
        a, b = _logistic(left_out[:, columns][known], table[:, columns][known])
        slope[columns], offset[columns] = a, b / a
    return slope, offset


def _logistic(x: Array, y: Array) -> tuple[float, float]:
    """Return slope and intercept of a logistic fit in one variable, by Newton's method."""
    a, b = 1.0, 0.0
    design = np.stack([x, np.ones_like(x)])
    for _ in range(60):
        p = 1 / (1 + np.exp(-(a * x + b)))
        gradient = design @ (y - p)
        curvature = (design * (p * (1 - p) + 1e-9)) @ design.T
        step = np.linalg.solve(curvature, gradient)
        a, b = a + float(np.clip(step[0], -2, 2)), b + float(np.clip(step[1], -2, 2))
    return a, b


def digest_of(folder: Path) -> str:
    """Return the digest of all that the model is made from: exemplars, features and this file."""
    made = hashlib.sha256()
    package = ROOT.parent / "mougen" / "review"
    for path in [*sorted(folder.rglob("*.jsonl")), package / "features.py", Path(__file__)]:
        made.update(path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def build(folder: Path, target: Path) -> dict[str, Any]:
    """Write the model taught by the exemplars in `folder` to `target`; return what is stored about it."""
    items = list(exemplars(folder))
    parties = load_lexicon("en").parties
    found = [features(item["text"], parties) for item in items]
    known = vocabulary(found, LEAST, MOST)
    places = {name: place for place, name in enumerate(known)}
    rarity = np.array([math.log((1 + len(items)) / (1 + count)) + 1 for count in known.values()], np.float32)
    rows = [weights_of(f, places, rarity.tolist()) for f in found]
    starts = np.cumsum([0, *map(len, rows)])
    matrix = csr_matrix(
        ([v for r in rows for v in r.values()], [k for r in rows for k in r], starts), shape=(len(items), len(known))
    )
    heads = heads_of(bundled_library(), sorted({i["flag"] for i in items} - {""}))
    table = targets(items, heads)
    weights, bias, left_out = fit(matrix, table)
    slope, offset = calibrated(heads, table, left_out)
    scale = np.abs(weights).max(0) / 127
    scale[scale == 0] = 1
    about = {"heads": heads, "exemplars": len(items), "digest": digest_of(folder), "language": folder.name}
    target.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        target,
        vocabulary=np.array("\n".join(known)),
        rarity=rarity,
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=(bias + offset).astype(np.float32),
        slope=slope.astype(np.float32),
        about=np.array(json.dumps(about)),
    )
    return about


if __name__ == "__main__":
    told = build(ROOT / "exemplars" / "en", Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
    print(f"{told['exemplars']} exemplars, {len(told['heads'])} heads, digest {told['digest'][:12]}")
