"""Our speller and reader, as the pipeline has them, without Rasa."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.contestant import Examples, Fitted, Guess, guess_of
from benchmarks.examples import TrainingData
from understanding.classifier import IntentClassifier
from understanding.encoder import default_model_folder
from understanding.reader import IntentReader
from understanding.spelling import SpellingCorrector


class Reader:
    """Learns from the examples; words of the domain and markers are those of all data."""

    def __init__(self, examples: Examples, data: TrainingData, seed: int = 0) -> None:
        self.speller = SpellingCorrector.from_examples([text for text, _ in examples], data.words)
        examples = sorted((intent, self.speller.correct(text)) for text, intent in examples)
        self.reader = IntentReader.fit(
            default_model_folder(),
            IntentClassifier(markers=data.markers),
            [text for _, text in examples],
            [intent for intent, _ in examples],
            seed,
        )

    def probabilities(self, corrected: Sequence[str]) -> list[Mapping[str, float]]:
        """The probability of each intent for texts that the speller has corrected."""
        rows = self.reader.read(corrected).probabilities
        return [dict(zip(self.reader.labels, map(float, row), strict=True)) for row in rows]


def fit(examples: Examples, data: TrainingData) -> Fitted:
    """The reader as a contestant."""
    reader = Reader(examples, data)

    def classify(text: str) -> Guess:
        (found,) = reader.probabilities([reader.speller.correct(text)])
        return guess_of(found.items())

    def save(folder: Path) -> None:
        reader.reader.save(folder)

    return Fitted(classify, save, uses_encoder=True)
