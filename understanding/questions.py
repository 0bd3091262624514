"""Find the questions of a message among its pieces, once each has been classified.

"Is it safe for a woman of 80 and frail" is one question, "is it safe and who does
it" are two, and no punctuation tells. So the surest pieces count as questions only
where what they ask, beside what the whole message asks, makes several likely
enough. What other ways gave stands in benchmarks/README.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from understanding.intents import DECLINED, QUESTION_PREFIX
from understanding.splitting import looks_like_question

# Follow-ups that may ask on their own, and what they ask then of the procedure itself.
ALONE = {"followup_how_long": "ask_procedure_duration", "followup_danger": "ask_safety"}
# Follow-ups that ask a question of their own of the one before them: "how common is
# infection and what do they do about it".
_BESIDE = frozenset({"followup_cause", "followup_prevent", "followup_consequence"})

# How much the whole message counts in what a piece of it asks: in "how soon does
# the pain go and for how long", the second piece names no subject.
_WHOLE = 0.3
# What the whole message does not ask at all may still be what a piece of it asks.
_RAREST = 1e-7
_DECLINED_WEIGHT = 0.7
# How sure a piece must be to ask, and to ask a third thing.
_LEAST, _LEAST_OF_FURTHER = 0.2, 0.38

# Logistic regression over what tells two questions from one, fitted on the tuning
# questions by ``benchmarks/splits.py``.
_OFFSET = -9.26
_WEIGHTS = {
    "least_sure": 4.71,
    "log_odds_of_surest": 0.68,
    "log_rarest_in_whole": 0.36,
    "answered": 2.02,
    "an_answered_one_does_not_ask": -0.88,
    "a_refused_one_asks": 2.51,
    "refused_first": 0.19,
    "refused_first_does_not_ask": -0.14,
    "and_between": 1.42,
    "or_between": -0.62,
    "question_mark_between": 1.66,
}

# "And", "a / b", "1) risks 2) recovery".
AND = re.compile(r"\b(?:and|also|plus|then|n|an|as well as)\b|[&+/]|\d[.)]", re.IGNORECASE)
_OR = re.compile(r"\bor\b", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A message or a piece of it with the probability of each intent.

    Attributes:
        joint: what stands before the piece, as ``splitting.Cut`` has it.
    """

    text: str
    probabilities: Mapping[str, float]
    joint: str = ""


@dataclass(frozen=True)
class Question:
    """One question of a message: its text, what it asks, and how sure that is.

    Attributes:
        follow_up: what "how long does that last" is, which may ask of the question
            before it; "" for a question that names its subject.
        joint: what stands before it, as ``Piece`` has it.
    """

    text: str
    intent: str
    confidence: float
    follow_up: str = ""
    joint: str = ""


def is_counted(intent: str) -> bool:
    """Whether a piece may ask this: courtesies and most follow-ups are none beside a question."""
    return intent.startswith(QUESTION_PREFIX) or intent in DECLINED or intent in _BESIDE


def find_questions(whole: Piece, pieces: Sequence[Piece], least: float) -> list[Question]:
    """The questions of a message in order; none where it is one question.

    Args:
        whole: the whole message.
        pieces: its parts, in order.
        least: probability, by the regression, that the message holds several
            questions, from which it is taken so.
    """
    found = questions_of(whole, pieces)
    # A refusal needs saying only beside something that is answered.
    if not any(question.intent.startswith(QUESTION_PREFIX) for question in found):
        return []
    if probability(evidence(whole, found)) < least:
        return []
    return with_follow_ups(_with_all_refusals(found, whole, pieces))


def with_follow_ups(questions: Sequence[Question]) -> list[Question]:
    """Those that name no subject, as a follow-up of the question before them.

    Behind a refusal alone there is none: "should I have it, and how long does it take?"
    """
    answered = [question.intent not in DECLINED for question in questions]
    return [
        replace(q, intent=q.follow_up or q.intent) if any(answered[:i]) else q
        for i, q in enumerate(questions)
    ]


def evidence(whole: Piece, questions: Sequence[Question]) -> dict[str, float]:
    """What tells whether the message really holds these questions.

    "Carpal tunnel operation, awake or not?" is one question that is declined, though
    its second piece alone could be answered: so the refused pieces count as well.
    """
    confidences = [question.confidence for question in questions]
    rarest = min(whole.probabilities.get(question.intent, 0.0) for question in questions)
    refused = [question for question in questions if question.intent in DECLINED]
    answered = [question for question in questions if question.intent not in DECLINED]
    refused_first = questions[0] in refused
    joints = " ".join(question.joint for question in questions[1:])
    return {
        "least_sure": min(confidences),
        "log_odds_of_surest": _log_odds(max(confidences)),
        "log_rarest_in_whole": math.log(rarest + 1e-4),
        "answered": float(len(answered)),
        "an_answered_one_does_not_ask": float(not all(map(_asks, answered))),
        "a_refused_one_asks": float(any(map(_asks, refused))),
        "refused_first": float(refused_first),
        "refused_first_does_not_ask": float(refused_first and not _asks(questions[0])),
        "and_between": float(bool(AND.search(joints))),
        "or_between": float(bool(_OR.search(joints))),
        "question_mark_between": float("?" in joints),
    }


def _log_odds(p: float) -> float:
    return math.log((p + 1e-3) / (1.0 - p + 1e-3))


def declined_of(probabilities: Mapping[str, float]) -> float:
    """Probability that what is not answered is asked."""
    return sum(p for intent, p in probabilities.items() if intent in DECLINED)


def _with_all_refusals(
    found: Sequence[Question], whole: Piece, pieces: Sequence[Piece]
) -> list[Question]:
    """Those found, and whatever else surely asks what is not answered, so that each is said
    to be unanswered: "what will it cost, and can I fly?".
    """
    asked = dict.fromkeys(_as_question(whole, piece) for piece in pieces)
    return [question for question in asked if question in found or _surely_refused(question)]


def _surely_refused(question: Question) -> bool:
    refused = question.intent in DECLINED and _asks(question)
    return refused and question.confidence >= _LEAST_OF_FURTHER


def _asks(question: Question) -> bool:
    return looks_like_question(question.text)


def probability(found: Mapping[str, float]) -> float:
    """Probability that the message holds several questions."""
    score = _OFFSET + sum(weight * found[name] for name, weight in _WEIGHTS.items())
    return 1.0 / (1.0 + math.exp(-score))


def questions_of(whole: Piece, pieces: Sequence[Piece]) -> tuple[Question, ...]:
    """What the pieces ask, in order, each intent where it is surest; empty for less than two."""
    surest: dict[str, tuple[int, Question]] = {}
    for place, piece in enumerate(pieces):
        question = _as_question(whole, piece)
        best = surest.get(question.intent)
        if question.confidence >= _LEAST and (not best or _weight(question) > _weight(best[1])):
            surest[question.intent] = place, question
    ranked = sorted(surest.values(), key=lambda each: -each[1].confidence)
    kept = ranked[:2] + [each for each in ranked[2:] if each[1].confidence >= _LEAST_OF_FURTHER]
    in_order = sorted(kept, key=lambda each: each[0])
    return tuple(question for _, question in in_order) if len(in_order) > 1 else ()


def _weight(question: Question) -> tuple[bool, float]:
    """Of two refusals the one that asks is said: "he has Medicare" beside "will they pay?"."""
    return question.intent in DECLINED and _asks(question), question.confidence


def _as_question(whole: Piece, piece: Piece) -> Question:
    """What the piece asks, seen in the light of the whole message."""
    own = {intent: p for intent, p in piece.probabilities.items() if is_counted(intent)}
    follow_ups: dict[str, str] = {}
    for follow_up, question in ALONE.items():
        p = piece.probabilities.get(follow_up, 0.0)
        if p > own.get(question, 0.0):
            follow_ups[question] = follow_up
        own[question] = own.get(question, 0.0) + p
    lit = {
        intent: p * max(whole.probabilities.get(intent, 0.0), _RAREST) ** _WHOLE
        for intent, p in own.items()
    }
    intent = max(lit, key=lit.__getitem__)
    # Its confidence sinks with what is left out.
    confidence = lit[intent] / max(sum(lit.values()), 1e-12) * sum(own.values())
    if intent in DECLINED:
        confidence *= _DECLINED_WEIGHT
    return Question(piece.text, intent, confidence, follow_ups.get(intent, ""), piece.joint)
