"""Which facts are told, by procedure and likeness."""

from __future__ import annotations

import pytest

from actions.selection import MAIN_FACT_BONUS, NEAR_TIE, further_facts, select_facts
from knowledge.records import Fact, FactStore
from understanding.intents import QUESTION_PREFIX

PROCEDURES = ["kyphoplasty", "vertebroplasty"]


def test_every_question_intent_selects_a_fact(store: FactStore) -> None:
    for intent in store.questions:
        assert intent.startswith(QUESTION_PREFIX)
        for procedure in (None, *PROCEDURES):
            assert select_facts(store, intent, procedure, ()).facts, (intent, procedure)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_never_told_of_the_wrong_procedure(procedure: str, store: FactStore) -> None:
    for intent in store.questions:
        selection = select_facts(store, intent, procedure, ())
        fits = all(fact.holds_for(procedure) for fact in selection.facts)
        assert fits or selection.told_only_of not in (None, procedure), intent


def test_unknown_procedure_is_answered_for_both(store: FactStore) -> None:
    for intent in store.questions:
        selection = select_facts(store, intent, None, ())
        told = {p for fact in selection.facts for p in fact.procedures}
        possible = {p for fact in store.answering(intent) for p in fact.procedures}
        one_sided = len(selection.facts[0].procedures) == 1
        single = {f.procedures for f in store.answering(intent) if len(f.procedures) == 1}
        if one_sided and len(single) == 2:
            assert told == possible, intent


def test_the_likeliest_fact_leads(store: FactStore) -> None:
    intent = next(i for i in store.questions if len(store.answering(i)) > 2)
    last = store.answering(intent)[-1]
    assert select_facts(store, intent, None, [(last.id, -0.1)]).facts[0] is last
    assert select_facts(store, intent, None, [("a_fact_that_is_gone", -0.1)]).facts


def general_and_special(store: FactStore) -> tuple[str, Fact, Fact]:
    """An intent, its main fact and another one, neither of one procedure only."""
    return next(
        (intent, both[0], both[1])
        for intent in store.questions
        if len(both := [f for f in store.answering(intent) if len(f.procedures) != 1]) > 1
        and both[0] is store.answering(intent)[0]
        and both[0].answers[0] == intent
    )


def test_the_main_fact_leads_unless_another_is_clearly_likelier(store: FactStore) -> None:
    intent, main, other = general_and_special(store)
    near = [(other.id, -1.0), (main.id, -1.0 - MAIN_FACT_BONUS / 2)]
    assert select_facts(store, intent, None, near).facts == (main, other)
    far = [(other.id, -1.0), (main.id, -1.0 - MAIN_FACT_BONUS - NEAR_TIE / 2)]
    assert select_facts(store, intent, None, far).facts == (other, main)


def test_a_near_tie_is_told_beside(store: FactStore) -> None:
    intent, main, other = general_and_special(store)
    lead = -1.0 + MAIN_FACT_BONUS
    near = [(main.id, -1.0), (other.id, lead - NEAR_TIE / 2)]
    assert select_facts(store, intent, None, near).facts == (main, other)
    far = [(main.id, -1.0), (other.id, lead - NEAR_TIE * 2)]
    assert select_facts(store, intent, None, far).facts == (main,)


def test_further_facts_are_new_and_fit(store: FactStore) -> None:
    intent = next(i for i in store.questions if len(store.answering(i)) > 2)
    first = store.answering(intent)[0]
    further = further_facts(store, intent, "kyphoplasty", [first.id])
    assert first not in further
    assert all(fact.holds_for("kyphoplasty") for fact in further)


def test_every_fact_can_be_reached(store: FactStore) -> None:
    for fact in store.facts.values():
        wanted = [None, *fact.procedures]
        reached = [
            fact in select_facts(store, intent, procedure, [(fact.id, -0.1)]).facts
            for intent in fact.answers
            for procedure in wanted
        ]
        assert any(reached), fact.id
