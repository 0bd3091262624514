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
PERSONAL = "personal_advice"
DECLINED = frozenset({OUT_OF_SCOPE, PERSONAL, "abuse"})
HOW_LONG, DURATION = "followup_how_long", "ask_procedure_duration"
QUESTION_PREFIX = "ask_"
REPORT_PREFIX = "report_"


@dataclass(frozen=True)
class Thresholds:
    """When to answer at once, when to offer choices, when to decline.

    Attributes:
        out_of_scope: decline when the declined intents' probabilities add up
            to more than this.
        answer: answer at once when the best intent's share of the rest is at
            least this; below it, offer choices.
        personal: treat as a wish for personal advice above this probability.
            Lower than ``out_of_scope``, because that reply still tells what
            holds in general, so that little is lost where it is wrong.
        part: a piece of a message counts as a question of its own when its
            best intent has at least this probability.
        declined_part: the same for a piece that will be declined.
        alarm: the classifier raises an alarm of its own when the reports of
            red flags add up to this.
        choices: how many choices to offer.
    """

    out_of_scope: float = 0.1
    personal: float = 0.05
    answer: float = 0.15
    part: float = 0.3
    declined_part: float = 0.5
    alarm: float = 0.4
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
    """What one question asks: an intent, or ``clarify`` with its choices.

    Attributes:
        choices: for ``clarify`` the intents to offer; for a wish for personal
            advice the question whose general answer may be told, if any.
    """

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
    return [_decide_one(whole, thresholds)]


def learned_alarm(whole: Piece, thresholds: Thresholds) -> str | None:
    """Level of the alarm that the classifier raises, None for none.

    It only adds to the rules of ``safety/``, which ran before.
    """
    reports = {i: p for i, p in whole.probabilities.items() if i.startswith(REPORT_PREFIX)}
    if sum(reports.values()) < thresholds.alarm:
        return None
    return max(reports, key=reports.__getitem__).removeprefix(REPORT_PREFIX)


def _parts(pieces: Sequence[Piece], thresholds: Thresholds) -> list[Piece]:
    """Pieces that are questions of their own, each of another intent."""
    parts: list[Piece] = []
    for piece in map(_as_question, pieces):
        least = thresholds.declined_part if piece.best in DECLINED else thresholds.part
        if piece.confidence < least or not looks_like_question(piece.text):
            continue
        if piece.best not in {part.best for part in parts}:
            parts.append(piece)
    # One message may hold many questions, but a refusal needs saying only
    # beside something that is answered.
    answerable = [part for part in parts if part.best.startswith(QUESTION_PREFIX)]
    return parts if answerable else []


def _as_question(piece: Piece) -> Piece:
    """The piece without courtesies and follow-ups: beside another question, "how
    long does it take" asks for itself. Its confidence sinks with what is left out."""
    kept = {
        intent: p
        for intent, p in piece.probabilities.items()
        if intent.startswith(QUESTION_PREFIX) or intent in DECLINED
    }
    if piece.best == HOW_LONG:
        kept[DURATION] = kept.get(DURATION, 0.0) + piece.probabilities[HOW_LONG]
    return Piece(piece.text, kept)


def _decide_one(piece: Piece, thresholds: Thresholds) -> Decision:
    declined = {i: p for i, p in piece.probabilities.items() if i in DECLINED}
    p_declined = sum(declined.values())
    rest = {
        i: p
        for i, p in piece.probabilities.items()
        if i not in DECLINED and not i.startswith(REPORT_PREFIX)
    }
    ranked = sorted(rest, key=rest.__getitem__, reverse=True)
    best, share = ranked[0], rest[ranked[0]] / max(1e-9, 1.0 - p_declined)
    questions = tuple(intent for intent in ranked if intent.startswith(QUESTION_PREFIX))
    wanted = max(declined, key=declined.__getitem__, default=None)
    personal = declined.get(PERSONAL, 0.0)
    if personal > thresholds.personal and wanted == PERSONAL:
        general = questions[:1] if share >= thresholds.answer else ()
        return Decision(piece.text, PERSONAL, personal, general)
    if wanted and p_declined > thresholds.out_of_scope:
        return Decision(piece.text, wanted, p_declined)
    if share >= thresholds.answer or not best.startswith(QUESTION_PREFIX):
        return Decision(piece.text, best, rest[best])
    return Decision(piece.text, CLARIFY, share, questions[: thresholds.choices])
