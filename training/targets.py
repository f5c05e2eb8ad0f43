"""The heads of the model, and what each thing that it is taught from says of each of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from mougen.library import Library
from mougen.review.judge import Thresholds

from .agreements import LabelledPassage

PLAIN = ("limb", "fragment", "negative-good")  # kinds that lack limbs and bind in what they say
MANNERS = ("soft", "recital", "company-only", "carve-out", "past-fact", "contrary")
STATED, UNSTATED = Thresholds().limb, 0.05  # probabilities from which the original states a limb, or does not
Array = npt.NDArray[np.float64]


def heads_of(library: Library, flags: list[str]) -> list[tuple[str, ...]]:
    """Return all heads in a fixed order."""
    requirements = library.requirements.values()
    heads: list[tuple[str, ...]] = [("relevant", r.id) for r in requirements]
    heads += [("contrary", r.id) for r in requirements]
    heads += [("limb", r.id, limb.id) for r in requirements for limb in r.limbs]
    heads += [("whole", r.id) for r in requirements]
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
    if kind == "whole":  # the labels name limbs, and not what a passage is worth alone
        return math.nan
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


def _target_own(item: Mapping[str, Any], head: tuple[str, ...]) -> float:
    """Return what a paragraph of the library says of a head: it binds, harms nobody, bears on what its clause meets.

    It states the limbs that were read in its original, and not those that surely were not, or that a weak wording
    lacks. What binds the force by its words does not bind the company alone.
    """
    kind, subject = head[0], head[1]
    clause, read = item["own"], item["read"]
    if kind == "limb" and f"{subject}/{head[2]}" in item["lacks"]:
        return 0.0
    if kind == "limb" and head in read and subject in clause.meets:
        return 1.0 if read[head] >= STATED else 0.0 if read[head] <= UNSTATED else math.nan
    if head == ("manner", "company-only"):
        return 0.0 if item["obligor"] == "force" else math.nan
    if kind == "relevant" and clause.category != "frame":
        return float(subject in clause.meets)
    binds = (
        kind == "manner"
        and not item["lacks"]
        and subject not in ("company-only", "contrary")
        and clause.category != "frame"
    )
    harmless = kind in ("contrary", "harm", "flag") or subject == "contrary"
    return 0.0 if binds or harmless else math.nan


def _target(item: dict[str, Any], head: tuple[str, ...]) -> float:
    if "passage" in item:
        return _target_within(item["passage"], head)
    kind, subject = head[0], head[1]
    if "own" in item:
        return _target_own(item, head)
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
    if kind == "whole":
        return float(verdict == "met")
    return float(head[2] in item["limbs" if kind == "limb" else "harms"])


def _manner(subject: str, verdict: str, manner: str) -> float:
    if subject == "contrary":
        return math.nan if verdict in ("missing", "quiet") else float(verdict in ("contradicted", "raised"))
    if verdict == "met" or (verdict == "partial" and manner in PLAIN):
        return 0.0
    if verdict == "partial" and manner in MANNERS:
        return float(manner == subject)
    return math.nan
