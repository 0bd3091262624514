"""Red flags among the intents, as a second opinion sees them: against all else.

Whoever tells 120 intents apart spends little on whether one of three reports a danger.
So both classifiers look twice, and what they then make of it is the mean of both looks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from understanding.intents import RED_FLAG_PREFIX

_SUREST = 1e-6


def red_flag_kinds(labels: Sequence[str]) -> np.ndarray:
    """For each label its number among the red flags, from 1; 0 where it is none."""
    found = np.array([label.startswith(RED_FLAG_PREFIX) for label in labels])
    return np.where(found, np.cumsum(found), 0)


def red_flags_of(rows: np.ndarray, labels: Sequence[str]) -> np.ndarray:
    """What the probabilities (texts, labels) give all red flags together, (texts,)."""
    return np.asarray(rows[:, red_flag_kinds(labels) > 0].sum(axis=1))


def mean_of_odds(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The probability whose odds are the geometric mean of two."""
    one, other = (np.clip(each, _SUREST, 1.0 - _SUREST) for each in (one, other))
    odds = np.sqrt(one / (1.0 - one) * other / (1.0 - other))
    return np.asarray(odds / (1.0 + odds))


def with_red_flags(rows: np.ndarray, labels: Sequence[str], red_flag: np.ndarray) -> np.ndarray:
    """Probabilities of which the red flags add up to what is given, all else as before.

    Args:
        rows: probabilities, (texts, labels).
        red_flag: probability of any red flag, (texts,).
    """
    before = np.clip(red_flags_of(rows, labels), _SUREST, 1.0 - _SUREST)
    is_red_flag = red_flag_kinds(labels) > 0
    scale = np.where(
        is_red_flag, (red_flag / before)[:, None], ((1.0 - red_flag) / (1.0 - before))[:, None]
    )
    return (rows * scale).astype(np.float32)


def with_second_look(rows: np.ndarray, labels: Sequence[str], red_flag: np.ndarray) -> np.ndarray:
    """Probabilities whose red flags add up to what both looks make of them.

    Args:
        rows: probabilities of the first look, (texts, labels).
        red_flag: probability of any red flag by the second look, (texts,).
    """
    both = mean_of_odds(red_flags_of(rows, labels), red_flag)
    return with_red_flags(rows, labels, both)
