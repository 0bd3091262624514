"""Which facts a question most likely asks for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from understanding.regression import fit_regression, predict

_INVERSE_REGULARIZATION = 10.0
_MAX_ITERATIONS = 40


class FactRanker:
    """One regression over all facts, on the vectors of a question, or of two readings of one.

    What it is compared with, and why it sees no words, is in benchmarks/README.md.

    Args:
        facts: their ids, sorted.
        weights: float32 (dimension + 1, facts).
    """

    def __init__(self, facts: Sequence[str], weights: np.ndarray) -> None:
        self._facts = list(facts)
        self._weights = weights

    @classmethod
    def fit(
        cls, vectors: np.ndarray, facts: Sequence[str], counts: np.ndarray | None = None
    ) -> FactRanker:
        """Learn from questions.

        Args:
            vectors: float32 (questions, dimension).
            facts: id of the fact that answers each question, or what stands for none.
            counts: how often each question counts, once without it.
        """
        names, targets = np.unique(np.asarray(facts), return_inverse=True)
        settings = (_INVERSE_REGULARIZATION, _MAX_ITERATIONS, counts)
        weights = fit_regression(vectors, _no_words(vectors), targets, *settings)
        return cls([str(name) for name in names], weights)

    def rank(self, vectors: np.ndarray, most: int) -> list[list[tuple[str, float]]]:
        """For each row of ``vectors`` the likeliest facts, best first, at most so many.

        Their scores are logarithms of probabilities.
        """
        scores = np.log(predict(vectors, _no_words(vectors), self._weights) + 1e-30)
        return [
            [(self._facts[i], float(row[i])) for i in np.argsort(-row)[:most]] for row in scores
        ]

    def save(self, folder: Path, name: str) -> None:
        """Write the weights and the facts' ids as plain arrays and JSON, in files of this name."""
        np.save(folder / f"{name}.npy", self._weights)
        (folder / f"{name}.json").write_text(json.dumps(self._facts))

    @classmethod
    def load(cls, folder: Path, name: str) -> FactRanker:
        """Read what ``save`` wrote."""
        facts = json.loads((folder / f"{name}.json").read_text())
        return cls(facts, np.load(folder / f"{name}.npy", allow_pickle=False))


def _no_words(vectors: np.ndarray) -> sp.csr_matrix:
    return sp.csr_matrix((len(vectors), 0), dtype=np.float32)
