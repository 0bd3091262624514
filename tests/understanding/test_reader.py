"""The fine-tuned layers compute what the encoder's graph does, learn, and are kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from understanding.classifier import IntentClassifier
from understanding.encoder import SentenceEncoder, default_model_folder, shared_encoder
from understanding.fine_tuning import FineTuned, _gelu, fine_tune
from understanding.reader import IntentReader

EXAMPLES = {
    "report_emergency": ["my legs are numb since monday", "i cannot feel my feet any more"],
    "ask_nerve_damage": ["can my legs go numb from it", "do people lose feeling in their feet"],
    "ask_driver": ["do I need a driver", "who will take me home"],
    "ask_walking": ["when can I walk", "how soon am I on my feet again"],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts] * 20
LABELS = [label for label, texts in EXAMPLES.items() for _ in texts] * 20


@pytest.fixture(scope="module")
def reader() -> IntentReader:
    classifier = IntentClassifier(min_df=1)
    return IntentReader.fit(default_model_folder(), classifier, TEXTS, LABELS)


def tuned(texts: list[str], labels: list[str], seed: int = 0) -> FineTuned:
    _, tokens = shared_encoder(default_model_folder()).encode_with_tokens(texts)
    intents = np.unique(labels, return_inverse=True)[1]
    asks = np.array([label.startswith("ask_") for label in labels]).astype(int)
    tasks = np.stack([intents, asks], axis=1)
    # Each example stands there several times; what is looked at has all of them.
    doubts = np.linspace(1.0, 0.0, len(texts), dtype=np.float32)
    return fine_tune(default_model_folder(), tokens, tasks, doubts, seed)


def test_each_example_gets_its_intent(reader: IntentReader) -> None:
    rows = reader.read(TEXTS).probabilities
    np.testing.assert_allclose(rows.sum(axis=1), 1.0, atol=1e-5)
    assert [reader.labels[i] for i in rows.argmax(axis=1)] == LABELS


def test_saved_and_loaded_gives_the_same(reader: IntentReader, tmp_path: Path) -> None:
    reader.save(tmp_path)
    read = IntentReader.load(tmp_path, default_model_folder()).read(TEXTS)
    np.testing.assert_allclose(read.probabilities, reader.read(TEXTS).probabilities, atol=1e-6)
    encoder = shared_encoder(default_model_folder())
    np.testing.assert_allclose(read.vectors, reader.read(TEXTS).vectors, atol=1e-6)
    np.testing.assert_allclose(read.vectors, reader.vectors(TEXTS), atol=1e-6)
    published, tuned = np.hsplit(read.vectors, 2)
    np.testing.assert_allclose(published, encoder.encode(TEXTS), atol=1e-6)
    assert np.abs(published - tuned).max() > 0.01


def test_what_is_learned_tells_the_classes_apart_in_the_encoders_own_graph() -> None:
    learned = tuned(TEXTS, LABELS)
    encoder = SentenceEncoder(default_model_folder(), learned.layers)
    before, after = encoder.encode_twice(TEXTS[:8])
    # Two wordings of a class come nearer than they were.
    assert (after[::2] * after[1::2]).sum() > (before[::2] * before[1::2]).sum()
    first, second = (after @ task[:-1] + task[-1] for task in learned.scores)
    assert list(np.unique(LABELS)[first.argmax(axis=1)]) == LABELS[:8]
    assert list(second.argmax(axis=1)) == [int(label.startswith("ask_")) for label in LABELS[:8]]


def test_the_same_seed_learns_the_same() -> None:
    one, other = tuned(TEXTS, LABELS), tuned(TEXTS, LABELS)
    another = tuned(TEXTS, LABELS, seed=1)
    for task in range(2):
        np.testing.assert_allclose(one.scores[task], other.scores[task], atol=1e-3)
        assert np.abs(one.scores[task] - another.scores[task]).max() > 1e-3


def test_the_activation_and_its_slope_are_tensorflows_own() -> None:
    points = tf.linspace(-6.0, 6.0, 241)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(points)
        ours, own = _gelu(points), tf.nn.gelu(points)
    np.testing.assert_allclose(ours, own, atol=1e-6)
    slopes = tape.gradient(ours, points), tape.gradient(own, points)
    np.testing.assert_allclose(*slopes, atol=1e-6)
