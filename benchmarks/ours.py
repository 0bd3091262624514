"""Our speller, encoder and classifier, as the pipeline has them, without Rasa."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.contestant import Examples, Fitted, Guess, guess_of
from benchmarks.examples import TrainingData
from understanding.classifier import IntentClassifier
from understanding.encoder import default_model_folder, shared_encoder
from understanding.spelling import SpellingCorrector


class Reader:
    """Learns from the examples; words of the domain and markers are those of all data."""

    def __init__(self, examples: Examples, data: TrainingData) -> None:
        self.speller = SpellingCorrector.from_examples([text for text, _ in examples], data.words)
        texts = [self.speller.correct(text) for text, _ in examples]
        self._encoder = shared_encoder(default_model_folder())
        self.classifier = IntentClassifier(markers=data.markers)
        self.classifier.fit(texts, self._encoder.encode(texts), [intent for _, intent in examples])

    def probabilities(self, corrected: Sequence[str]) -> list[Mapping[str, float]]:
        """The probability of each intent for texts that the speller has corrected."""
        rows = self.classifier.predict_proba(corrected, self._encoder.encode(corrected))
        return [dict(zip(self.classifier.labels, map(float, row), strict=True)) for row in rows]


def fit(examples: Examples, data: TrainingData) -> Fitted:
    """The reader as a contestant."""
    reader = Reader(examples, data)

    def classify(text: str) -> Guess:
        (found,) = reader.probabilities([reader.speller.correct(text)])
        return guess_of(found.items())

    def save(folder: Path) -> None:
        reader.classifier.save(folder)

    return Fitted(classify, save, uses_encoder=True)
