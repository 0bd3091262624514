"""Whoever asks whether that is so of both is told of which procedures it is told."""

from __future__ import annotations

import pytest

from actions.selection import OTHER
from actions.switch_procedure import ActionSwitchProcedure
from actions.tell_for_which import ActionTellForWhich
from knowledge.records import FactStore
from tests.actions.turns import asking


@pytest.mark.parametrize(
    ("fact", "phrase"),
    [("infection_risk", "was_of_both"), ("fracture_definition", "was_of_neither")],
)
def test_what_holds_for_either_is_said_to_and_not_told_again(
    fact: str, phrase: str, store: FactStore
) -> None:
    outcome = ActionTellForWhich().respond(asking("followup_both", told_last=(fact,)), store)
    assert outcome.reply.text == store.phrases[phrase]
    assert [each["id"] for each in outcome.reply.facts] == [fact]


def test_what_is_told_of_the_other_stands_beside_it(store: FactStore) -> None:
    told = ("walking_vertebroplasty",)
    turn = asking("followup_both", told_last=told, subject="ask_walking", shown=told)
    outcome = ActionTellForWhich().respond(turn, store)
    first, second = outcome.reply.text.split("\n")
    assert first == store.phrases["was_of_vertebroplasty"]
    other = store.facts["walking_kyphoplasty"]
    assert second == f"{store.phrases['told_of_kyphoplasty']} {other.answer}"
    assert outcome.slots["shown_facts"] == [*told, other.id]


def test_what_is_told_of_one_alone_is_said_to_be(store: FactStore) -> None:
    told = ("blood_clots_vertebroplasty",)
    turn = asking("followup_both", told_last=told, subject="ask_blood_clots")
    text = ActionTellForWhich().respond(turn, store).reply.text
    names = ("was_of_vertebroplasty", "only_told_of_vertebroplasty")
    assert text == "\n".join(store.phrases[name] for name in names)


def test_what_is_told_of_both_stands_in_for_the_other(store: FactStore) -> None:
    told = ("cancer_kyphoplasty",)
    turn = asking("followup_both", told_last=told, subject="ask_cancer_fracture")
    outcome = ActionTellForWhich().respond(turn, store)
    assert store.phrases["only_told_of_kyphoplasty"] not in outcome.reply.text
    assert outcome.slots["shown_facts"] == ["cancer_treated_by_both"]
    assert outcome.reply.text.startswith(store.phrases["was_of_kyphoplasty"])
    assert store.phrases["told_of_both"] in outcome.reply.text


def test_each_of_several_facts_is_looked_up(store: FactStore) -> None:
    told = ("infection_risk", "walking_kyphoplasty")
    turn = asking("followup_both", told_last=told, subject="ask_walking")
    outcome = ActionTellForWhich().respond(turn, store)
    assert outcome.slots["shown_facts"] == ["walking_vertebroplasty"]
    first, second, third = outcome.reply.text.split("\n")
    assert first == f"{store.questions['ask_infection']} {store.phrases['was_of_both']}"
    assert second == f"{store.questions['ask_walking']} {store.phrases['was_of_kyphoplasty']}"
    assert third.startswith(store.phrases["told_of_vertebroplasty"])


def test_one_fact_of_each_is_about_both(store: FactStore) -> None:
    told = ("walking_kyphoplasty", "walking_vertebroplasty")
    outcome = ActionTellForWhich().respond(asking("followup_both", told_last=told), store)
    assert outcome.reply.text == store.phrases["was_of_both"]


def test_behind_a_refusal_it_is_not_about_what_was_told_before(store: FactStore) -> None:
    turn = asking("followup_both", told_last=("driver_needed",), refused="out_of_scope")
    reply = ActionTellForWhich().respond(turn, store).reply
    assert reply.text == store.phrases["no_context"]


def test_nothing_is_said_to_be_told_of_one_alone_that_has_an_answer_for_both(
    store: FactStore,
) -> None:
    for fact in store.facts.values():
        if len(fact.procedures) != 1:
            continue
        turn = asking("followup_both", told_last=(fact.id,), subject=fact.answers[0])
        text = ActionTellForWhich().respond(turn, store).reply.text
        (only,) = fact.procedures
        of_question = store.answering(fact.answers[0])
        others = [each for each in of_question if OTHER[only] in each.procedures]
        assert (store.phrases[f"only_told_of_{only}"] in text) is (not others), fact.id


def test_behind_nothing_it_asks_what_is_meant(store: FactStore) -> None:
    reply = ActionTellForWhich().respond(asking("followup_both"), store).reply
    assert (reply.kind, reply.text) == ("clarify", store.phrases["no_context"])


def test_the_other_one_behind_what_holds_for_both(store: FactStore) -> None:
    turn = asking("followup_procedure", told_last=("infection_risk",), shown=("infection_risk",))
    text = ActionSwitchProcedure().respond(turn, store).reply.text
    assert text == store.phrases["was_of_both"]


def test_the_other_one_is_told_without_what_was_just_read(store: FactStore) -> None:
    turn = asking(
        "followup_procedure",
        procedure="kyphoplasty",
        subject="ask_height_restoration",
        shown=("height_either",),
        told_last=("height_either",),
    )
    reply = ActionSwitchProcedure().respond(turn, store).reply
    assert [fact["id"] for fact in reply.facts] == ["height_vertebroplasty"]
