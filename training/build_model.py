"""Teach the review models from the exemplars: `python -m training.build_model [LANGUAGE...]` writes `mougen/model/`.

All heads of a kind are fitted at once by ridge regression in the space of the exemplars, with one factorisation. What
an exemplar does not tell about a head is filled in with what the others predict, so that it neither teaches nor
misleads. The leave-one-out predictions that the same factorisation gives calibrate the probabilities.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.linalg.lapack import dpotrf, dpotri  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from mougen.data import data_root
from mougen.language import SOURCE, load_language
from mougen.library import bundled_library
from mougen.review.features import features, vocabulary, weights_of
from mougen.review.lexicon import load_lexicon
from mougen.review.model import load_model

from .sources import exemplars, from_agreements, from_library
from .targets import heads_of, targets

ROOT = Path(__file__).resolve().parent
TARGET = ROOT.parent / "mougen" / "model"
LEAST, MOST = 2, 80_000  # a feature is kept if so many exemplars have it; so many features are kept
# The more a head must tell apart by single words, the less it is held back; the reversal of a sense is told by many.
RIDGE = {"relevant": 0.1, "limb": 0.2, "contrary": 0.5, "harm": 0.5, "flag": 0.5, "manner": 0.5, "whole": 0.3}
ROUNDS = 8
BLOCK = 2_000
FREQUENT = 0.02  # share of the exemplars from which a feature is frequent
LARGEST = 12_000  # rows; with some more, SciPy, whose LAPACK counts in 32 bits, ends with a fault
WITHIN = ("limb", "whole")
Array = npt.NDArray[np.float64]


def inverted(matrix: Array) -> Array:
    """Return the inverse of a positive definite matrix; one that is too large for LAPACK by its Schur complement."""
    count = len(matrix)
    if count <= LARGEST:
        factor, _ = dpotrf(matrix, lower=1)
        inverse, _ = dpotri(factor, lower=1, overwrite_c=1)
        return np.asarray(np.tril(inverse) + np.tril(inverse, -1).T)
    half = count // 2
    first, across = inverted(matrix[:half, :half]), matrix[:half, half:]
    reduced = first @ across
    second = inverted(matrix[half:, half:] - across.T @ reduced)
    corner = reduced @ second
    return np.block([[first + corner @ reduced.T, -corner], [-corner.T, second]])


def kernel_of(matrix: csr_matrix) -> Array:
    """Return how alike each pair of rows is; the 1 that is added stands for a bias that is part of the fit."""
    often = np.diff(matrix.tocsc().indptr) > matrix.shape[0] * FREQUENT
    dense, sparse = matrix[:, often].toarray(), matrix[:, ~often]  # a product of frequent features is dense anyway
    kernel = np.empty((len(dense), len(dense)))
    for first in range(0, len(dense), BLOCK):  # in one piece OpenBLAS ends with a fault where there are many rows
        kernel[first : first + BLOCK] = dense[first : first + BLOCK] @ dense.T
    kernel += 1.0
    alike = (sparse @ sparse.T).tocoo()
    kernel[alike.row, alike.col] += alike.data
    return kernel


def fit(matrix: csr_matrix, kernel: Array, table: Array, ridge: float) -> tuple[Array, Array, Array]:
    """Return weights (features × heads), biases and leave-one-out predictions, all for targets -1 and 1.

    `kernel` is that of the rows of `matrix`, and is changed.
    """
    kernel[np.diag_indices(len(kernel))] += ridge
    inverse = inverted(kernel)
    unknown = np.isnan(table)
    wanted = np.where(unknown, 0.0, 2 * table - 1)
    for _ in range(ROUNDS):
        duals = inverse @ wanted
        left_out = wanted - duals / np.diag(inverse)[:, None]
        # A target equal to what all others predict has no dual: it teaches nothing.
        wanted[unknown] = left_out[unknown]
    duals = inverse @ wanted
    left_out = wanted - duals / np.diag(inverse)[:, None]
    return np.asarray(matrix.T @ duals), duals.sum(0), left_out


def fit_all(
    matrix: csr_matrix, table: Array, items: list[dict[str, Any]], heads: list[tuple[str, ...]]
) -> tuple[Array, Array, Array]:
    """Fit every head, those of one ridge together; return what `fit` does, for all of them."""
    kernel = kernel_of(matrix)
    fitted = np.zeros((matrix.shape[1], len(heads))), np.zeros(len(heads)), np.full(table.shape, np.nan)
    for ridge in sorted(set(RIDGE.values())):
        chosen = [i for i, head in enumerate(heads) if RIDGE[head[0]] == ridge and head[0] not in WITHIN]
        columns = np.array(chosen, np.intp)
        rows = np.flatnonzero(~np.isnan(table[:, columns]).all(axis=1))
        if chosen:
            weights, bias, left_out = fit(matrix[rows], kernel[np.ix_(rows, rows)], table[np.ix_(rows, columns)], ridge)
            fitted[0][:, columns], fitted[1][columns], fitted[2][np.ix_(rows, columns)] = weights, bias, left_out
    fit_within(matrix, kernel, table, items, heads, fitted)
    return fitted


def fit_within(
    matrix: csr_matrix,
    kernel: Array,
    table: Array,
    items: list[dict[str, Any]],
    heads: list[tuple[str, ...]],
    fitted: tuple[Array, Array, Array],
) -> None:
    """Fit the heads of limbs and of the whole among the exemplars of their own requirement, and put them into `fitted`.

    Whether a passage is on the subject is for the head of relevance to say; a limb head asks what a passage on it
    states.
    """
    weights, bias, left_out = fitted
    for requirement in dict.fromkeys(head[1] for head in heads if head[0] in WITHIN):
        rows = [i for i, item in enumerate(items) if _concerns(item, requirement)]
        for kind in WITHIN:
            columns = [i for i, head in enumerate(heads) if head[:2] == (kind, requirement)]
            known = [i for i in rows if not np.isnan(table[i, columns]).all()]
            if not known:
                continue
            alike, wanted = kernel[np.ix_(known, known)], table[np.ix_(known, columns)]
            weights[:, columns], bias[columns], own = fit(matrix[known], alike, wanted, RIDGE[kind])
            left_out[np.ix_(known, columns)] = own


def _concerns(item: dict[str, Any], requirement: str) -> bool:
    if "passage" in item:
        return requirement in item["passage"].limbs
    if "own" in item:
        return bool(item["read"] or item["lacks"]) and requirement in item["own"].meets
    return bool(item["requirement"] == requirement)


def calibrated(heads: list[tuple[str, ...]], table: Array, left_out: Array) -> tuple[Array, Array]:
    """Return slope and offset of each head, shared by all heads of a kind, from leave-one-out predictions."""
    slope, offset = np.empty(len(heads)), np.empty(len(heads))
    for kind in dict.fromkeys(head[0] for head in heads):
        columns = [i for i, head in enumerate(heads) if head[0] == kind]
        known = ~np.isnan(table[:, columns]) & ~np.isnan(left_out[:, columns])
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
    """Return the digest of what makes the model: exemplars, agreements, what turns them into features, and this code.

    The clause library is left out: its texts only teach that they do no harm, and the round trip tests guard them.
    """
    made = hashlib.sha256()
    texts = [*sorted(folder.rglob("*.jsonl")), *sorted((ROOT / "agreements" / folder.name).glob("*.md"))]
    package = ROOT.parent / "mougen"
    code = [package / "review" / f"{name}.py" for name in ("features", "parties", "structure", "suggest")]
    lexicon = package / "languages" / folder.name / "lexicon.toml"
    for path in [
        *texts,
        *code,
        lexicon,
        *(ROOT / f"{name}.py" for name in ("agreements", "build_model", "sources", "targets")),
    ]:
        made.update(path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def build(folder: Path, target: Path) -> dict[str, Any]:
    """Write the model taught by the exemplars in `folder` to `target`; return what is stored about it."""
    lexicon, language = load_lexicon(folder.name), load_language(folder.name)
    library = bundled_library()
    source = None if language.code == SOURCE else load_model(data_root("model"), SOURCE)
    agreements = from_agreements(ROOT / "agreements" / folder.name, lexicon)
    items = [*exemplars(folder), *agreements, *from_library(library, language, lexicon, source)]
    found = [features(item["text"], item.get("parties", lexicon.parties)) for item in items]
    known = vocabulary(found, LEAST, MOST)
    places = {name: place for place, name in enumerate(known)}
    rarity = np.array([math.log((1 + len(items)) / (1 + count)) + 1 for count in known.values()], np.float32)
    rows = [weights_of(f, places, rarity.tolist()) for f in found]
    starts = np.cumsum([0, *map(len, rows)])
    matrix = csr_matrix(
        ([v for r in rows for v in r.values()], [k for r in rows for k in r], starts), shape=(len(items), len(known))
    )
    heads = heads_of(
        library,
        sorted(
            {i["flag"] for i in items if i.get("flag")}
            | {f for i in items if "passage" in i for f in i["passage"].flags}
        ),
    )
    table = targets(items, heads)
    weights, bias, left_out = fit_all(matrix, table, items, heads)
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
    for code in sys.argv[1:] or sorted(folder.name for folder in (ROOT / "exemplars").iterdir()):
        told = build(ROOT / "exemplars" / code, TARGET / f"{code}.npz")
        print(f"{code}: {told['exemplars']} exemplars, {len(told['heads'])} heads, digest {told['digest'][:12]}")
