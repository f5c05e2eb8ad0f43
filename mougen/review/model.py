"""The statistical model of review: a linear head for each thing a passage can say. Numpy only, no code in the file.

A head is named by what it tells: ("relevant", requirement), ("limb", requirement, limb),
("whole", requirement: the passage alone meets it), ("contrary", requirement),
("harm", requirement, harm), ("flag", red flag), ("manner", soft | recital | company-only | carve-out | past-fact |
contrary).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import DataError
from .context import EDGE, Odds
from .features import features, weights_of

Head = tuple[str, ...]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """Vocabulary, weights (features × heads, int8 with a scale a head) and biases, all as log-odds.

    `context` weighs what stands around a passage, see `review.context`.
    """

    vocabulary: Mapping[str, int]
    rarity: Sequence[float]
    weights: npt.NDArray[np.int8]
    scale: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    context: Odds
    heads: Mapping[Head, int]
    about: Mapping[str, Any]

    def vector(self, text: str, parties: Mapping[str, str]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Return the places and weights of the features of `text` that the model knows."""
        found = weights_of(features(text, parties), self.vocabulary, self.rarity)
        return np.fromiter(found, np.int32, len(found)), np.fromiter(found.values(), np.float32, len(found))

    def score(self, texts: Sequence[str], parties: Mapping[str, str]) -> Scores:
        """Return the probability of every head for each text, shape (texts, heads), rounded so that kernels agree."""
        scores = np.empty((len(texts), len(self.heads)), np.float32)
        for row, text in enumerate(texts):
            places, values = self.vector(text, parties)
            scores[row] = values @ self.weights[places].astype(np.float32)
        logits = scores * self.scale + self.bias
        rounded: Scores = np.round(1 / (1 + np.exp(-np.clip(logits, -30, 30))), 3)
        return rounded


def blend(*parts: tuple[Scores, float]) -> Scores:
    """Return the weighted mean of probabilities in log-odds, in which two opinions can be added."""
    likely = sum(weight * np.log((p + EDGE) / (1 - p + EDGE)) for p, weight in parts)
    mixed: Scores = np.round(1 / (1 + np.exp(-likely / sum(weight for _, weight in parts))), 3)
    return mixed


def load_model(root: Path, language: str) -> Model:
    """Return the model for `language` in the folder `root`; raises DataError where it is not there."""
    file = root / f"{language}.npz"
    if not file.is_file():
        raise DataError("the review model is missing; reinstall mougen, or run `make model` in a checkout")
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        about = json.loads(str(stored["about"]))
        names = str(stored["vocabulary"]).split("\n")
        return Model(
            vocabulary={name: place for place, name in enumerate(names)},
            rarity=stored["rarity"].tolist(),
            weights=stored["weights"],
            scale=stored["scale"],
            bias=stored["bias"],
            context=stored["context"].astype(np.float64),
            heads={tuple(head): place for place, head in enumerate(about.pop("heads"))},
            about=about,
        )
