"""A figure, its uncertainty and its goal."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

# Of the standard normal distribution, for intervals that hold 95 times of 100.
_Z = 1.959964


@dataclass(frozen=True)
class Goal:
    """A figure reaches its goal on the good side of ``value``, or at it."""

    value: float
    at_least: bool

    def reached_by(self, value: float) -> bool:
        """True if the figure is good enough."""
        return value >= self.value if self.at_least else value <= self.value


@dataclass(frozen=True)
class Figure:
    """One line of the summary.

    Attributes:
        value: a share from 0 to 1, or a number of ``unit``.
        count: of how many ``total`` the share is; None for what is no share.
        low: lower end of the share's 95% interval (Wilson 1927).
        unit: "" for a share.
        reached: None where there is no goal.
    """

    id: str
    name: str
    value: float
    count: int | None = None
    total: int | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    goal: Goal | None = None
    reached: bool | None = None


def share(id_: str, name: str, hits: Iterable[bool], goal: Goal | None = None) -> Figure | None:
    """The share of hits, None of nothing."""
    given = list(hits)
    if not given:
        return None
    count, total = sum(given), len(given)
    low, high = interval(count, total)
    value = count / total
    reached = goal.reached_by(value) if goal else None
    return Figure(id_, name, value, count, total, low, high, "", goal, reached)


def amount(id_: str, name: str, value: float, unit: str, goal: Goal | None = None) -> Figure:
    """A figure that is no share of something counted."""
    reached = goal.reached_by(value) if goal else None
    return Figure(id_, name, value, unit=unit, goal=goal, reached=reached)


def interval(count: int, total: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share; it is right for few cases and near 0 and 1 too."""
    p, z2 = count / total, _Z**2
    middle = p + z2 / (2 * total)
    half = _Z * math.sqrt(p * (1 - p) / total + z2 / (4 * total**2))
    scale = 1 + z2 / total
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)
