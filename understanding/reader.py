"""Read messages: their sentence vectors and the probability of each intent.

Two opinions are mixed: that of the regressions over the published encoder's vectors
and the words (``classifier``), and that of the encoder fine-tuned on the intents
(``fine_tuning``). Where they differ both are often wrong, so the mix is a mean of
their odds. What each gives alone is in benchmarks/README.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from understanding.classifier import IntentClassifier
from understanding.encoder import SentenceEncoder, shared_encoder
from understanding.fine_tuning import FineTuned, fine_tune
from understanding.red_flag_kinds import (
    mean_of_odds,
    red_flag_kinds,
    red_flags_of,
    with_red_flags,
)
from understanding.regression import softmax

# How much the regressions' opinion counts and the fine-tuned encoder's; on red flags both
# count as much. Together more than one, as they are right more often than they say.
_WEIGHTS = (0.84, 0.36)
_LEAST = 1e-7
_LAYERS, _SCORES = "layers.safetensors", "scores.npz"


@dataclass(frozen=True)
class Reading:
    """What was read of some texts.

    Attributes:
        vectors: of the published encoder beside those of the fine-tuned one, each of
            length one, float32 (texts, 2 * dimension).
        probabilities: float32 (texts, labels).
    """

    vectors: np.ndarray
    probabilities: np.ndarray


class IntentReader:
    """Encoder, regressions and fine-tuned layers together.

    Args:
        model_folder: of the published encoder.
        classifier: fitted.
        tuned: learned of the same labels.
    """

    def __init__(self, model_folder: Path, classifier: IntentClassifier, tuned: FineTuned) -> None:
        self._classifier = classifier
        self._tuned = tuned
        self._encoder = SentenceEncoder(model_folder, tuned.layers)

    @property
    def labels(self) -> list[str]:
        """The intents, in the order of the probabilities."""
        return self._classifier.labels

    @classmethod
    def fit(
        cls,
        model_folder: Path,
        classifier: IntentClassifier,
        texts: Sequence[str],
        labels: Sequence[str],
        seed: int = 0,
    ) -> IntentReader:
        """Learn from texts and their intents; ``classifier`` is fitted on the way."""
        vectors, tokens = shared_encoder(model_folder).encode_with_tokens(texts)
        sure = classifier.fit(texts, vectors, labels)
        intents = np.searchsorted(classifier.labels, labels)
        tasks = np.stack([intents, red_flag_kinds(classifier.labels)[intents]], axis=1)
        return cls(
            model_folder, classifier, fine_tune(model_folder, tokens, tasks, 1.0 - sure, seed)
        )

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """The vectors of ``Reading`` alone: of many texts at a fraction of the work."""
        return np.hstack(self._encoder.encode_twice(texts))

    def read(self, texts: Sequence[str]) -> Reading:
        """Vectors and probabilities of some texts."""
        both = self.vectors(texts)
        vectors, tuned = np.hsplit(both, 2)
        first = self._classifier.predict_proba(texts, vectors)
        intents, kinds = (softmax(tuned @ task[:-1] + task[-1]) for task in self._tuned.scores)
        opinions = zip(_WEIGHTS, (first, intents), strict=True)
        logs = sum(weight * np.log(each + _LEAST) for weight, each in opinions)
        tuned_red_flag = mean_of_odds(red_flags_of(intents, self.labels), 1.0 - kinds[:, 0])
        red_flag = mean_of_odds(red_flags_of(first, self.labels), tuned_red_flag)
        return Reading(both, with_red_flags(softmax(logs), self.labels, red_flag))

    def save(self, folder: Path) -> None:
        """Write plain arrays and JSON: nothing that runs code when loaded."""
        self._classifier.save(folder)
        save_file(
            {name: np.ascontiguousarray(each) for name, each in self._tuned.layers.items()},
            str(folder / _LAYERS),
        )
        np.savez(folder / _SCORES, *self._tuned.scores)

    @classmethod
    def load(cls, folder: Path, model_folder: Path) -> IntentReader:
        """Read what ``save`` wrote."""
        scores = np.load(folder / _SCORES, allow_pickle=False)
        tuned = FineTuned(load_file(str(folder / _LAYERS)), tuple(scores.values()))
        return cls(model_folder, IntentClassifier.load(folder), tuned)
