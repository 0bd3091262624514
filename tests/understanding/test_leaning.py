"""What a message asks in the light of the answer before it."""

from __future__ import annotations

import pytest

from understanding.decision import Decision
from understanding.leaning import _WEIGHTS, Earlier, evidence, in_light, may_change

ANSWERS = {
    "cement_made_of": ("ask_cement_material",),
    "cement_amount": ("ask_cement_injection", "ask_cement_material"),
    "walking": ("ask_walking",),
}
AFTER_CEMENT = Earlier("ask_cement_material", ("cement_made_of",))
SAID = Decision("how much of it", "ask_walking", 0.4, choices=("ask_driver",), nearest=True)
VAGUE = {"ask_walking": 0.4, "ask_cement_material": 0.3, "out_of_scope": 0.02}


def ranked(**scores: float) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda item: -item[1])


@pytest.mark.parametrize(
    ("intent", "confidence", "changes"),
    [
        ("ask_walking", 0.95, True),
        ("out_of_scope", 0.95, True),
        ("clarify", 0.1, True),
        ("followup_how_often", 0.95, True),
        ("followup_why", 0.95, False),
        ("followup_why", 0.4, True),
        ("thanks", 0.95, False),
        ("thanks", 0.4, True),
        ("personal_advice", 0.95, False),
        ("personal_advice", 0.3, False),
        ("abuse", 0.3, False),
    ],
)
def test_what_asks_for_no_fact_may_change_only_in_doubt(
    intent: str, confidence: float, changes: bool
) -> None:
    assert may_change(Decision("x", intent, confidence)) == changes


def test_a_message_asks_of_what_was_answered_before() -> None:
    seen = ranked(cement_amount=-0.8, cement_made_of=-0.9, out_of_scope=-5.0, walking=-6.0)
    decision, facts = in_light(SAID, VAGUE, seen, AFTER_CEMENT, ANSWERS)
    assert decision.intent == "ask_cement_material"
    assert decision.choices == ()
    assert [fact for fact, _ in facts] == ["cement_amount", "cement_made_of", "walking"]


def test_what_no_fact_answers_is_declined() -> None:
    seen = ranked(out_of_scope=-0.1, cement_amount=-6.0)
    decision, _ = in_light(SAID, {"out_of_scope": 0.999}, seen, AFTER_CEMENT, ANSWERS)
    assert (decision.intent, decision.nearest) == ("out_of_scope", False)
    # What the message asks alone is offered beside it.
    assert decision.choices == ("ask_walking",)


def test_an_answer_beside_a_likely_refusal_is_the_nearest() -> None:
    sure = ranked(cement_amount=-0.1, out_of_scope=-6.0)
    doubtful = ranked(out_of_scope=-1.2, cement_amount=-1.0)
    nearest = [
        in_light(SAID, VAGUE, seen, AFTER_CEMENT, ANSWERS)[0].nearest for seen in (sure, doubtful)
    ]
    assert nearest == [False, True]


def test_a_clear_question_changes_the_topic() -> None:
    seen = ranked(cement_amount=-0.9, walking=-2.8, out_of_scope=-4.0)
    clear = {"ask_walking": 0.97}
    decision, _ = in_light(SAID, clear, seen, AFTER_CEMENT, ANSWERS)
    assert decision.intent == "ask_walking"


def test_what_asks_for_no_fact_stays_where_none_is_asked_for() -> None:
    seen = ranked(out_of_scope=-0.1, cement_amount=-6.0)
    unsure = Decision("oh my, what of it", "express_worry", 0.4)
    stays = in_light(unsure, {"out_of_scope": 0.9}, seen, AFTER_CEMENT, ANSWERS)
    assert stays == (unsure, [])


def test_a_question_stays_where_the_store_lost_all_facts_of_the_ranker() -> None:
    seen = ranked(lost=-0.5, out_of_scope=-1.0)
    stays = in_light(SAID, {"ask_driver": 0.9}, seen, AFTER_CEMENT, ANSWERS)
    assert stays == (SAID, [])


def test_a_fact_that_the_store_lost_is_passed_over() -> None:
    told = evidence(VAGUE, ranked(cement_made_of=-0.5, lost=-3.0), AFTER_CEMENT, ANSWERS)
    assert set(told) == {"cement_made_of", "out_of_scope"}
    assert told["out_of_scope"]["none"] == 1.0


def test_every_sign_has_a_weight() -> None:
    told = evidence(VAGUE, ranked(cement_amount=-1.0), AFTER_CEMENT, ANSWERS)
    assert {sign for each in told.values() for sign in each} == set(_WEIGHTS)
