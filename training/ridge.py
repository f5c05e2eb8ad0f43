"""The arithmetic of teaching: ridge regression in the space of the rows, with each text left out, and logistic fits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.linalg.lapack import dpotrf, dpotri  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
ROUNDS = 8
BLOCK = 2_000
FREQUENT = 0.02  # share of the exemplars from which a feature is frequent
LARGEST = 12_000  # rows; with some more, SciPy, whose LAPACK counts in 32 bits, ends with a fault


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


def fit(matrix: csr_matrix, kernel: Array, table: Array, ridge: float, texts: Labels) -> tuple[Array, Array, Array]:
    """Return weights (features × heads), biases and predictions for each text left out, all for targets -1 and 1.

    `kernel` is that of the rows of `matrix`, and is changed. `texts` says which rows are of one text.
    """
    kernel[np.diag_indices(len(kernel))] += ridge
    inverse = inverted(kernel)
    unknown = np.isnan(table)
    wanted = np.where(unknown, 0.0, 2 * table - 1)
    for _ in range(ROUNDS):
        # A target equal to what all others predict has no dual: it teaches nothing.
        wanted[unknown] = _left_out(inverse, wanted, texts)[1][unknown]
    duals, left_out = _left_out(inverse, wanted, texts)
    return np.asarray(matrix.T @ duals), duals.sum(0), left_out


def _left_out(inverse: Array, wanted: Array, texts: Labels) -> tuple[Array, Array]:
    """Return the duals, and what is predicted for the rows of each text by those of all others."""
    duals = inverse @ wanted
    predicted = wanted - duals / np.diag(inverse)[:, None]
    for text in np.flatnonzero(np.bincount(texts) > 1):
        rows = np.flatnonzero(texts == text)
        predicted[rows] = wanted[rows] - np.linalg.solve(inverse[np.ix_(rows, rows)], duals[rows])
    return duals, predicted


def logistic(design: Array, truth: Array) -> Array:
    """Return the weights of a logistic fit and last its intercept, by Newton's method; `design` is (rows, inputs)."""
    rows = np.column_stack([design, np.ones(len(design))])
    weights = np.eye(rows.shape[1])[0]  # the first input as it is
    for _ in range(60):
        likely = 1 / (1 + np.exp(-(rows @ weights)))
        curvature = (rows * (likely * (1 - likely) + 1e-9)[:, None]).T @ rows
        weights = weights + np.clip(np.linalg.solve(curvature, rows.T @ (truth - likely)), -2, 2)
    return np.asarray(weights)
