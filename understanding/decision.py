"""Decide from probabilities what a message asks: answer, clarify or decline.

Thresholds are chosen on the tuning questions (``evaluation/sets/tuning_*``),
never on the evaluation set, and stand in ``config.yml`` with their reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from understanding.intents import (
    ASIDES,
    DECLINED,
    FALSE_ALARM,
    FOLLOW_UP_PREFIX,
    OUT_OF_SCOPE,
    PERSONAL_ADVICE,
    QUESTION_PREFIX,
    RED_FLAG_PREFIX,
)
from understanding.questions import ALONE, Piece, declined_of, find_questions
from understanding.splitting import looks_like_question

CLARIFY = "clarify"
_HALF_AS_SURE = 0.5
# Said beside a question: "thanks, that helps. how long does it take?"
_COURTESIES = frozenset({"greet", "thanks", "goodbye", "affirm"})
# How likely a piece must ask something, to be the question beside them.
_CLEAR = 0.6
_QUESTIONS = (QUESTION_PREFIX, FOLLOW_UP_PREFIX)


@dataclass(frozen=True)
class Thresholds:
    """When to answer at once, when to offer choices, when to decline.

    Attributes:
        out_of_scope: decline when the declined intents' probabilities add up
            to more than this.
        nearest: from this sum on an answer is only the nearest one that there is.
        doubtful: up to this sum a refusal is doubtful, and the question that it may
            have been is kept with it.
        general: tell what is known in general beside a refusal to judge somebody's own
            case when the best question's share of the rest is at least this.
        answer: answer at once when the best intent's share of the rest is at
            least this; below it, offer choices.
        several: take a message as several questions when the probability of
            that is at least this.
        alarm: the classifier raises an alarm of its own when the reports of
            red flags add up to this.
        sure_alarm: from this sum on the alarm is all that is said; below, what else is asked is
            answered behind what to do.
        alarm_taken_back: as ``alarm``, where the rules found the words of a red flag and
            that they are taken back ("no chest pain"): then it must be surer.
        false_alarm: a message, or a piece of it, takes back an alarm from this probability on.
        choices: how many choices to offer.
    """

    out_of_scope: float = 0.16
    nearest: float = 0.05
    doubtful: float = 0.3
    general: float = 0.6
    answer: float = 0.15
    several: float = 0.2
    alarm: float = 0.15
    sure_alarm: float = 0.5
    alarm_taken_back: float = 0.5
    false_alarm: float = 0.5
    choices: int = 3


@dataclass(frozen=True)
class Decision:
    """What one question asks: an intent, or ``clarify`` with its choices.

    Attributes:
        choices: for ``clarify`` the intents to offer; for a wish for personal
            advice the question whose general answer may be told, if any; for a
            doubtful refusal, or one behind an answer, the questions that it may have been.
        nearest: whether its answer may be to a neighbor of what is asked.
        joint: what stands before it, as ``splitting.Cut`` has it.
    """

    text: str
    intent: str
    confidence: float
    choices: tuple[str, ...] = ()
    nearest: bool = False
    joint: str = ""


@dataclass(frozen=True)
class LearnedAlarm:
    """A red flag that the classifier heard: its level, and whether it is not sure of it."""

    level: str
    in_doubt: bool


def decide(whole: Piece, pieces: Sequence[Piece], thresholds: Thresholds) -> list[Decision]:
    """Decisions for a message, one for each question that it holds.

    Args:
        whole: the whole message.
        pieces: its parts, in order; empty where it has none.
    """
    questions = find_questions(whole, pieces, thresholds.several)
    if questions:
        return [Decision(q.text, q.intent, q.confidence, joint=q.joint) for q in questions]
    decision = _decide_one(whole, thresholds)
    if decision.intent not in _COURTESIES | ASIDES:
        return [decision]
    beside = _question_beside(pieces, thresholds)
    if not beside:
        return [decision]
    return [decision, beside] if decision.intent in ASIDES else [beside]


def _question_beside(pieces: Sequence[Piece], thresholds: Thresholds) -> Decision | None:
    """The clearest question among the pieces of a message that is a courtesy as a whole."""
    asking = [each for each in pieces if looks_like_question(each.text) and _asks(each) >= _CLEAR]
    found = [_decide_one(each, thresholds) for each in asking]
    clear = [each for each in found if each.intent.startswith(_QUESTIONS)]
    return max(clear, key=lambda each: each.confidence, default=None)


def _asks(piece: Piece) -> float:
    """Probability that a question is asked, whichever: some ask one thing under two names."""
    return sum(p for intent, p in piece.probabilities.items() if intent.startswith(_QUESTIONS))


def learned_alarm(whole: Piece, thresholds: Thresholds, taken_back: bool) -> LearnedAlarm | None:
    """The alarm that the classifier raises, None for none.

    It only adds to the rules of ``safety/``, which ran before.

    Args:
        whole: the whole message.
        taken_back: whether the rules found a red flag that is taken back.
    """
    reports = {i: p for i, p in whole.probabilities.items() if i.startswith(RED_FLAG_PREFIX)}
    likely = sum(reports.values())
    if likely < (thresholds.alarm_taken_back if taken_back else thresholds.alarm):
        return None
    level = max(reports, key=reports.__getitem__).removeprefix(RED_FLAG_PREFIX)
    return LearnedAlarm(level, in_doubt=likely < thresholds.sure_alarm)


def takes_alarm_back(heard: Sequence[Piece], thresholds: Thresholds) -> bool:
    """Whether a message says that an alarm was none, should one have been raised before it.

    Args:
        heard: the whole message and its pieces.
    """
    likeliest = max(each.probabilities.get(FALSE_ALARM, 0.0) for each in heard)
    return likeliest >= thresholds.false_alarm


def _decide_one(piece: Piece, thresholds: Thresholds) -> Decision:
    declined = {i: p for i, p in piece.probabilities.items() if i in DECLINED}
    p_declined = declined_of(piece.probabilities)
    rest = {
        i: p
        for i, p in piece.probabilities.items()
        if i not in DECLINED
        and not i.startswith(RED_FLAG_PREFIX)
        # What is not plain takes no alarm back, though it were the likeliest reading.
        and (i != FALSE_ALARM or p >= thresholds.false_alarm)
    }
    ranked = sorted(rest, key=rest.__getitem__, reverse=True)
    best, share = ranked[0], rest[ranked[0]] / max(1e-9, 1.0 - p_declined)
    questions = tuple(intent for intent in ranked if intent.startswith(QUESTION_PREFIX))
    wanted = max(declined, key=declined.__getitem__, default=None)
    if wanted and p_declined > thresholds.out_of_scope:
        kept = (wanted == PERSONAL_ADVICE and share >= thresholds.general) or (
            wanted == OUT_OF_SCOPE
            and p_declined <= thresholds.doubtful
            and share >= thresholds.answer
        )
        return Decision(piece.text, wanted, p_declined, questions[:1] if kept else ())
    for follow_up, alone in ALONE.items():
        if best == alone and rest.get(follow_up, 0.0) >= _HALF_AS_SURE * rest[best]:
            # "Is it dangerous?" asks that of what was talked about, if anything was.
            best = follow_up
    if not best.startswith(QUESTION_PREFIX):
        return Decision(piece.text, best, rest[best])
    if share >= thresholds.answer:
        nearest = p_declined >= thresholds.nearest
        return Decision(piece.text, best, rest[best], nearest=nearest)
    return Decision(piece.text, CLARIFY, share, questions[: thresholds.choices])
