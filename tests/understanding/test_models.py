"""Classifier and ranker: what is saved answers as what was fitted."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from understanding.classifier import IntentClassifier
from understanding.ranking import FactRanker

TEXTS = ["when can i walk", "walking again when", "i need a driver", "who will be the driver"] * 3
LABELS = ["ask_walking", "ask_walking", "ask_driver", "ask_driver"] * 3
VECTORS = np.eye(4, dtype=np.float32)[[0, 1, 2, 3] * 3]


def test_classifier_saved_and_loaded_gives_the_same(tmp_path: Path) -> None:
    fitted = IntentClassifier(min_df=1)
    fitted.fit(TEXTS, VECTORS, LABELS)
    fitted.save(tmp_path)
    loaded = IntentClassifier.load(tmp_path)
    expected = fitted.predict_proba(TEXTS, VECTORS)
    np.testing.assert_allclose(loaded.predict_proba(TEXTS, VECTORS), expected, atol=1e-6)
    np.testing.assert_allclose(expected.sum(axis=1), 1.0, atol=1e-5)
    assert [loaded.labels[i] for i in expected.argmax(axis=1)] == LABELS


def test_the_order_of_the_examples_means_nothing() -> None:
    one, other = IntentClassifier(min_df=1), IntentClassifier(min_df=1)
    one.fit(TEXTS, VECTORS, LABELS)
    other.fit(TEXTS[::-1], VECTORS[::-1], LABELS[::-1])
    np.testing.assert_allclose(
        one.predict_proba(TEXTS, VECTORS), other.predict_proba(TEXTS, VECTORS), atol=1e-3
    )


def test_red_flags_are_told_by_both_opinions(tmp_path: Path) -> None:
    texts = [*TEXTS, "my legs went numb", "i fell and cannot walk", "my chest hurts"]
    vectors = np.eye(7, dtype=np.float32)[[0, 1, 2, 3] * 3 + [4, 5, 6]]
    labels = [*LABELS, "report_emergency", "report_urgent", "report_emergency"]
    fitted = IntentClassifier(min_df=1)
    fitted.fit(texts, vectors, labels)
    fitted.save(tmp_path)
    rows = IntentClassifier.load(tmp_path).predict_proba(texts, vectors)
    np.testing.assert_allclose(rows, fitted.predict_proba(texts, vectors), atol=1e-6)
    np.testing.assert_allclose(rows.sum(axis=1), 1.0, atol=1e-5)
    assert [fitted.labels[i] for i in rows.argmax(axis=1)] == labels


def test_the_likeliest_fact_comes_first_and_is_kept(tmp_path: Path) -> None:
    ranker = FactRanker.fit(VECTORS, LABELS)
    ranked = ranker.rank(VECTORS, 1)
    assert [facts[0][0] for facts in ranked] == LABELS
    assert all(score < 0.0 for ((_, score),) in ranked)
    ranker.save(tmp_path, "facts")
    FactRanker.fit(VECTORS, LABELS[::-1]).save(tmp_path, "others")
    assert FactRanker.load(tmp_path, "facts").rank(VECTORS, 1) == ranked


def test_a_question_that_counts_three_times_is_as_good_as_three() -> None:
    vectors, facts = np.eye(4, dtype=np.float32)[[0, 1, 1, 2]], ["a", "a", "b", "b"]
    counts = np.array([1, 3, 1, 1])
    rows = np.repeat(np.arange(4), counts)
    counted = FactRanker.fit(vectors, facts, counts)
    repeated = FactRanker.fit(vectors[rows], [facts[row] for row in rows])
    for one, other in zip(counted.rank(vectors, 2), repeated.rank(vectors, 2), strict=True):
        assert [fact for fact, _ in one] == [fact for fact, _ in other]
        np.testing.assert_allclose([s for _, s in one], [s for _, s in other], atol=1e-3)
