"""Read a message in the light of the answer before it.

"How much of it do they use?" asks of the cement after an answer on cement, and of nothing
without it. So a message behind an answer is read twice, alone and behind a question which
that answer answers, and the facts are ranked by both readings (``light_ranking``). From
that, and from what the message asks alone, a conditional logit model (McFadden 1974) says
which fact is asked for, or that none of them is: also where the message changes the topic.
What it gives is in benchmarks/README.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from understanding.decision import CLARIFY, Decision
from understanding.intents import (
    ABUSE,
    FOLLOW_UP_PREFIX,
    OUT_OF_SCOPE,
    PERSONAL_ADVICE,
    QUESTION_PREFIX,
)
from understanding.questions import declined_of

# From this probability on a courtesy or "and the other one?" is that.
_CLEAR = 0.6
# From this probability of "none of them" on an answer is only the nearest there is.
_IN_DOUBT = 0.25
# Likeliest facts by both readings.
_MOST_FACTS = 20
_LEAST_SCORE, _LEAST_PROBABILITY = -10.0, 1e-3
# These ask again what was asked before, and are answered so.
_ASK_AGAIN = frozenset({"followup_procedure", "followup_both", "followup_why", "followup_more"})
# A wish for a judgment on one's own case gets no fact in its place, whatever was before.
_ALWAYS_REFUSED = frozenset({PERSONAL_ADVICE, ABUSE})

# Fitted on tuning questions by ``benchmarks/leaning.py``; "none" is 0.6 less than
# fitted, as a question that is lost weighs more than one answered too many.
_WEIGHTS = {
    "ranked": 0.87,
    "same_question": 0.57,
    "question": 0.22,
    "alone": 1.51,
    "none": 1.28,
    "none_ranked": 0.34,
    "declined": 0.29,
}


@dataclass(frozen=True)
class Earlier:
    """What was answered before the message.

    Attributes:
        subject: the question that was answered.
        shown: the facts that were told.
    """

    subject: str | None
    shown: tuple[str, ...]


def may_change(decision: Decision) -> bool:
    """Whether what was decided of a message alone may change in the light of what was before."""
    if decision.intent in _ALWAYS_REFUSED:
        return False
    return _asks_of_facts(decision.intent) or decision.confidence < _CLEAR


def _asks_of_facts(intent: str) -> bool:
    """Whether the answer to it is a fact, or that there is none."""
    if intent in (OUT_OF_SCOPE, CLARIFY) or intent.startswith(QUESTION_PREFIX):
        return True
    return intent.startswith(FOLLOW_UP_PREFIX) and intent not in _ASK_AGAIN


def in_light(
    decision: Decision,
    probabilities: Mapping[str, float],
    ranked: Sequence[tuple[str, float]],
    earlier: Earlier,
    answers: Mapping[str, Sequence[str]],
    weights: Mapping[str, float] = _WEIGHTS,
) -> tuple[Decision, list[tuple[str, float]]]:
    """What the message asks after what was answered before, and the facts that it may ask for.

    Args:
        decision: of the message alone.
        probabilities: of each intent, of the message alone.
        ranked: facts by both readings, and ``out_of_scope`` for none of them, with the
            logarithm of their probability, best first.
        answers: the question intents that each fact answers.
        weights: of the signs of ``evidence``.

    Returns:
        The decision, and facts with their scores, best first; none where the decision stays.
    """
    seen = evidence(probabilities, ranked, earlier, answers)
    scores = {fact: sum(weights[n] * v for n, v in each.items()) for fact, each in seen.items()}
    nothing = scores.pop(OUT_OF_SCOPE)
    total = math.log(sum(math.exp(score) for score in (nothing, *scores.values())))
    facts = sorted(scores.items(), key=lambda item: -item[1])
    if not facts or (nothing >= facts[0][1] and not _asks_of_facts(decision.intent)):
        return decision, []
    if nothing >= facts[0][1]:
        # What the message asks alone is offered beside the refusal.
        alone = decision.intent.startswith(QUESTION_PREFIX)
        choices = (decision.intent,) if alone else decision.choices
        refused = replace(
            decision,
            intent=OUT_OF_SCOPE,
            confidence=math.exp(nothing - total),
            choices=choices,
            nearest=False,
        )
        return refused, facts
    best, score = facts[0]
    asked = replace(
        decision,
        intent=max(answers[best], key=lambda intent: probabilities.get(intent, 0.0)),
        confidence=math.exp(score - total),
        choices=(),
        nearest=math.exp(nothing - total) >= _IN_DOUBT,
    )
    return asked, facts


def evidence(
    probabilities: Mapping[str, float],
    ranked: Sequence[tuple[str, float]],
    earlier: Earlier,
    answers: Mapping[str, Sequence[str]],
) -> dict[str, dict[str, float]]:
    """What speaks for each fact that may be asked for, and for ``out_of_scope``.

    The arguments are those of ``in_light``.
    """
    score_of = dict(ranked)
    seen = {}
    for fact in [fact for fact, _ in ranked[:_MOST_FACTS] if fact in answers]:
        asked = max(probabilities.get(intent, 0.0) for intent in answers[fact])
        seen[fact] = {
            "ranked": max(score_of[fact], _LEAST_SCORE),
            "same_question": float(earlier.subject in answers[fact]),
            "question": math.log(asked + _LEAST_PROBABILITY),
            "alone": asked,
        }
    seen[OUT_OF_SCOPE] = {
        "none": 1.0,
        "none_ranked": max(score_of.get(OUT_OF_SCOPE, _LEAST_SCORE), _LEAST_SCORE),
        "declined": _log_odds(declined_of(probabilities)),
    }
    return seen


def behind(question: str, text: str) -> str:
    """The text as it is read behind a question."""
    return f"{question} {text}"


def _log_odds(p: float) -> float:
    return math.log((p + 1e-4) / (1.0 - p + 1e-4))
