"""TF-IDF of a text's words and letters, or of its words with how they are meant.

The first has one word more for each kind of term that the text names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer

from understanding.moods import with_moods

# Word pairs tell "how long" from "how soon"; letter groups forgive spelling.
_WORDS: dict[str, Any] = {
    "analyzer": "word",
    "ngram_range": (1, 2),
    "token_pattern": r"(?u)\b\w+\b",
}
_LETTERS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 4)}
_MOODS: dict[str, Any] = {
    "analyzer": "word",
    "ngram_range": (1, 2),
    "preprocessor": with_moods,
    "token_pattern": r"\S+",
}
WORDS_AND_LETTERS = (_WORDS, _LETTERS)
WORDS_WITH_MOODS = (_MOODS,)
_SHARED: dict[str, Any] = {
    "sublinear_tf": True,
    "lowercase": True,
    "dtype": np.float32,
}


class TextFeatures:
    """N-grams of the training texts.

    Args:
        kinds: of n-grams, a block of features for each.
        min_df: drops n-grams seen in fewer texts.
        markers: terms by kind; a text that names one gets a word for the kind, so
            that what is learned of one drug holds for all.
    """

    def __init__(
        self,
        kinds: Sequence[Mapping[str, Any]],
        min_df: int = 1,
        markers: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._kinds = kinds
        self._min_df = min_df
        markers = markers or {}
        self._markers = {kind: list(terms) for kind, terms in markers.items()}
        self._patterns = {
            kind: re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", re.IGNORECASE)
            for kind, terms in self._markers.items()
        }
        self._vectorizers: list[TfidfVectorizer] = []

    def fit_transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Learn which n-grams count and what each weighs; then as ``transform``."""
        marked = [self._marked(text) for text in texts]
        self._vectorizers = [
            TfidfVectorizer(min_df=self._min_df, **kind, **_SHARED) for kind in self._kinds
        ]
        return _joined([each.fit_transform(marked) for each in self._vectorizers])

    def transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Features, float32 (texts, n-grams); each block of a row has length one."""
        marked = [self._marked(text) for text in texts]
        return _joined([each.transform(marked) for each in self._vectorizers])

    def settings(self) -> dict[str, Any]:
        """All but ``weights`` that ``restored`` needs, ready for JSON."""
        vocabularies = [each.vocabulary_ for each in self._vectorizers]
        return {
            "markers": self._markers,
            "vocabularies": [sorted(terms, key=terms.__getitem__) for terms in vocabularies],
        }

    def weights(self) -> list[np.ndarray]:
        """What each n-gram weighs, an array for each block."""
        return [each.idf_ for each in self._vectorizers]

    @classmethod
    def restored(
        cls,
        kinds: Sequence[Mapping[str, Any]],
        settings: Mapping[str, Any],
        weights: Sequence[np.ndarray],
    ) -> TextFeatures:
        """The features of these ``kinds`` that gave these ``settings`` and ``weights``."""
        features = cls(kinds, markers=settings["markers"])
        for kind, terms, idf in zip(kinds, settings["vocabularies"], weights, strict=True):
            vectorizer = TfidfVectorizer(vocabulary=terms, **kind, **_SHARED)
            vectorizer.idf_ = idf
            features._vectorizers.append(vectorizer)
        return features

    def _marked(self, text: str) -> str:
        kinds = [kind for kind, pattern in self._patterns.items() if pattern.search(text)]
        return " ".join([text, *(f"names_{kind}" for kind in kinds)])


def _joined(blocks: list[sp.csr_matrix]) -> sp.csr_matrix:
    return sp.hstack(blocks, format="csr", dtype=np.float32)
