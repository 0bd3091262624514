"""What was talked about tells what an unsure question asks; a sure one stays."""

from __future__ import annotations

import pytest

from actions.context import in_context
from actions.turn import Part, Turn
from knowledge.records import FactStore

UNSURE = (("ask_fracture_symptoms", 0.5), ("ask_sedation_effects", 0.3), ("ask_soreness", 0.1))
RANKING = (("fracture_pain_feel", -0.7),)
SURE = (("ask_fracture_symptoms", 0.8), ("ask_sedation_effects", 0.2))


def feel(subject: str | None, likely: tuple[tuple[str, float], ...] = UNSURE) -> Turn:
    """ "What does it feel like?", after an answer on the subject."""
    part = Part("what does it feel like", "ask_fracture_symptoms", ranking=RANKING)
    return Turn((part,), subject=subject, likely=likely)


@pytest.mark.parametrize(
    ("turn", "meant"),
    [
        (feel("ask_anesthesia"), "ask_sedation_effects"),
        (feel("ask_osteoporosis"), "ask_fracture_symptoms"),
        (feel("ask_cement_material"), "ask_fracture_symptoms"),
        (feel(None), "ask_fracture_symptoms"),
        (feel("ask_anesthesia", SURE), "ask_fracture_symptoms"),
    ],
)
def test_an_unsure_question_stays_with_the_topic(turn: Turn, meant: str, store: FactStore) -> None:
    (part,) = in_context(turn, store).parts
    assert part.intent == meant
    assert part.ranking == RANKING


def test_several_questions_stay_as_they_are(store: FactStore) -> None:
    both = feel("ask_anesthesia")
    both = Turn((*both.parts, Part("who does it", "ask_who_performs")), subject=both.subject)
    assert in_context(both, store) == both


def test_a_refusal_without_doubt_stays_one(store: FactStore) -> None:
    cost = Turn((Part("what does it cost", "out_of_scope"),), subject="ask_walking", likely=UNSURE)
    assert in_context(cost, store) == cost
