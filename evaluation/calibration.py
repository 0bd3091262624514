"""Whether the classifier is right as often as it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True)
class Bin:
    """The messages with a confidence from ``low`` to ``high``.

    Attributes:
        confidence: their mean; 0 where there are none.
        right: share of them whose best intent is right; 0 where there are none.
    """

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """The bins, and the expected calibration error: the mean gap between confidence
    and share right, each bin by its count (Naeini, Cooper and Hauskrecht 2015).
    """

    bins: tuple[Bin, ...]
    error: float


def calibrate(judged: Sequence[tuple[float, bool]]) -> Calibration:
    """From confidences, each 0 to 1, and whether the best intent was right."""
    bins = tuple(_bin(number, judged) for number in range(BINS))
    gaps = sum(each.count * abs(each.right - each.confidence) for each in bins)
    return Calibration(bins, gaps / len(judged) if judged else 0.0)


def _bin(number: int, judged: Sequence[tuple[float, bool]]) -> Bin:
    inside = [(c, right) for c, right in judged if min(int(c * BINS), BINS - 1) == number]
    count = len(inside)
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        count=count,
        confidence=sum(c for c, _ in inside) / count if count else 0.0,
        right=sum(right for _, right in inside) / count if count else 0.0,
    )
