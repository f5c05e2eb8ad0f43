"""The arithmetic of teaching: a text is predicted from the others alone, and fits find the weights."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from training import ridge


def test_a_large_matrix_is_inverted_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ridge, "LARGEST", 20)
    rows = np.random.default_rng(3).normal(size=(75, 30))
    matrix = rows @ rows.T + 0.3 * np.eye(75)
    assert np.allclose(ridge.inverted(matrix) @ matrix, np.eye(75), atol=1e-8)


def fitted(rows: np.ndarray, table: np.ndarray, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    matrix = csr_matrix(rows)
    return ridge.fit(matrix, ridge.kernel_of(matrix), table, 0.4, texts)


def test_a_text_is_predicted_from_the_others_alone() -> None:
    random = np.random.default_rng(5)
    rows, table = random.normal(size=(30, 8)), (random.random((30, 2)) > 0.5).astype(float)
    texts = np.array([*range(20), *[20] * 4, *[24] * 6])
    _, _, left_out = fitted(rows, table, texts)
    for text in (3, 20, 24):
        others = texts != text
        weights, bias, _ = fitted(rows[others], table[others], texts[others])
        assert np.allclose(left_out[~others], rows[~others] @ weights + bias, atol=1e-6)


def test_what_is_not_known_teaches_nothing() -> None:
    random = np.random.default_rng(6)
    rows, table = random.normal(size=(40, 6)), (random.random((40, 1)) > 0.5).astype(float)
    table[30:] = np.nan
    weights, bias, _ = fitted(rows, table, np.arange(40))
    known = fitted(rows[:30], table[:30], np.arange(30))
    assert np.allclose(weights, known[0], atol=0.05)
    assert np.allclose(bias, known[1], atol=0.05)


def test_a_logistic_fit_finds_the_weights() -> None:
    random = np.random.default_rng(7)
    design = random.normal(size=(40_000, 2))
    truth = random.random(40_000) < 1 / (1 + np.exp(-(1.5 * design[:, 0] - 0.5 * design[:, 1] + 0.25)))
    assert np.allclose(ridge.logistic(design, truth.astype(float)), [1.5, -0.5, 0.25], atol=0.08)
