"""Intent classifier: sentence vector beside TF-IDF, logistic regression.

Which settings, and what others gave, is in benchmarks/README.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize
from sklearn.feature_extraction.text import TfidfVectorizer

# Word pairs tell "how long" from "how soon"; letter groups forgive spelling.
_WORDS: dict[str, Any] = {
    "analyzer": "word",
    "ngram_range": (1, 2),
    "token_pattern": r"(?u)\b\w+\b",
}
_LETTERS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 4)}
_NEIGHBORS = 12
_NEIGHBOR_WIDTH = 0.06
_SHARED: dict[str, Any] = {
    "sublinear_tf": True,
    "lowercase": True,
    "dtype": np.float32,
}


class IntentClassifier:
    """Multinomial logistic regression over [sentence vector, TF-IDF], with a vote
    of the nearest examples beside it.

    Fitted by L-BFGS on the dense and the sparse block apart. scikit-learn's own
    takes both as one matrix and needed over two minutes where this needs ten
    seconds, for the same loss (benchmarks/README.md).

    Args:
        sparse_weight: TF-IDF columns are scaled by this beside the vector,
            which has length one.
        inverse_regularization: C, as in scikit-learn.
        min_df: drops n-grams seen in fewer examples.
        max_iterations: of the solver; it starts at zero, so no seed matters.
        markers: terms by kind; a text that names one gets a word for the kind, so
            that what is learned of one drug holds for all.
        neighbor_weight: share of the neighbors' vote in the probabilities. It
            keeps the regression from being sure where no example is near.
    """

    def __init__(
        self,
        sparse_weight: float = 1.5,
        inverse_regularization: float = 10.0,
        min_df: int = 4,
        max_iterations: int = 40,
        neighbor_weight: float = 0.2,
        markers: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.sparse_weight = sparse_weight
        self.inverse_regularization = inverse_regularization
        self.min_df = min_df
        self.max_iterations = max_iterations
        self.neighbor_weight = neighbor_weight
        self.markers = {kind: list(terms) for kind, terms in (markers or {}).items()}
        self._patterns = {
            kind: re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", re.IGNORECASE)
            for kind, terms in self.markers.items()
        }
        self.labels: list[str] = []
        self._examples = np.empty((0, 0), dtype=np.float32)
        self._targets = np.empty(0, dtype=np.int32)
        self._vectorizers: list[TfidfVectorizer] = []
        self._weights = np.empty((0, 0), dtype=np.float32)

    def fit(self, texts: Sequence[str], vectors: np.ndarray, labels: Sequence[str]) -> None:
        """Learn from texts, their vectors (texts, dimension) and intents."""
        self._vectorizers = [
            TfidfVectorizer(min_df=self.min_df, **kind, **_SHARED) for kind in (_WORDS, _LETTERS)
        ]
        for vectorizer in self._vectorizers:
            vectorizer.fit([self._marked(text) for text in texts])
        names, targets = np.unique(np.asarray(labels), return_inverse=True)
        self.labels = [str(name) for name in names]
        self._examples = vectors.astype(np.float32)
        self._targets = targets.astype(np.int32)
        self._weights = self._minimize(_with_ones(vectors), self._sparse(texts), targets)

    def predict_proba(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Probabilities, float32 (texts, labels), columns in ``labels``' order."""
        dense = _with_ones(vectors)
        width = dense.shape[1]
        scores = dense @ self._weights[:width] + self._sparse(texts) @ self._weights[width:]
        regression = _softmax(np.asarray(scores))
        vote = self._neighbors_vote(vectors)
        return (1.0 - self.neighbor_weight) * regression + self.neighbor_weight * vote

    def _neighbors_vote(self, vectors: np.ndarray) -> np.ndarray:
        """Share of each label among the nearest examples, the nearer the more."""
        cosines = vectors @ self._examples.T
        count = min(_NEIGHBORS, cosines.shape[1])
        nearest = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        near = np.take_along_axis(cosines, nearest, axis=1)
        weights = _softmax(near / _NEIGHBOR_WIDTH)
        vote = np.zeros((len(vectors), len(self.labels)), dtype=np.float32)
        rows = np.repeat(np.arange(len(vectors)), count)
        np.add.at(vote, (rows, self._targets[nearest].ravel()), weights.ravel())
        return vote

    def _marked(self, text: str) -> str:
        kinds = [kind for kind, pattern in self._patterns.items() if pattern.search(text)]
        return " ".join([text, *(f"names_{kind}" for kind in kinds)])

    def _sparse(self, texts: Sequence[str]) -> sp.csr_matrix:
        marked = [self._marked(text) for text in texts]
        blocks = [vectorizer.transform(marked) for vectorizer in self._vectorizers]
        return sp.hstack(blocks, format="csr", dtype=np.float32) * np.float32(self.sparse_weight)

    def _minimize(
        self, dense: np.ndarray, sparse: sp.csr_matrix, targets: np.ndarray
    ) -> np.ndarray:
        """Weights, float32 (dense + sparse columns, labels), of the least loss.

        Each class weighs the same, however many examples it has.
        """
        count, classes, width = len(targets), len(self.labels), dense.shape[1]
        shape = (width + sparse.shape[1], classes)
        each = (count / (classes * np.bincount(targets)))[targets].astype(np.float32)
        truth = np.zeros((count, classes), dtype=np.float32)
        truth[np.arange(count), targets] = 1.0
        transposed = sparse.T.tocsr()
        penalty = np.float32(1.0 / self.inverse_regularization)

        def loss_and_gradient(flat: np.ndarray) -> tuple[float, np.ndarray]:
            weights = flat.reshape(shape).astype(np.float32)
            guessed = _softmax(dense @ weights[:width] + sparse @ weights[width:])
            likelihood = np.log(guessed[np.arange(count), targets] + 1e-30)
            weights[width - 1] = 0.0  # the offset is not penalized
            loss = -float((each * likelihood).sum(dtype=np.float64))
            loss += 0.5 * float(penalty) * float((weights.astype(np.float64) ** 2).sum())
            wrong = (guessed - truth) * each[:, None]
            gradient = np.vstack([dense.T @ wrong, transposed @ wrong]) + penalty * weights
            return loss, gradient.astype(np.float64).ravel()

        found = minimize(
            loss_and_gradient,
            np.zeros(shape[0] * shape[1]),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": self.max_iterations, "maxcor": 6},
        )
        return np.asarray(found.x, dtype=np.float32).reshape(shape)

    def save(self, folder: Path) -> None:
        """Write plain arrays and JSON: nothing that runs code when loaded."""
        idfs = {f"idf{i}": v.idf_ for i, v in enumerate(self._vectorizers)}
        np.savez(
            folder / "classifier.npz",
            weights=self._weights,
            examples=self._examples,
            targets=self._targets,
            **idfs,
        )
        about = {
            "neighbor_weight": self.neighbor_weight,
            "markers": self.markers,
            "sparse_weight": self.sparse_weight,
            "labels": self.labels,
            "vocabularies": [
                sorted(v.vocabulary_, key=v.vocabulary_.__getitem__) for v in self._vectorizers
            ],
        }
        (folder / "classifier.json").write_text(json.dumps(about))

    @classmethod
    def load(cls, folder: Path) -> IntentClassifier:
        """Read what ``save`` wrote."""
        about = json.loads((folder / "classifier.json").read_text())
        arrays = np.load(folder / "classifier.npz", allow_pickle=False)
        classifier = cls(
            sparse_weight=about["sparse_weight"],
            neighbor_weight=about["neighbor_weight"],
            markers=about["markers"],
        )
        classifier.labels, classifier._weights = about["labels"], arrays["weights"]
        classifier._examples, classifier._targets = arrays["examples"], arrays["targets"]
        for i, (kind, terms) in enumerate(
            zip((_WORDS, _LETTERS), about["vocabularies"], strict=True)
        ):
            vectorizer = TfidfVectorizer(vocabulary=terms, **kind, **_SHARED)
            vectorizer.idf_ = arrays[f"idf{i}"]
            classifier._vectorizers.append(vectorizer)
        return classifier


def _with_ones(vectors: np.ndarray) -> np.ndarray:
    ones = np.ones((len(vectors), 1), dtype=np.float32)
    return np.hstack([vectors.astype(np.float32), ones])


def _softmax(scores: np.ndarray) -> np.ndarray:
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True))
