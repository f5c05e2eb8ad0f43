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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from mougen.data import data_root
from mougen.language import SOURCE, load_language
from mougen.library import bundled_library
from mougen.review.context import ALONE, ALWAYS, BESIDE, EDGE, HEADED, OWN, inputs, odds
from mougen.review.features import features, vocabulary, weights_of
from mougen.review.lexicon import load_lexicon
from mougen.review.model import load_model

from .ridge import Array, Labels, fit, kernel_of, logistic
from .sources import exemplars, from_agreements, from_library
from .targets import heads_of, targets

ROOT = Path(__file__).resolve().parent
TARGET = ROOT.parent / "mougen" / "model"
LEAST, MOST = 2, 80_000  # a feature is kept if so many exemplars have it; so many features are kept
# The more a head must tell apart by single words, the less it is held back; the reversal of a sense is told by many.
RIDGE = {"relevant": 0.1, "limb": 0.2, "contrary": 0.5, "harm": 0.5, "flag": 0.5, "manner": 0.5, "whole": 0.3}
WITHIN = ("limb", "whole")
LIMITS = tuple(odds(np.array([EDGE, 1 - EDGE], np.float32)))  # of the log-odds that a model gives


def fit_all(
    matrix: csr_matrix, table: Array, items: list[dict[str, Any]], heads: list[tuple[str, ...]]
) -> tuple[Array, Array, Array]:
    """Fit every head, those of one ridge together; return what `fit` does, for all of them."""
    kernel, texts = kernel_of(matrix), texts_of(items)
    fitted = np.zeros((matrix.shape[1], len(heads))), np.zeros(len(heads)), np.full(table.shape, np.nan)
    for ridge in sorted(set(RIDGE.values())):
        chosen = [i for i, head in enumerate(heads) if RIDGE[head[0]] == ridge and head[0] not in WITHIN]
        columns = np.array(chosen, np.intp)
        rows = np.flatnonzero(~np.isnan(table[:, columns]).all(axis=1))
        if chosen:
            alike, wanted = kernel[np.ix_(rows, rows)], table[np.ix_(rows, columns)]
            weights, bias, left_out = fit(matrix[rows], alike, wanted, ridge, texts[rows])
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
    (weights, bias, left_out), texts = fitted, texts_of(items)
    for requirement in dict.fromkeys(head[1] for head in heads if head[0] in WITHIN):
        rows = [i for i, item in enumerate(items) if _concerns(item, requirement)]
        for kind in WITHIN:
            columns = [i for i, head in enumerate(heads) if head[:2] == (kind, requirement)]
            known = [i for i in rows if not np.isnan(table[i, columns]).all()]
            if not known:
                continue
            alike, wanted = kernel[np.ix_(known, known)], table[np.ix_(known, columns)]
            weights[:, columns], bias[columns], own = fit(matrix[known], alike, wanted, RIDGE[kind], texts[known])
            left_out[np.ix_(known, columns)] = own


def texts_of(items: list[dict[str, Any]]) -> Labels:
    """Return a number for each item, the same for the passages of one agreement, which are left out together.

    They share a writer and a subject; to predict one from the others is easier than to read an agreement never seen.
    """
    first: dict[Any, int] = {}
    return np.array([first.setdefault(item.get("agreement", n), n) for n, item in enumerate(items)], np.intp)


def _concerns(item: dict[str, Any], requirement: str) -> bool:
    if "passage" in item:
        return requirement in item["passage"].limbs
    if "own" in item:
        return bool(item["read"] or item["lacks"]) and requirement in item["own"].meets
    return bool(item["requirement"] == requirement)


def calibrated(heads: list[tuple[str, ...]], table: Array, fitted: tuple[Array, Array, Array]) -> None:
    """Turn weights, biases and predictions into log-odds, by one slope and offset for all heads of a kind."""
    weights, bias, left_out = fitted
    for kind in dict.fromkeys(head[0] for head in heads):
        columns = [i for i, head in enumerate(heads) if head[0] == kind]
        known = ~np.isnan(table[:, columns]) & ~np.isnan(left_out[:, columns])
        slope, offset = logistic(left_out[:, columns][known][:, None], table[:, columns][known])
        weights[:, columns] *= slope
        bias[columns] = bias[columns] * slope + offset
        left_out[:, columns] = left_out[:, columns] * slope + offset


def among_siblings(
    heads: list[tuple[str, ...]], table: Array, fitted: tuple[Array, Array, Array], rows: Labels
) -> None:
    """Weigh each limb against the others of its requirement, as `rows`, the passages of agreements, teach it.

    A passage that might state any limb states none in particular. The log-odds of a limb less a share of the mean of
    the others tell more, and are linear in the features too.
    """
    weights, bias, left_out = fitted
    groups: dict[str, list[int]] = {}
    for column, head in enumerate(heads):
        if head[0] == "limb":
            groups.setdefault(head[1], []).append(column)
    groups = {subject: columns for subject, columns in groups.items() if len(columns) > 1}

    def others(values: Array) -> Array:
        return np.asarray((values.sum(-1, keepdims=True) - values) / (values.shape[-1] - 1))

    design, truth = [], []
    for columns in groups.values():
        block = left_out[np.ix_(rows, columns)]
        known = ~np.isnan(table[np.ix_(rows, columns)]) & ~np.isnan(block)
        design.append(np.stack([block[known], others(block)[known]], axis=-1))
        truth.append(table[np.ix_(rows, columns)][known])
    if not any(map(len, truth)):
        return
    own, rest, offset = logistic(np.concatenate(design), np.concatenate(truth))
    for columns in groups.values():
        weights[:, columns] = own * weights[:, columns] + rest * others(weights[:, columns])
        bias[columns] = own * bias[columns] + rest * others(bias[columns]) + offset


def context_of(own: Array, headed: Array, table: Array, sections: list[tuple[str, str]]) -> Array:
    """Return the weights of `review.context`, from what passages of agreements, left out, say of relevance.

    All of `own`, `headed` (of headings; NaN where there is none) and `table` have the shape (passages, requirements).
    """
    weights = ALONE.copy()
    found, there = inputs(np.clip(own, *LIMITS), np.clip(headed, *LIMITS), sections)
    for headings, neighbours in np.ndindex(2, 2):
        # Where there is more, less can be learnt from it.
        rows = (there >= (headings, neighbours)).all(axis=1)
        used = [OWN, *[HEADED] * headings, *[BESIDE] * neighbours]
        known = ~np.isnan(table[rows])
        if known.any():
            fitted = logistic(found[rows][known][:, used], table[rows][known])
            weights[headings, neighbours] = 0
            weights[headings, neighbours, [*used, ALWAYS]] = fitted
    return weights


def digest_of(folder: Path) -> str:
    """Return the digest of what makes the model: exemplars, agreements, what turns them into features, and this code.

    The clause library is left out: its texts only teach that they do no harm, and the round trip tests guard them.
    """
    made = hashlib.sha256()
    texts = [*sorted(folder.rglob("*.jsonl")), *sorted((ROOT / "agreements" / folder.name).glob("*.md"))]
    package = ROOT.parent / "mougen"
    code = [package / "review" / f"{name}.py" for name in ("context", "features", "parties", "structure", "suggest")]
    lexicon = package / "languages" / folder.name / "lexicon.toml"
    for path in [
        *texts,
        *code,
        lexicon,
        *(ROOT / f"{name}.py" for name in ("agreements", "build_model", "ridge", "sources", "targets")),
    ]:
        made.update(path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def matrix_of(found: Sequence[Sequence[str]], known: Sequence[str], rarity: Sequence[float]) -> csr_matrix:
    """Return the weights of the known features of each text, one row for each."""
    places = {name: place for place, name in enumerate(known)}
    rows = [weights_of(f, places, rarity) for f in found]
    starts = np.cumsum([0, *map(len, rows)])
    values = [v for r in rows for v in r.values()], [k for r in rows for k in r], starts
    return csr_matrix(values, shape=(len(found), len(known)))


def build(folder: Path, target: Path) -> dict[str, Any]:
    """Write the model taught by the exemplars in `folder` to `target`; return what is stored about it."""
    lexicon, language = load_lexicon(folder.name), load_language(folder.name)
    library = bundled_library()
    source = None if language.code == SOURCE else load_model(data_root("model"), SOURCE)
    agreements = from_agreements(ROOT / "agreements" / folder.name, lexicon)
    items = [*exemplars(folder), *agreements, *from_library(library, language, lexicon, source)]
    found = [features(item["text"], item.get("parties", lexicon.parties)) for item in items]
    known = vocabulary(found, LEAST, MOST)
    rarity = np.array([math.log((1 + len(items)) / (1 + count)) + 1 for count in known.values()], np.float32)
    matrix = matrix_of(found, list(known), rarity.tolist())
    heads = heads_of(
        library,
        sorted(
            {i["flag"] for i in items if i.get("flag")}
            | {f for i in items if "passage" in i for f in i["passage"].flags}
        ),
    )
    table = targets(items, heads)
    fitted = fit_all(matrix, table, items, heads)
    calibrated(heads, table, fitted)
    read = np.array([row for row, item in enumerate(items) if "passage" in item], np.intp)
    among_siblings(heads, table, fitted, read)
    weights, bias, left_out = fitted
    passages = [items[row]["passage"] for row in read]
    headings = matrix_of([features(p.heading, p.parties) for p in passages], list(known), rarity.tolist())
    subjects = [column for column, head in enumerate(heads) if head[0] == "relevant"]
    headed = headings @ weights[:, subjects] + bias[subjects]
    headed[[not p.heading for p in passages]] = np.nan
    sections = [(p.agreement, p.heading) for p in passages]
    context = context_of(left_out[np.ix_(read, subjects)], headed, table[np.ix_(read, subjects)], sections)
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
        bias=bias.astype(np.float32),
        context=context,
        about=np.array(json.dumps(about)),
    )
    return about


if __name__ == "__main__":
    for code in sys.argv[1:] or sorted(folder.name for folder in (ROOT / "exemplars").iterdir()):
        told = build(ROOT / "exemplars" / code, TARGET / f"{code}.npz")
        print(f"{code}: {told['exemplars']} exemplars, {len(told['heads'])} heads, digest {told['digest'][:12]}")
