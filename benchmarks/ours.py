"""Our speller, encoder and classifier, as the pipeline has them, without Rasa."""

from __future__ import annotations

from pathlib import Path

from benchmarks.contestant import Examples, Fitted, Guess, guess_of
from benchmarks.examples import TrainingData
from understanding.classifier import IntentClassifier
from understanding.encoder import default_model_folder, shared_encoder
from understanding.spelling import SpellingCorrector


def fit(examples: Examples, data: TrainingData) -> Fitted:
    """Learn from the examples; words of the domain and markers are those of all data."""
    speller = SpellingCorrector.from_examples([text for text, _ in examples], data.words)
    texts = [speller.correct(text) for text, _ in examples]
    encoder = shared_encoder(default_model_folder())
    classifier = IntentClassifier(markers=data.markers)
    classifier.fit(texts, encoder.encode(texts), [intent for _, intent in examples])

    def classify(text: str) -> Guess:
        corrected = speller.correct(text)
        row = classifier.predict_proba([corrected], encoder.encode([corrected]))[0]
        return guess_of(zip(classifier.labels, map(float, row), strict=True))

    def save(folder: Path) -> None:
        classifier.save(folder)

    return Fitted(classify, save, uses_encoder=True)
