"""The nearest vectors by integers are those by all digits, but for near ties."""

from __future__ import annotations

import numpy as np

from understanding.neighbors import Neighbors, digits_of


def of_length_one(random: np.random.Generator, count: int) -> np.ndarray:
    vectors = random.normal(size=(count, 384)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_nearest_are_found_with_their_cosines() -> None:
    random = np.random.default_rng(0)
    examples = of_length_one(random, 3000)
    # Some near their example, as wordings of one question are.
    asked = examples[:40] + 0.5 * of_length_one(random, 40)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    places, cosines = Neighbors(digits_of(examples), 12).nearest(asked)
    exact = asked @ examples.T
    assert places.shape == cosines.shape == (40, 12)
    np.testing.assert_array_equal(places[:, 0], np.arange(40))
    np.testing.assert_allclose(cosines, np.take_along_axis(exact, places, axis=1), atol=0.005)
    # None that was left out is clearly nearer than the last one found.
    twelfth = np.sort(exact, axis=1)[:, -12]
    assert np.all(np.take_along_axis(exact, places, axis=1).min(axis=1) > twelfth - 0.01)


def test_a_text_has_the_same_neighbors_whatever_stands_beside_it() -> None:
    random = np.random.default_rng(1)
    neighbors = Neighbors(digits_of(of_length_one(random, 500)), 5)
    asked = of_length_one(random, 7)
    together = neighbors.nearest(asked)
    for row, alone in enumerate(asked):
        places, cosines = neighbors.nearest(alone[None, :])
        np.testing.assert_array_equal(places[0], together[0][row])
        np.testing.assert_array_equal(cosines[0], together[1][row])


def test_no_more_are_found_than_there_are() -> None:
    neighbors = Neighbors(digits_of(np.eye(3, dtype=np.float32)), 12)
    places, cosines = neighbors.nearest(np.array([[0.0, 1.0, 0.0]], dtype=np.float32))
    assert sorted(places[0]) == [0, 1, 2]
    assert places[0, 0] == 1
    np.testing.assert_allclose(cosines[0], [1.0, 0.0, 0.0], atol=1e-6)
