"""What every contestant gives: a function from a text to a guess, and its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from evaluation.sets import DECLINED, QUESTION_PREFIX

Examples = list[tuple[str, str]]


@dataclass(frozen=True)
class Guess:
    """What a contestant makes of a text.

    Attributes:
        intent: the best question intent, whether or not it would be declined; "" for none.
        outness: how far out of scope the text is, on the contestant's own scale.
    """

    intent: str
    outness: float


@dataclass(frozen=True)
class Fitted:
    """A contestant that can answer.

    Attributes:
        save: writes what it learned into a folder, to see how large it is.
        uses_encoder: True where the sentence encoder's weights are needed beside that.
    """

    classify: Callable[[str], Guess]
    save: Callable[[Path], None]
    uses_encoder: bool = False


def guess_of(probabilities: Iterable[tuple[str, float]]) -> Guess:
    """The guess of a classifier that was taught what to decline, as all of them were."""
    ranked = sorted(probabilities, key=lambda item: -item[1])
    asked = [intent for intent, _ in ranked if intent.startswith(QUESTION_PREFIX)]
    return Guess(asked[0] if asked else "", sum(p for intent, p in ranked if intent in DECLINED))
