"""The second look at red flags: against all else."""

from __future__ import annotations

import numpy as np

from understanding.red_flag_kinds import red_flag_kinds, with_second_look

LABELS = ["ask_walking", "report_crisis", "report_urgent", "thanks"]
ROWS = np.array([[0.5, 0.2, 0.1, 0.2]], dtype=np.float32)


def test_red_flags_are_numbered() -> None:
    assert list(red_flag_kinds(LABELS)) == [0, 1, 2, 0]


def test_the_same_opinion_changes_nothing() -> None:
    np.testing.assert_allclose(with_second_look(ROWS, LABELS, np.array([0.3])), ROWS, atol=1e-6)


def test_both_looks_count_and_the_others_keep_their_odds() -> None:
    (row,) = with_second_look(ROWS, LABELS, np.array([0.9]))
    np.testing.assert_allclose(row.sum(), 1.0, atol=1e-6)
    assert 0.3 < row[1] + row[2] < 0.9
    np.testing.assert_allclose(row[0] / row[3], 2.5, rtol=1e-5)
    np.testing.assert_allclose(row[1] / row[2], 2.0, rtol=1e-5)


def test_without_red_flags_there_is_nothing_to_look_at() -> None:
    rows = np.array([[0.6, 0.4]], dtype=np.float32)
    found = with_second_look(rows, ["ask_walking", "thanks"], np.array([0.0]))
    np.testing.assert_allclose(found, rows, atol=1e-5)
