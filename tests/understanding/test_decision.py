"""From probabilities to answer, choices or refusal."""

from __future__ import annotations

import pytest

from understanding.decision import Thresholds, decide, takes_alarm_back
from understanding.questions import Piece

LIMITS = Thresholds(
    out_of_scope=0.5, nearest=0.1, answer=0.3, several=0.2, false_alarm=0.2, choices=2
)


def piece(text: str, **probabilities: float) -> Piece:
    """A piece with the given probabilities; the classifier gives every intent one."""
    return Piece(text, {"ask_other": 0.001, **probabilities})


def test_a_clear_question_is_answered() -> None:
    (decision,) = decide(piece("walk?", ask_walking=0.8, ask_driver=0.2), [], LIMITS)
    assert (decision.intent, decision.choices) == ("ask_walking", ())


def test_an_unclear_question_offers_choices() -> None:
    whole = piece("hm", ask_walking=0.28, ask_driver=0.25, ask_risks=0.24, greet=0.23)
    (decision,) = decide(whole, [], LIMITS)
    assert decision.intent == "clarify"
    assert decision.choices == ("ask_walking", "ask_driver")


@pytest.mark.parametrize(
    ("intent", "declined", "nearest"),
    [("ask_walking", 0.05, False), ("ask_walking", 0.2, True), ("greet", 0.2, False)],
)
def test_an_answer_that_may_be_to_a_neighboring_question_is_the_nearest(
    intent: str, declined: float, nearest: bool
) -> None:
    whole = piece("walk the dog?", **{intent: 1.0 - declined}, out_of_scope=declined)
    (decision,) = decide(whole, [], LIMITS)
    assert (decision.intent, decision.nearest) == (intent, nearest)


def test_declined_intents_add_up() -> None:
    whole = piece("cost?", ask_walking=0.4, out_of_scope=0.35, personal_advice=0.25)
    (decision,) = decide(whole, [], LIMITS)
    assert decision.intent == "out_of_scope"


def test_each_question_of_a_message_is_decided() -> None:
    whole = piece("driver and walk", ask_driver=0.5, ask_walking=0.5)
    parts = [piece("need a driver?", ask_driver=0.9), piece("when walk?", ask_walking=0.9)]
    assert [d.intent for d in decide(whole, parts, LIMITS)] == [
        "ask_driver",
        "ask_walking",
    ]


def test_a_part_that_cannot_be_answered_is_kept_beside_one_that_can() -> None:
    whole = piece("driver and cost", ask_driver=0.6, out_of_scope=0.4)
    parts = [piece("a driver?", ask_driver=0.99), piece("what cost?", out_of_scope=0.99)]
    assert [d.intent for d in decide(whole, parts, LIMITS)] == [
        "ask_driver",
        "out_of_scope",
    ]


def test_a_question_is_not_split_where_its_pieces_say_little() -> None:
    whole = piece("safe and painless?", ask_safety=0.9, ask_procedure_pain=0.1)
    parts = [piece("safe", ask_safety=0.8), piece("painless?", ask_procedure_pain=0.5)]
    assert [d.intent for d in decide(whole, parts, LIMITS)] == ["ask_safety"]


def test_refusals_alone_are_no_list() -> None:
    whole = piece("cost and parking", out_of_scope=0.9, ask_driver=0.1)
    parts = [piece("what cost", out_of_scope=0.9), piece("parking?", personal_advice=0.9)]
    assert [d.intent for d in decide(whole, parts, LIMITS)] == ["out_of_scope"]


def test_a_greeting_beside_a_question_is_no_part() -> None:
    whole = piece("hi, a driver?", ask_driver=0.7, greet=0.3)
    parts = [piece("hi?", greet=0.9), piece("a driver?", ask_driver=0.9)]
    assert [d.intent for d in decide(whole, parts, LIMITS)] == ["ask_driver"]


@pytest.mark.parametrize(
    ("courtesy", "beside", "sure", "intents"),
    [
        ("thanks", "ask_walking", 0.7, ["ask_walking"]),
        ("thanks", "followup_how_long", 0.7, ["followup_how_long"]),
        ("thanks", "ask_walking", 0.5, ["thanks"]),
        ("thanks", "out_of_scope", 0.9, ["thanks"]),
        # "No, I didn't ask about walking."
        ("deny", "ask_walking", 0.7, ["deny"]),
        # It takes an alarm back, or is afraid, and that must be heard as well.
        ("express_worry", "ask_walking", 0.7, ["express_worry", "ask_walking"]),
        ("false_alarm", "ask_walking", 0.7, ["false_alarm", "ask_walking"]),
    ],
)
def test_a_courtesy_leaves_room_for_the_question_beside_it(
    courtesy: str, beside: str, sure: float, intents: list[str]
) -> None:
    whole = piece("that helps. when walk?", **{courtesy: 0.9})
    parts = [piece("that helps.", **{courtesy: 1.0}), piece("when walk?", **{beside: sure})]
    assert [each.intent for each in decide(whole, parts, LIMITS)] == intents


@pytest.mark.parametrize(
    ("whole", "beside", "taken"), [(0.3, 0.0, True), (0.1, 0.3, True), (0.1, 0.1, False)]
)
def test_what_takes_an_alarm_back(whole: float, beside: float, taken: bool) -> None:
    heard = [piece("no, all good. walk?", false_alarm=whole), piece("no", false_alarm=beside)]
    assert takes_alarm_back(heard, LIMITS) is taken


def test_a_question_that_has_two_names_is_one_beside_a_courtesy() -> None:
    whole = piece("that helps. how long does it take?", thanks=0.9)
    asked = piece("how long does it take?", followup_how_long=0.5, ask_procedure_duration=0.45)
    (decision,) = decide(whole, [piece("that helps.", thanks=1.0), asked], LIMITS)
    assert decision.intent == "followup_how_long"


def test_what_does_not_ask_is_no_question_beside_a_courtesy() -> None:
    whole = piece("thanks, the walking part was good", thanks=0.9)
    parts = [piece("thanks", thanks=1.0), piece("the walking was good", ask_walking=0.7)]
    assert [each.intent for each in decide(whole, parts, LIMITS)] == ["thanks"]


def test_how_long_behind_a_refusal_alone_asks_for_the_duration() -> None:
    whole = piece("should I, and how long?", personal_advice=0.4, ask_procedure_duration=0.6)
    parts = [
        piece("should I have it", personal_advice=1.0),
        piece("how long does it take?", followup_how_long=0.9, ask_procedure_duration=0.1),
    ]
    assert [each.intent for each in decide(whole, parts, LIMITS)] == [
        "personal_advice",
        "ask_procedure_duration",
    ]


def test_one_question_asked_twice_is_one() -> None:
    whole = piece("driver? ride?", ask_driver=0.9)
    parts = [piece("driver?", ask_driver=0.9), piece("is a ride needed", ask_driver=0.8)]
    assert len(decide(whole, parts, LIMITS)) == 1


@pytest.mark.parametrize(
    ("candidacy", "kept"), [(0.6, ("ask_candidacy",)), (0.4, ())], ids=["plain", "vague"]
)
def test_a_wish_for_advice_carries_the_general_question_that_is_plainly_meant(
    candidacy: float, kept: tuple[str, ...]
) -> None:
    whole = piece(
        "should I?", personal_advice=0.3, ask_candidacy=candidacy, ask_risks=0.7 - candidacy
    )
    (decision,) = decide(whole, [], Thresholds(out_of_scope=0.25, general=0.7))
    assert (decision.intent, decision.choices) == ("personal_advice", kept)


def test_how_long_beside_another_question_asks_for_the_duration() -> None:
    parts = [piece("how long does it take?", followup_how_long=0.9), piece("safe?", ask_safety=0.9)]
    decisions = decide(piece("both", ask_safety=0.9, ask_procedure_duration=0.1), parts, LIMITS)
    assert [d.intent for d in decisions] == ["ask_procedure_duration", "ask_safety"]


def test_is_that_dangerous_beside_a_question_asks_of_it() -> None:
    parts = [piece("awake?", ask_anesthesia=0.9), piece("is that bad?", followup_danger=0.9)]
    whole = piece("both", ask_anesthesia=0.9, ask_safety=0.1)
    decisions = decide(whole, parts, LIMITS)
    assert [d.intent for d in decisions] == ["ask_anesthesia", "followup_danger"]
    decisions = decide(whole, parts[::-1], LIMITS)
    assert [d.intent for d in decisions] == ["ask_safety", "ask_anesthesia"]


def test_what_is_not_plainly_a_take_back_is_none() -> None:
    whole = piece("it is not only age then", false_alarm=0.19, deny=0.18)
    assert [each.intent for each in decide(whole, [], LIMITS)] == ["deny"]
    plain = piece("no, wrong, I am fine", false_alarm=0.5, deny=0.3)
    assert [each.intent for each in decide(plain, [], LIMITS)] == ["false_alarm"]


def test_of_two_refusals_the_one_that_asks_is_kept() -> None:
    whole = piece("does it hurt, he has Medicare, will they pay?", ask_procedure_pain=0.5)
    parts = [
        piece("Does it hurt?", ask_procedure_pain=0.99),
        piece("he has Medicare part B.", out_of_scope=0.99),
        piece("Will they pay?", out_of_scope=0.9),
    ]
    found = decide(piece(whole.text, ask_procedure_pain=0.5, out_of_scope=0.5), parts, LIMITS)
    assert [each.text for each in found] == ["Does it hurt?", "Will they pay?"]


def test_each_part_that_asks_what_is_not_answered_is_kept() -> None:
    parts = [
        piece("Does it hurt?", ask_procedure_pain=0.99),
        piece("he has Medicare part B.", out_of_scope=0.99),
        piece("What will it cost?", out_of_scope=0.9),
        piece("isn't that dear?", out_of_scope=0.5),
        piece("and can I fly?", out_of_scope=0.8),
    ]
    whole = piece("all of it", ask_procedure_pain=0.5, out_of_scope=0.5)
    found = decide(whole, parts, LIMITS)
    assert [each.text for each in found] == [parts[i].text for i in (0, 2, 4)]


def test_how_it_is_prevented_beside_a_question_asks_of_it() -> None:
    parts = [piece("is it common?", ask_infection=0.9), piece("avoided how?", followup_prevent=0.9)]
    whole = piece("both", ask_infection=0.6, followup_prevent=0.2)
    decisions = decide(whole, parts, LIMITS)
    assert [d.intent for d in decisions] == ["ask_infection", "followup_prevent"]


def test_a_subject_that_is_refused_and_a_question_about_it_are_one_question() -> None:
    whole = piece("carpal tunnel operation, awake or not?", out_of_scope=0.6, ask_anesthesia=0.01)
    parts = [piece("carpal tunnel operation", out_of_scope=0.98)]
    parts += [piece("awake or not", ask_anesthesia=0.9)]
    assert [d.intent for d in decide(whole, parts, LIMITS)] == ["out_of_scope"]


@pytest.mark.parametrize("refused", [0.2, 0.6])
def test_a_doubtful_refusal_keeps_the_question_that_it_may_have_been(refused: float) -> None:
    whole = piece("and gardening", out_of_scope=refused, ask_return_to_activity=0.9 - refused)
    (decision,) = decide(whole, [], Thresholds(out_of_scope=0.1, doubtful=0.3))
    assert decision.intent == "out_of_scope"
    assert decision.choices == (("ask_return_to_activity",) if refused <= 0.3 else ())


def test_is_it_dangerous_may_ask_of_what_was_said_before() -> None:
    whole = piece("is it dangerous", ask_safety=0.52, followup_danger=0.47)
    assert decide(whole, [], LIMITS)[0].intent == "followup_danger"
    whole = piece("is the procedure dangerous", ask_safety=0.9, followup_danger=0.05)
    assert decide(whole, [], LIMITS)[0].intent == "ask_safety"
