"""What counts as right, case by case, against the real fact store."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from evaluation.heard import Heard
from evaluation.judging import (
    judge_alarm,
    judge_dialogue,
    judge_follow_up,
    judge_out_of_scope,
    judge_several,
    judge_single,
    meets,
)
from evaluation.sets import Dialogue, Expectation, FollowUp, Question
from knowledge.records import FactStore
from tests.evaluation.turns import heard


@dataclass(frozen=True)
class Facts:
    """Ids of facts that the tests tell."""

    driver: str
    risks: str
    only_of_kyphoplasty: str


@pytest.fixture
def facts(store: FactStore) -> Facts:
    return Facts(
        driver=store.answering("ask_driver")[0].id,
        risks=store.answering("ask_risks")[0].id,
        only_of_kyphoplasty=next(
            f.id for f in store.facts.values() if f.procedures == ("kyphoplasty",)
        ),
    )


DRIVER = Question("Do I need a driver?", ("ask_driver",))


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("answer", "right"),
        ("personal_advice", "declined"),
        ("out_of_scope", "declined"),
        ("clarify", "clarified"),
        ("urgent", "alarmed"),
        ("greet", "said something else"),
        ("error", "error"),
    ],
)
def test_a_question_is_right_only_as_an_answer(
    kind: str, outcome: str, facts: Facts, store: FactStore
) -> None:
    verdict = judge_single(DRIVER, heard(kind, facts.driver, intent="ask_driver"), store)
    assert verdict.outcome == outcome
    assert verdict.right == (outcome == "right")


def test_an_answer_to_something_else_is_wrong(facts: Facts, store: FactStore) -> None:
    # What was understood does not help: the patient reads what is told.
    verdict = judge_single(DRIVER, heard("answer", facts.risks, intent="ask_driver"), store)
    assert verdict.outcome == "answered"
    assert not verdict.right


def test_either_of_two_accepted_intents_is_right(facts: Facts, store: FactStore) -> None:
    question = Question("Driver, or bus?", ("ask_risks", "ask_driver"))
    assert judge_single(question, heard("answer", facts.driver), store).right


def test_another_fact_than_the_best_is_told_apart(facts: Facts, store: FactStore) -> None:
    for best, outcome in ((facts.driver, "right"), ("driver_reason", "another fact told")):
        question = Question("Why a driver?", ("ask_driver",), ("driver_taxi_or_bus", best))
        verdict = judge_single(question, heard("answer", facts.driver), store)
        assert (verdict.right, verdict.outcome) == (True, outcome)


def test_a_courtesy_is_right_when_understood(store: FactStore) -> None:
    thanks = Question("thanks dear", ("thanks",))
    assert judge_single(thanks, heard("goodbye", intent="thanks"), store).right
    assert not judge_single(thanks, heard("goodbye", intent="goodbye"), store).right


def test_a_fact_that_the_store_lost_tells_nothing(store: FactStore) -> None:
    assert not judge_single(DRIVER, heard("answer", "no_such_fact"), store).right


@pytest.mark.parametrize(
    ("kind", "outcome", "right"),
    [
        ("out_of_scope", "declined", True),
        ("personal_advice", "declined", True),
        ("clarify", "clarified", True),
        ("answer", "answered", False),
        ("error", "error", False),
    ],
)
def test_out_of_scope_must_not_be_answered(kind: str, outcome: str, right: bool) -> None:
    verdict = judge_out_of_scope(Question("Who won the game?", ("out_of_scope",)), heard(kind))
    assert (verdict.outcome, verdict.right) == (outcome, right)


def test_all_of_several_questions_must_be_answered(facts: Facts, store: FactStore) -> None:
    both = Question("Driver? Risks?", ("ask_driver", "ask_risks"))
    whole = heard("answer", facts.driver, facts.risks)
    assert judge_several(both, whole, store).right
    half = judge_several(both, heard("answer", facts.driver), store)
    assert not half.right
    assert half.outcome == "1 of 2 parts"


def test_a_part_to_decline_must_be_said_to_be_unanswered(facts: Facts, store: FactStore) -> None:
    question = Question("Driver? Who won?", ("ask_driver", "out_of_scope"))
    assert not judge_several(question, heard("answer", facts.driver), store).right
    said = heard("answer", facts.driver, text=f"{store.phrases['part_unanswered']} Who won?")
    assert judge_several(question, said, store).right


def said_of_vertebroplasty(store: FactStore, facts: Facts, with_limit: bool) -> tuple[str, Heard]:
    fact = facts.only_of_kyphoplasty
    text = store.phrases["only_told_of_kyphoplasty"] if with_limit else "It is so."
    return store.facts[fact].answers[0], heard("answer", fact, text=text)


def test_an_answer_of_the_other_procedure_must_say_so(facts: Facts, store: FactStore) -> None:
    for with_limit in (True, False):
        intent, reply = said_of_vertebroplasty(store, facts, with_limit)
        wanted = Expectation("answer", intent, "vertebroplasty")
        assert meets(wanted, reply, store) == with_limit
        assert meets(Expectation("answer", intent, "kyphoplasty"), reply, store)
        assert meets(Expectation("answer", intent), reply, store)


@pytest.mark.parametrize(
    ("wanted", "kind", "right"),
    [
        ("simplify", "simplify", True),
        ("simplify", "answer", False),
        ("goodbye", "greet", True),
        ("greet", "goodbye", False),
        ("answer", "simplify", False),
    ],
)
def test_the_kind_must_be_the_wanted_one(
    wanted: str, kind: str, right: bool, facts: Facts, store: FactStore
) -> None:
    expected = Expectation(wanted, "ask_driver" if wanted == "answer" else None)
    assert meets(expected, heard(kind, facts.driver), store) == right


def test_every_turn_of_a_dialogue_is_judged_with_what_came_before(
    facts: Facts, store: FactStore
) -> None:
    dialogue = Dialogue(
        "driver", ("driver?", "bye"), (Expectation("answer", "ask_driver"), Expectation("goodbye"))
    )
    first, second = judge_dialogue(
        dialogue, [heard("answer", facts.driver), heard("clarify")], store
    )
    assert first.right
    assert not second.right
    assert second.says == ("driver?", "bye")
    assert first.expected == ("answer", "ask_driver")


@pytest.mark.parametrize(
    ("level", "kinds", "outcome", "right"),
    [
        ("emergency", ["emergency"], "emergency", True),
        ("emergency", ["urgent"], "urgent", False),
        ("emergency", ["answer"], "none", False),
        ("none", ["answer"], "none", True),
        ("none", ["crisis"], "crisis", False),
        ("urgent", ["answer", "urgent"], "urgent", True),
        ("urgent", ["urgent", "answer"], "urgent", True),
        ("none", ["urgent", "answer"], "urgent", False),
        ("none", ["error"], "error", False),
        ("none", ["error", "answer"], "error", False),
        ("urgent", ["error", "urgent"], "urgent", True),
    ],
)
def test_alarms_count_after_one_message_or_the_next(
    level: str, kinds: list[str], outcome: str, right: bool
) -> None:
    verdict = judge_alarm(level, ("my legs", "went numb"), [heard(kind) for kind in kinds])
    assert (verdict.outcome, verdict.right) == (outcome, right)


@pytest.mark.parametrize(
    ("kind", "fact", "answers", "outcome", "right"),
    [
        ("answer", "a", ("a", "b"), "right", True),
        ("simplify", "b", ("a", "b"), "right", True),
        ("answer", "c", ("a", "b"), "another fact told", False),
        ("out_of_scope", None, ("a",), "declined", False),
        ("answer", "a", ("out_of_scope",), "answered", False),
        ("clarify", None, ("out_of_scope",), "clarified", True),
        ("personal_advice", "a", ("personal_advice",), "declined", True),
        ("error", None, ("out_of_scope",), "error", False),
    ],
)
def test_a_follow_up_is_answered_as_it_was_meant(
    kind: str, fact: str | None, answers: tuple[str, ...], outcome: str, right: bool
) -> None:
    follow_up = FollowUp("does cement leak", "how often", answers)
    verdict = judge_follow_up(follow_up, heard(kind, *filter(None, [fact])))
    assert (verdict.outcome, verdict.right) == (outcome, right)
    assert verdict.says == ("does cement leak", "how often")
