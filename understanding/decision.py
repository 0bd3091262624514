"""Decide from probabilities what a message asks: answer, clarify or decline.

Thresholds are chosen on the tuning questions (``tests/evaluation/tuning``),
never on the evaluation set, and stand in ``config.yml`` with their reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from understanding.splitting import looks_like_question

OUT_OF_SCOPE = "out_of_scope"
CLARIFY = "clarify"
DECLINED = frozenset({OUT_OF_SCOPE, "personal_advice", "abuse"})
# Said beside a question these carry no wish of their own.
COURTESIES = frozenset({"greet", "thanks", "goodbye", "affirm", "deny"})
QUESTION_PREFIX = "ask_"


@dataclass(frozen=True)
class Thresholds:
    """When to answer at once, when to offer choices, when to decline.

    Attributes:
        out_of_scope: decline when the declined intents' probabilities add up
            to more than this.
        answer: answer at once when the best intent's share of the rest is at
            least this; below it, offer choices.
        part: a piece of a message counts as a question of its own when its
            best intent has at least this probability.
        choices: how many choices to offer.
    """

    out_of_scope: float = 0.5
    answer: float = 0.3
    part: float = 0.5
    choices: int = 3


@dataclass(frozen=True)
class Piece:
    """A message or a piece of it with the probability of each intent."""

    text: str
    probabilities: Mapping[str, float]

    @property
    def best(self) -> str:
        return max(self.probabilities, key=self.probabilities.__getitem__)

    @property
    def confidence(self) -> float:
        return self.probabilities[self.best]


@dataclass(frozen=True)
class Decision:
    """What one question asks: an intent, or ``clarify`` with its choices."""

    text: str
    intent: str
    confidence: float
    choices: tuple[str, ...] = ()


def decide(whole: Piece, pieces: Sequence[Piece], thresholds: Thresholds) -> list[Decision]:
    """Decisions for a message, one for each question that it holds.

    Args:
        whole: the whole message.
        pieces: its pieces in order; empty or one for a message of one piece.
    """
    parts = _parts(pieces, thresholds)
    if len(parts) >= 2:
        return [_decide_one(part, thresholds) for part in parts]
    return [_decide_one(_clearest(whole, pieces, thresholds), thresholds)]


def _parts(pieces: Sequence[Piece], thresholds: Thresholds) -> list[Piece]:
    """Pieces that are questions of their own, each of another intent."""
    parts: list[Piece] = []
    for piece in pieces:
        sure = piece.confidence >= thresholds.part
        if piece.best in COURTESIES or not sure or not looks_like_question(piece.text):
            continue
        if piece.best not in {part.best for part in parts}:
            parts.append(piece)
    # One message may hold many questions, but a refusal needs saying only
    # beside something that is answered.
    answerable = [part for part in parts if part.best.startswith(QUESTION_PREFIX)]
    return parts if answerable else []


def _clearest(whole: Piece, pieces: Sequence[Piece], thresholds: Thresholds) -> Piece:
    """The whole, or the one question that is buried in a longer story."""
    questions = [
        piece
        for piece in pieces
        if looks_like_question(piece.text) and piece.best.startswith(QUESTION_PREFIX)
    ]
    if not questions or len(pieces) < 2:
        return whole
    clearest = max(questions, key=lambda piece: piece.confidence)
    return clearest if clearest.confidence > max(whole.confidence, thresholds.part) else whole


def _decide_one(piece: Piece, thresholds: Thresholds) -> Decision:
    declined = {i: p for i, p in piece.probabilities.items() if i in DECLINED}
    p_declined = sum(declined.values())
    if p_declined > thresholds.out_of_scope:
        intent = max(declined, key=declined.__getitem__)
        return Decision(piece.text, intent, p_declined)
    rest = {i: p for i, p in piece.probabilities.items() if i not in DECLINED}
    ranked = sorted(rest, key=rest.__getitem__, reverse=True)
    best, share = ranked[0], rest[ranked[0]] / max(1e-9, 1.0 - p_declined)
    if share >= thresholds.answer or not best.startswith(QUESTION_PREFIX):
        return Decision(piece.text, best, rest[best])
    choices = [intent for intent in ranked if intent.startswith(QUESTION_PREFIX)]
    return Decision(piece.text, CLARIFY, share, tuple(choices[: thresholds.choices]))
