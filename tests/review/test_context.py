"""What stands around a passage counts as the weights say, and only where it is there."""

from __future__ import annotations

import numpy as np

from mougen.review.context import ALONE, in_context, odds

OWN = np.array([[0.2], [0.9], [0.2], [0.2]], np.float32)
NONE = np.full((4, 1), np.nan)
SECTIONS = ("Selection", "Selection", "Support", "Selection")


def read(headed: np.ndarray, weights: tuple[float, ...]) -> list[float]:
    return [
        round(float(p), 3) for p in in_context(odds(OWN), headed, SECTIONS, np.broadcast_to(weights, (2, 2, 4)))[:, 0]
    ]


def test_alone_a_passage_is_what_it_says() -> None:
    assert np.allclose(in_context(odds(OWN), NONE, SECTIONS, ALONE), OWN, atol=1e-3)


def test_a_heading_counts_for_the_passages_under_it() -> None:
    headed = odds(np.array([[0.9], [0.9], [0.01], [0.9]], np.float32))
    first, _, third, fourth = read(headed, (1, 0.5, 0, 0))
    assert first == fourth > 0.2 > third


def test_a_neighbour_counts_in_the_same_section_alone() -> None:
    first, second, third, fourth = read(NONE, (1, 0, 0.5, 0))
    assert first > 0.2
    assert second < 0.9
    assert third == fourth == 0.2


def test_nothing_is_read_where_there_is_nothing() -> None:
    assert in_context(np.zeros((0, 3)), np.zeros((0, 3)), (), ALONE).shape == (0, 3)
