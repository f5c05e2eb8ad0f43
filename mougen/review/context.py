"""How likely a passage bears on a requirement, read where it stands: under its heading and beside its neighbours.

"The Company may object" bears on vetting under the heading "Selection" and on nothing much by itself. What heading and
neighbours count for is learnt from labelled agreements (`training.build_model`), not set.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt

# Log-odds of a passage alone, of its heading and of its likeliest neighbour, and 1: what the weights are multiplied by.
OWN, HEADED, BESIDE, ALWAYS = range(4)
Odds = npt.NDArray[np.float64]
# Weights by whether there is a heading, whether there is a neighbour, and input; these leave a passage as it is.
ALONE: Odds = np.zeros((2, 2, 4))
ALONE[:, :, OWN] = 1.0
EDGE = 0.001  # keeps log-odds finite; probabilities have three decimals


def odds(probabilities: npt.NDArray[np.float32]) -> Odds:
    """Return probabilities as log-odds."""
    kept = np.clip(probabilities.astype(np.float64), EDGE, 1 - EDGE)
    return np.asarray(np.log(kept / (1 - kept)))


def inputs(own: Odds, headed: Odds, sections: Sequence[Hashable]) -> tuple[Odds, npt.NDArray[np.intp]]:
    """Return what there is to go by, shape (passages, requirements, inputs), and for each passage which of it there is.

    `own` and `headed` have the shape (passages, requirements); `headed` is NaN where a passage has no heading. Passages
    of one of the `sections` that follow each other are neighbours.
    """
    count = len(sections)
    found = np.stack([own, np.nan_to_num(headed), np.zeros_like(own), np.ones_like(own)], axis=-1)
    there = np.zeros((count, 2), np.intp)
    for row in range(count):
        near = [other for other in (row - 1, row + 1) if 0 <= other < count and sections[other] == sections[row]]
        there[row] = not np.isnan(headed[row]).any(), bool(near)
        if near:
            found[row, :, BESIDE] = own[near].max(axis=0)
    return found, there


def in_context(own: Odds, headed: Odds, sections: Sequence[Hashable], weights: Odds) -> npt.NDArray[np.float32]:
    """Return the probability that each passage bears on each requirement, with three decimals; see `inputs`."""
    found, there = inputs(own, headed, sections)
    likely = np.einsum("pri,pi->pr", found, weights[there[:, 0], there[:, 1]])
    rounded: npt.NDArray[np.float32] = np.round(1 / (1 + np.exp(-likely)), 3).astype(np.float32)
    return rounded
