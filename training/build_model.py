"""Teach the review models from the exemplars: `python -m training.build_model [LANGUAGE...]` writes `mougen/model/`.

All heads of a kind are fitted at once by ridge regression in the space of the exemplars, with one factorisation. What
an exemplar does not tell about a head is filled in with what the others predict, so that it neither teaches nor
misleads. The leave-one-out predictions that the same factorisation gives calibrate the probabilities.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
from scipy.linalg.lapack import dpotrf, dpotri  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from mougen.clause import Clause
from mougen.jurisdiction import SupportModel
from mougen.language import Language, load_language
from mougen.library import Library, bundled_library
from mougen.review.features import features, vocabulary, weights_of
from mougen.review.lexicon import Lexicon, load_lexicon
from mougen.review.suggest import proposal

from .agreements import LabelledPassage, labelled

ROOT = Path(__file__).resolve().parent
TARGET = ROOT.parent / "mougen" / "model"
LEAST, MOST = 2, 80_000  # a feature is kept if so many exemplars have it; so many features are kept
# The more a head must tell apart by single words, the less it is held back; the reversal of a sense is told by many.
RIDGE = {"relevant": 0.1, "limb": 0.2, "contrary": 0.5, "harm": 0.5, "flag": 0.5, "manner": 0.5}
ROUNDS = 8
WITHIN = ("limb",)
PLAIN = ("limb", "fragment", "negative-good")  # kinds that lack limbs and bind in what they say
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


def _target_within(passage: LabelledPassage, head: tuple[str, ...]) -> float:
    """Return what a passage of an agreement says of a head: what its labels do not name, it does not say."""
    kind, subject = head[0], head[1]
    if kind == "manner":
        return float(bool(passage.harms)) if subject == "contrary" and passage.limbs else math.nan
    if kind == "flag":
        return float(subject in passage.flags)
    if passage.verdicts.get(subject) == "na":
        return math.nan
    concerned = subject in passage.limbs or subject in passage.harms
    if kind == "relevant":
        return float(concerned)
    if kind == "limb":
        return float(head[2] in passage.limbs[subject]) if subject in passage.limbs else math.nan
    if kind == "harm":
        return float(head[2] in passage.harms.get(subject, ()))
    # Where the verdict is contradicted and no harm is named, which of the passages contradicts was not said.
    unsaid = concerned and subject not in passage.harms and passage.verdicts[subject] == "contradicted"
    return math.nan if unsaid else float(subject in passage.harms)


def _target_own(clause: Clause, kind: str, subject: str) -> float:
    """Return what a paragraph of the library says of a head: it binds, harms nobody, bears on what its clause meets."""
    if kind == "relevant" and clause.category != "frame":
        return float(subject in clause.meets)
    binds = kind == "manner" and subject not in ("company-only", "contrary") and clause.category != "frame"
    harmless = kind in ("contrary", "harm", "flag") or subject == "contrary"
    return 0.0 if binds or harmless else math.nan


def _target(item: dict[str, Any], head: tuple[str, ...]) -> float:
    if "passage" in item:
        return _target_within(item["passage"], head)
    kind, subject = head[0], head[1]
    if "own" in item:
        return _target_own(item["own"], kind, subject)
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
    if verdict == "met" or (verdict == "partial" and manner in PLAIN):
        return 0.0
    if verdict == "partial" and manner in MANNERS:
        return float(manner == subject)
    return math.nan


def fit(matrix: csr_matrix, table: Array, ridge: float) -> tuple[Array, Array, Array]:
    """Return weights (features × heads), biases and leave-one-out predictions, all for targets -1 and 1."""
    count = matrix.shape[0]
    kernel = (matrix @ matrix.T).toarray() + 1.0  # the 1 stands for a bias that is part of the fit
    factor, _ = dpotrf(kernel + ridge * np.eye(count), lower=1, overwrite_a=1)
    inverse, _ = dpotri(factor, lower=1, overwrite_c=1)
    inverse = np.tril(inverse) + np.tril(inverse, -1).T
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
    fitted = np.zeros((matrix.shape[1], len(heads))), np.zeros(len(heads)), np.full(table.shape, np.nan)
    for ridge in sorted(set(RIDGE.values())):
        chosen = [i for i, head in enumerate(heads) if RIDGE[head[0]] == ridge and head[0] not in WITHIN]
        columns = np.array(chosen, np.intp)
        rows = np.flatnonzero(~np.isnan(table[:, columns]).all(axis=1))
        if chosen:
            weights, bias, left_out = fit(matrix[rows], table[np.ix_(rows, columns)], ridge)
            fitted[0][:, columns], fitted[1][columns], fitted[2][np.ix_(rows, columns)] = weights, bias, left_out
    fit_within(matrix, table, items, heads, fitted)
    return fitted


def fit_within(
    matrix: csr_matrix,
    table: Array,
    items: list[dict[str, Any]],
    heads: list[tuple[str, ...]],
    fitted: tuple[Array, Array, Array],
) -> None:
    """Fit the limb and harm heads again, each among the exemplars of its own requirement, and put them into `fitted`.

    Whether a passage is on the subject is for the head of relevance to say; a limb head asks what a passage on it
    states.
    """
    weights, bias, left_out = fitted
    for requirement in dict.fromkeys(head[1] for head in heads if head[0] in WITHIN):
        rows = [i for i, item in enumerate(items) if _concerns(item, requirement)]
        columns = [i for i, head in enumerate(heads) if head[0] in WITHIN and head[1] == requirement]
        own = fit(matrix[rows], table[np.ix_(rows, columns)], RIDGE["limb"])
        weights[:, columns], bias[columns] = own[0], own[1]
        left_out[:, columns] = np.nan
        left_out[np.ix_(rows, columns)] = own[2]


def _concerns(item: dict[str, Any], requirement: str) -> bool:
    passage = item.get("passage")
    return requirement in passage.limbs if passage else item.get("requirement") == requirement


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
    for path in [*texts, *code, lexicon, *sorted(ROOT.glob("*.py"))]:
        made.update(path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def build(folder: Path, target: Path) -> dict[str, Any]:
    """Write the model taught by the exemplars in `folder` to `target`; return what is stored about it."""
    lexicon, language = load_lexicon(folder.name), load_language(folder.name)
    library = bundled_library()
    agreements = from_agreements(ROOT / "agreements" / folder.name, lexicon)
    items = [*exemplars(folder), *agreements, *from_library(library, language)]
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
