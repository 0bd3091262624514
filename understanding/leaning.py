"""Read a message in the light of the answer before it.

"How much of it do they use?" asks of the cement after an answer on cement, and of nothing
without it. So a message that may lean on the answer before it is read twice, alone and
behind a question which that answer answers, and the facts are ranked by both readings
(``light_ranking``). From that, and from what the message asks alone, a conditional logit
model (McFadden 1974) says which fact is asked for, or that none of them is. What it gives
is in benchmarks/README.md.
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
# Likeliest facts by both readings.
_MOST_FACTS = 20
_LEAST_SCORE, _LEAST_PROBABILITY = -10.0, 1e-3
# They have answers of their own, whatever was asked before.
_OF_THEIR_OWN = frozenset({"followup_procedure", "followup_why", "followup_more"})

# Fitted on ``evaluation/sets/tuning_follow_up_turns.tsv`` by ``benchmarks/leaning.py``; "none"
# is half less than fitted, as a question that is lost weighs more than one answered too many.
_WEIGHTS = {
    "ranked": 1.05,
    "told_before": -0.36,
    "same_question": 0.73,
    "question": 0.14,
    "meant": 0.12,
    "none": -0.01,
    "none_ranked": 0.42,
    "declined": 0.15,
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


def leans(decision: Decision) -> bool:
    """Whether what was decided of a message alone may change in the light of what was before."""
    if decision.intent in (OUT_OF_SCOPE, CLARIFY):
        return True
    if decision.intent.startswith(QUESTION_PREFIX):
        return decision.confidence < _CLEAR
    return decision.intent.startswith(FOLLOW_UP_PREFIX) and decision.intent not in _OF_THEIR_OWN


def in_light(
    decision: Decision,
    probabilities: Mapping[str, float],
    ranked: Sequence[tuple[str, float]],
    earlier: Earlier,
    answers: Mapping[str, Sequence[str]],
    meant: Mapping[str, float],
) -> tuple[Decision, list[tuple[str, float]]]:
    """What the message asks after what was answered before, and the facts that it may ask for.

    Args:
        decision: of the message alone.
        probabilities: of each intent, of the message alone.
        ranked: facts by both readings, and ``out_of_scope`` for none of them, with the
            logarithm of their probability, best first.
        answers: the question intents that each fact answers.
        meant: how likely the message is a follow-up that means the fact, where it may be.

    Returns:
        The decision, and facts with their scores, best first.
    """
    seen = evidence(probabilities, ranked, earlier, answers, meant)
    scores = {fact: sum(_WEIGHTS[n] * v for n, v in each.items()) for fact, each in seen.items()}
    nothing = scores.pop(OUT_OF_SCOPE)
    total = math.log(sum(math.exp(score) for score in (nothing, *scores.values())))
    facts = sorted(scores.items(), key=lambda item: -item[1])
    if not facts or nothing >= facts[0][1]:
        certainty = math.exp(nothing - total)
        return replace(decision, intent=OUT_OF_SCOPE, confidence=certainty), facts
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
    meant: Mapping[str, float],
) -> dict[str, dict[str, float]]:
    """What speaks for each fact that may be asked for, and for ``out_of_scope``.

    The arguments are those of ``in_light``.
    """
    score_of = dict(ranked)

    def ranked_as(fact: str) -> float:
        return max(score_of.get(fact, _LEAST_SCORE), _LEAST_SCORE)

    def log(probability: float) -> float:
        return math.log(probability + _LEAST_PROBABILITY)

    likeliest = [fact for fact, _ in ranked[:_MOST_FACTS]]
    seen = {
        fact: {
            "ranked": ranked_as(fact),
            "told_before": float(fact in earlier.shown),
            "same_question": float(earlier.subject in answers[fact]),
            "question": log(max(probabilities.get(intent, 0.0) for intent in answers[fact])),
            "meant": log(meant.get(fact, 0.0)),
        }
        for fact in dict.fromkeys([*likeliest, *meant])
        if fact in answers
    }
    seen[OUT_OF_SCOPE] = {
        "none": 1.0,
        "none_ranked": ranked_as(OUT_OF_SCOPE),
        "declined": _log_odds(declined_of(probabilities)),
    }
    return seen


def behind(question: str, text: str) -> str:
    """The text as it is read behind a question."""
    return f"{question} {text}"


def _log_odds(p: float) -> float:
    return math.log((p + 1e-4) / (1.0 - p + 1e-4))
