"""Nearest neighbor among the examples, by the same sentence encoder as ours."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from benchmarks.contestant import Examples, Fitted, Guess
from evaluation.sets import DECLINED, QUESTION_PREFIX
from understanding.encoder import default_model_folder, shared_encoder


def fit(examples: Examples) -> Fitted:
    """The intent of the example with the highest cosine."""
    encoder = shared_encoder(default_model_folder())
    intents = [intent for _, intent in examples]
    vectors = encoder.encode([text for text, _ in examples])
    asked = np.flatnonzero([intent.startswith(QUESTION_PREFIX) for intent in intents])
    declined = np.flatnonzero([intent in DECLINED for intent in intents])

    def classify(text: str) -> Guess:
        cosines = vectors @ encoder.encode([text])[0]
        best = asked[cosines[asked].argmax()]
        return Guess(intents[best], float(cosines[declined].max() - cosines[best]))

    def save(folder: Path) -> None:
        np.save(folder / "vectors.npy", vectors)
        (folder / "intents.json").write_text(json.dumps(intents))

    return Fitted(classify, save, uses_encoder=True)
