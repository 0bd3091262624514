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


def with_second_look(rows: np.ndarray, labels: Sequence[str], red_flag: np.ndarray) -> np.ndarray:
    """Probabilities whose red flags add up to what both looks make of them.

    Args:
        rows: probabilities of the first look, (texts, labels).
        red_flag: probability of any red flag by the second look, (texts,).
    """
    is_red_flag = red_flag_kinds(labels) > 0
    first = np.clip(rows[:, is_red_flag].sum(axis=1), _SUREST, 1.0 - _SUREST)
    second = np.clip(red_flag, _SUREST, 1.0 - _SUREST)
    odds = np.sqrt(first / (1.0 - first) * second / (1.0 - second))
    both = odds / (1.0 + odds)
    scale = np.where(is_red_flag, (both / first)[:, None], ((1.0 - both) / (1.0 - first))[:, None])
    return (rows * scale).astype(np.float32)
