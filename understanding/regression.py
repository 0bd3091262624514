"""Multinomial logistic regression over a dense and a sparse block of features.

scikit-learn's own takes both as one matrix and needed over two minutes where this
needed ten seconds, for the same loss (benchmarks/README.md).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

_THREADS = 2
# The solver's own work grows with them, and fewer steps need fewer.
_REMEMBERED_STEPS = 3


def fit_regression(
    dense: np.ndarray,
    sparse: sp.csr_matrix,
    targets: np.ndarray,
    inverse_regularization: float,
    max_iterations: int,
    counts: np.ndarray | None = None,
) -> np.ndarray:
    """Weights of the least loss, float32 (dense + sparse columns + 1, classes).

    Each class weighs the same, however many examples it has. The solver is L-BFGS
    and starts at zero, so no seed matters.

    Args:
        dense: float32 (examples, dimension).
        sparse: float32 (examples, columns).
        targets: the class of each example, from 0; every class has one.
        inverse_regularization: C, as in scikit-learn; the offset is not penalized.
        max_iterations: of the solver.
        counts: how often each example counts, once without it.
    """
    dense = _with_ones(dense)
    width = dense.shape[1]
    counts = np.ones(len(targets)) if counts is None else counts
    classes = int(targets.max()) + 1
    shape = (width + sparse.shape[1], classes)
    rows = np.arange(len(targets))
    of_class = np.bincount(targets, counts)
    each = (counts * (counts.sum() / (classes * of_class))[targets]).astype(np.float32)
    penalty = np.float32(1.0 / inverse_regularization)
    scale = _scale(dense, sparse, each, classes, penalty)

    with ThreadPoolExecutor(_THREADS) as pool:
        forward, backward = _Product(sparse, pool), _Product(sparse.T.tocsr(), pool)

        def loss_and_gradient(flat: np.ndarray) -> tuple[float, np.ndarray]:
            weights = flat.reshape(shape).astype(np.float32) * scale
            wrong = softmax(dense @ weights[:width] + forward(weights[width:]))
            likelihood = np.log(wrong[rows, targets] + 1e-30)
            weights[width - 1] = 0.0
            loss = -float((each * likelihood).sum(dtype=np.float64))
            loss += 0.5 * float(penalty) * float((weights.astype(np.float64) ** 2).sum())
            wrong[rows, targets] -= 1.0
            wrong *= each[:, None]
            gradient = np.vstack([dense.T @ wrong, backward(wrong)]) + penalty * weights
            return loss, (gradient * scale).astype(np.float64).ravel()

        found = minimize(
            loss_and_gradient,
            np.zeros(shape[0] * shape[1]),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": max_iterations, "maxcor": _REMEMBERED_STEPS},
        )
    return np.asarray(found.x, dtype=np.float32).reshape(shape) * scale


def _scale(
    dense: np.ndarray, sparse: sp.csr_matrix, each: np.ndarray, classes: int, penalty: np.float32
) -> np.ndarray:
    """What the solver's unknowns are multiplied by, float32 (dense + sparse columns, 1).

    A column that most examples have bends the loss far more than a rare one; scaled by
    how much each does where all classes are as likely, half the steps lead as far.
    """
    bends = np.concatenate([each @ dense**2, sparse.power(2).T @ each])
    bends *= (classes - 1) / classes**2
    return np.asarray((bends + penalty) ** -0.5, dtype=np.float32)[:, None]


def predict(dense: np.ndarray, sparse: sp.csr_matrix, weights: np.ndarray) -> np.ndarray:
    """Probabilities, float32 (texts, classes), by the ``weights`` of ``fit_regression``."""
    dense = _with_ones(dense)
    width = dense.shape[1]
    return softmax(np.asarray(dense @ weights[:width] + sparse @ weights[width:]))


def softmax(scores: np.ndarray) -> np.ndarray:
    """Positive numbers that add up to one in each row."""
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True))


class _Product:
    """A sparse matrix times a dense one; SciPy itself would use one core."""

    def __init__(self, matrix: sp.csr_matrix, pool: ThreadPoolExecutor) -> None:
        # Parts with as many entries each, so that no thread waits for another.
        wanted = [matrix.nnz * i // _THREADS for i in range(_THREADS + 1)]
        edges = np.searchsorted(matrix.indptr, wanted)
        edges[-1] = matrix.shape[0]
        self._parts = [matrix[start:end] for start, end in pairwise(edges)]
        self._pool = pool

    def __call__(self, factor: np.ndarray) -> np.ndarray:
        return np.vstack(list(self._pool.map(lambda part: part @ factor, self._parts)))


def _with_ones(vectors: np.ndarray) -> np.ndarray:
    ones = np.ones((len(vectors), 1), dtype=np.float32)
    return np.hstack([vectors.astype(np.float32), ones])
