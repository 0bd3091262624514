"""Choose the facts that answer a question. No Rasa import."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.records import Fact, FactStore

OTHER = {"kyphoplasty": "vertebroplasty", "vertebroplasty": "kyphoplasty"}


# In logarithms of probabilities, chosen on the tuning questions (benchmarks/README.md):
# the main fact of an intent leads unless another one is likelier by this, as most people
# who ask a plain question want the plain answer;
MAIN_FACT_BONUS = 0.6
# and a fact that comes this close to the leading one is told beside it.
NEAR_TIE = 0.8
_MOST_FACTS = 2
_DETAIL = "+more"


@dataclass(frozen=True)
class Selection:
    """Facts to tell, the one asked for first.

    Attributes:
        told_only_of: set when the patient asks about one procedure and the
            sources tell this only of the other: the other one's name.
    """

    facts: tuple[Fact, ...]
    told_only_of: str | None = None


def select_facts(
    store: FactStore,
    intent: str,
    procedure: str | None,
    ranking: Sequence[tuple[str, float]],
) -> Selection:
    """The likeliest fact, and beside it one that is nearly as likely.

    Where it holds for one procedure only and none was named, the likeliest one of the
    other procedure stands beside it.

    Args:
        procedure: the one asked about, None when both or none.
        ranking: facts of any intent with their scores; facts that the store lost are
            passed over, facts without a score come last.
    """
    facts = store.answering(intent)
    if not facts:
        return Selection(())
    scores = {fact.id: -math.inf for fact in facts} | dict(ranking)
    if facts[0].answers[0] == intent:
        scores[facts[0].id] += MAIN_FACT_BONUS
    facts.sort(key=lambda fact: -scores[fact.id])
    fitting = [fact for fact in facts if procedure is None or fact.holds_for(procedure)]
    if not fitting:
        return Selection((facts[0],), told_only_of=OTHER[procedure or facts[0].procedures[0]])
    lead, *others = fitting
    if procedure is None and len(lead.procedures) == 1:
        other = OTHER[lead.procedures[0]]
        beside = next((fact for fact in others if fact.procedures == (other,)), None)
        if beside:
            return Selection((lead, beside))
    least = scores[lead.id] - NEAR_TIE
    near = [fact for fact in others if scores[fact.id] >= least > -math.inf]
    return Selection((lead, *near)[:_MOST_FACTS])


def further_facts(
    store: FactStore, intent: str, procedure: str | None, shown: Sequence[str]
) -> list[Fact]:
    """Facts of the intent that were not told yet and hold for the procedure."""
    return [
        fact
        for fact in store.answering(intent)
        if fact.id not in shown and (procedure is None or fact.holds_for(procedure))
    ]


def with_untold_detail(facts: Sequence[Fact], shown: Sequence[str]) -> list[Fact]:
    """Those whose further detail, as ``details_of`` names it, was not told yet."""
    return [fact for fact in facts if fact.more and fact.id + _DETAIL not in shown]


def details_of(facts: Sequence[Fact]) -> list[str]:
    """What to remember beside the ids of facts whose detail was told too."""
    return [fact.id + _DETAIL for fact in facts]
