"""Intent classifier: sentence vector beside TF-IDF, logistic regression, neighbors.

Which settings, and what others gave, is in benchmarks/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from understanding.neighbors import Neighbors, digits_of
from understanding.red_flag_kinds import red_flag_kinds, with_second_look
from understanding.regression import fit_regression, predict, softmax
from understanding.text_features import WORDS_AND_LETTERS, WORDS_WITH_MOODS, TextFeatures

_NEIGHBORS = 12
_NEIGHBOR_WIDTH = 0.06
# The second regression looks at words more.
_RED_FLAG_SPARSE = 2.0


class IntentClassifier:
    """Two regressions over [sentence vector, TF-IDF] and a vote of the nearest examples.

    One regression tells the intents apart. The other tells red flags from all else by
    how each word is meant, too (``moods``), and the odds that a message reports one are
    the geometric mean of both.

    Args:
        sparse_weight: TF-IDF columns are scaled by this beside the vector,
            which has length one.
        inverse_regularization: C, as in scikit-learn.
        min_df: drops n-grams seen in fewer examples.
        max_iterations: of the solver.
        neighbor_weight: share of the neighbors' vote in the probabilities. It
            keeps the regressions from being sure where no example is near.
        markers: terms by kind, see ``TextFeatures``.
    """

    def __init__(
        self,
        sparse_weight: float = 1.5,
        inverse_regularization: float = 10.0,
        min_df: int = 4,
        max_iterations: int = 20,
        neighbor_weight: float = 0.2,
        markers: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.sparse_weight = sparse_weight
        self.inverse_regularization = inverse_regularization
        self.max_iterations = max_iterations
        self.neighbor_weight = neighbor_weight
        self.labels: list[str] = []
        self._features = TextFeatures(WORDS_AND_LETTERS, min_df, markers)
        self._moods = TextFeatures(WORDS_WITH_MOODS, min_df)
        self._neighbors: Neighbors | None = None
        self._targets = np.empty(0, dtype=np.int32)
        self._weights = np.empty((0, 0), dtype=np.float32)
        self._red_flag_weights = np.empty((0, 0), dtype=np.float32)

    def fit(self, texts: Sequence[str], vectors: np.ndarray, labels: Sequence[str]) -> np.ndarray:
        """Learn from texts, their vectors (texts, dimension) and intents.

        Returns:
            What the first regression then gives the intent of each text, float32 (texts,).
        """
        names, targets = np.unique(np.asarray(labels), return_inverse=True)
        self.labels = [str(name) for name in names]
        self._neighbors = Neighbors(digits_of(vectors), _NEIGHBORS)
        self._targets = targets.astype(np.int32)
        sparse = self._features.fit_transform(texts) * np.float32(self.sparse_weight)
        settings = (self.inverse_regularization, self.max_iterations)
        self._weights = fit_regression(vectors, sparse, targets, *settings)
        sure = predict(vectors, sparse, self._weights)[np.arange(len(targets)), targets]
        sparse = _beside(sparse, self._moods.fit_transform(texts))
        if self._tells_red_flags():
            kinds = red_flag_kinds(self.labels)[targets]
            self._red_flag_weights = fit_regression(vectors, sparse, kinds, *settings)
        return sure

    def predict_proba(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Probabilities, float32 (texts, labels), columns in ``labels``' order."""
        sparse = self._features.transform(texts) * np.float32(self.sparse_weight)
        vote = self._neighbors_vote(vectors)
        rows = self._mixed(predict(vectors, sparse, self._weights), vote)
        if not self._tells_red_flags():
            return rows
        sparse = _beside(sparse, self._moods.transform(texts))
        ordinary = predict(vectors, sparse, self._red_flag_weights)[:, 0]
        near = vote[:, red_flag_kinds(self.labels) > 0].sum(axis=1)
        return with_second_look(rows, self.labels, self._mixed(1.0 - ordinary, near))

    def save(self, folder: Path) -> None:
        """Write plain arrays and JSON: nothing that runs code when loaded."""
        if self._neighbors is None:
            raise RuntimeError("The intent classifier was saved before it was fitted.")
        weights = (*self._features.weights(), *self._moods.weights())
        idfs = {f"idf{i}": idf for i, idf in enumerate(weights)}
        np.savez(
            folder / "classifier.npz",
            weights=self._weights,
            red_flag_weights=self._red_flag_weights,
            examples=self._neighbors.digits,
            targets=self._targets,
            **idfs,
        )
        about = {
            "neighbor_weight": self.neighbor_weight,
            "sparse_weight": self.sparse_weight,
            "labels": self.labels,
            "features": self._features.settings(),
            "moods": self._moods.settings(),
        }
        (folder / "classifier.json").write_text(json.dumps(about))

    @classmethod
    def load(cls, folder: Path) -> IntentClassifier:
        """Read what ``save`` wrote."""
        about = json.loads((folder / "classifier.json").read_text())
        arrays = np.load(folder / "classifier.npz", allow_pickle=False)
        classifier = cls(
            sparse_weight=about["sparse_weight"], neighbor_weight=about["neighbor_weight"]
        )
        classifier.labels = about["labels"]
        classifier._weights = arrays["weights"]
        classifier._red_flag_weights = arrays["red_flag_weights"]
        classifier._neighbors = Neighbors(arrays["examples"], _NEIGHBORS)
        classifier._targets = arrays["targets"]
        count = len(about["features"]["vocabularies"])
        idfs = [arrays[f"idf{i}"] for i in range(count + len(about["moods"]["vocabularies"]))]
        restored = TextFeatures.restored
        classifier._features = restored(WORDS_AND_LETTERS, about["features"], idfs[:count])
        classifier._moods = restored(WORDS_WITH_MOODS, about["moods"], idfs[count:])
        return classifier

    def _mixed(self, regression: np.ndarray, vote: np.ndarray) -> np.ndarray:
        return (1.0 - self.neighbor_weight) * regression + self.neighbor_weight * vote

    def _tells_red_flags(self) -> bool:
        return len(set(red_flag_kinds(self.labels) > 0)) > 1

    def _neighbors_vote(self, vectors: np.ndarray) -> np.ndarray:
        """Share of each label among the nearest examples, the nearer the more."""
        if self._neighbors is None:
            raise RuntimeError("The intent classifier was asked before it was fitted.")
        nearest, near = self._neighbors.nearest(vectors)
        weights = softmax(near / _NEIGHBOR_WIDTH)
        vote = np.zeros((len(vectors), len(self.labels)), dtype=np.float32)
        rows = np.repeat(np.arange(len(vectors)), nearest.shape[1])
        np.add.at(vote, (rows, self._targets[nearest].ravel()), weights.ravel())
        return vote


def _beside(words: sp.csr_matrix, moods: sp.csr_matrix) -> sp.csr_matrix:
    """What the second regression looks at beside the sentence vector."""
    both = sp.hstack([words, moods], format="csr", dtype=np.float32)
    return both * np.float32(_RED_FLAG_SPARSE)
