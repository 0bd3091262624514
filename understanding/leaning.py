"""Read a message in the light of the answer before it.

"How much of it do they use?" asks of the cement after an answer on cement, and of nothing
without it. So a message that may lean on the answer before it is read twice, alone and
behind a question which that answer answers. Of the facts that either reading finds likely,
and of "none of them", a conditional logit model (McFadden 1974) says which is asked for.
What it gives is in benchmarks/README.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from understanding.decision import CLARIFY, Decision
from understanding.intents import FOLLOW_UP_PREFIX, OUT_OF_SCOPE, QUESTION_PREFIX
from understanding.questions import declined_of

# A question that is clear by itself needs no light.
_CLEAR = 0.9
# From this probability of "none of them" on an answer is only the nearest there is.
_IN_DOUBT = 0.25
# Likeliest facts of either reading.
_MOST_FACTS = 20
_LEAST_SCORE, _LEAST_PROBABILITY = -10.0, 1e-3
# They have answers of their own, whatever was asked before.
_OF_THEIR_OWN = frozenset({"followup_procedure", "followup_why", "followup_more"})

# Fitted on ``evaluation/sets/tuning_follow_up_turns.tsv`` by ``benchmarks/leaning.py``; "none"
# is half less than fitted, as a question that is lost weighs more than one answered too many.
_WEIGHTS = {
    "alone": 0.26,
    "behind": 0.45,
    "told_before": -0.53,
    "same_question": 0.3,
    "question_alone": 0.34,
    "question_behind": 0.13,
    "meant": 0.09,
    "none": -2.02,
    "declined_alone": 0.32,
    "declined_behind": 0.16,
}


@dataclass(frozen=True)
class Sight:
    """One reading of a message.

    Attributes:
        probabilities: of each intent.
        facts: the likeliest ones with the logarithm of their probability, best first.
    """

    probabilities: Mapping[str, float]
    facts: Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Earlier:
    """What was answered before the message.

    Attributes:
        subject: the question that was answered.
        shown: the facts that were told.
    """

    subject: str | None
    shown: tuple[str, ...]


def leans(decision: Decision) -> bool:
    """Whether what was decided of a message alone may change in the light of what was before."""
    if decision.intent in (OUT_OF_SCOPE, CLARIFY):
        return True
    if decision.intent.startswith(QUESTION_PREFIX):
        return decision.confidence < _CLEAR
    return decision.intent.startswith(FOLLOW_UP_PREFIX) and decision.intent not in _OF_THEIR_OWN


def in_light(
    decision: Decision,
    alone: Sight,
    behind: Sight,
    earlier: Earlier,
    answers: Mapping[str, Sequence[str]],
    meant: Mapping[str, float],
) -> tuple[Decision, list[tuple[str, float]]]:
    """What the message asks after what was answered before, and the facts that it may ask for.

    Args:
        decision: of the message alone.
        behind: the message behind a question that the answer before it answers.
        answers: the question intents that each fact answers.
        meant: how likely the message is a follow-up that means the fact, where it may be.

    Returns:
        The decision, and facts with their scores, best first.
    """
    seen = evidence(alone, behind, earlier, answers, meant)
    scores = {fact: sum(_WEIGHTS[n] * v for n, v in each.items()) for fact, each in seen.items()}
    nothing = scores.pop(OUT_OF_SCOPE)
    total = math.log(sum(math.exp(score) for score in (nothing, *scores.values())))
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or nothing >= ranked[0][1]:
        certainty = math.exp(nothing - total)
        return replace(decision, intent=OUT_OF_SCOPE, confidence=certainty), ranked
    best, score = ranked[0]

    def likely(intent: str) -> float:
        return alone.probabilities.get(intent, 0.0) + behind.probabilities.get(intent, 0.0)

    intent = max(answers[best], key=likely)
    asked = replace(
        decision,
        intent=intent,
        confidence=math.exp(score - total),
        choices=(),
        nearest=math.exp(nothing - total) >= _IN_DOUBT,
    )
    return asked, ranked


def evidence(
    alone: Sight,
    behind: Sight,
    earlier: Earlier,
    answers: Mapping[str, Sequence[str]],
    meant: Mapping[str, float],
) -> dict[str, dict[str, float]]:
    """What speaks for each fact that may be asked for, and for ``out_of_scope``.

    The arguments are those of ``in_light``.
    """
    by_itself = dict(alone.facts[:_MOST_FACTS])
    after = dict(behind.facts[:_MOST_FACTS])

    def log(probabilities: Mapping[str, float], intents: Sequence[str]) -> float:
        best = max((probabilities.get(intent, 0.0) for intent in intents), default=0.0)
        return math.log(best + _LEAST_PROBABILITY)

    seen = {
        fact: {
            "alone": max(by_itself.get(fact, _LEAST_SCORE), _LEAST_SCORE),
            "behind": max(after.get(fact, _LEAST_SCORE), _LEAST_SCORE),
            "told_before": float(fact in earlier.shown),
            "same_question": float(earlier.subject in answers[fact]),
            "question_alone": log(alone.probabilities, answers[fact]),
            "question_behind": log(behind.probabilities, answers[fact]),
            "meant": math.log(meant.get(fact, 0.0) + _LEAST_PROBABILITY),
        }
        for fact in dict.fromkeys([*by_itself, *after, *meant])
        if fact in answers
    }
    seen[OUT_OF_SCOPE] = {
        "none": 1.0,
        "declined_alone": _log_odds(declined_of(alone.probabilities)),
        "declined_behind": _log_odds(declined_of(behind.probabilities)),
    }
    return seen


def _log_odds(p: float) -> float:
    return math.log((p + 1e-4) / (1.0 - p + 1e-4))
