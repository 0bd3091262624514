"""Which intents are taken for which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Confusion:
    """How often messages of an intent were understood as another, or as the same."""

    expected: str
    understood: str
    count: int


def count_confusions(pairs: Iterable[tuple[tuple[str, ...], str]]) -> list[Confusion]:
    """Counts of (accepted intents, understood intent), the most frequent first.

    Where several intents are accepted and none was understood, the first one counts.
    """
    counted = Counter(
        (understood if understood in accepted else accepted[0], understood)
        for accepted, understood in pairs
    )
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [Confusion(expected, understood, count) for (expected, understood), count in ordered]
