"""What may yet come is answered like any question, and then says what to do should it come."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import alarm_reply, compose
from actions.decline import ActionDecline
from actions.foreseen import with_foreseen
from actions.patient_action import failure_reply
from knowledge.records import FactStore
from safety.rule_book import LEVELS
from tests.disclaimers import assert_carries_disclaimer


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", ["answer", "out_of_scope", "personal_advice", "clarify"])
def test_every_other_reply_opens_with_it(kind: str, level: str, store: FactStore) -> None:
    reply = with_foreseen(compose(store, kind, ["Some words."]), level, store)
    assert reply.text == f"{store.phrases[f'{level}_foreseen']}\nSome words."


@pytest.mark.parametrize("level", LEVELS)
def test_an_alarm_stays_as_it_is(level: str, store: FactStore) -> None:
    alarm = alarm_reply(level, store)
    assert with_foreseen(alarm, "urgent", store) is alarm


def test_without_one_nothing_is_added(store: FactStore) -> None:
    reply = compose(store, "answer", ["Some words."])
    assert with_foreseen(reply, None, store) is reply


def said_to(slots: dict[str, Any], store: FactStore) -> dict[str, Any]:
    message = {
        "text": "what if my legs go numb",
        "intent": {"name": "out_of_scope"},
        "alarm_foreseen": "emergency",
    }
    dispatcher = CollectingDispatcher()
    tracker = Tracker("x", slots, message, [], False, None, {}, "action_listen")
    ActionDecline().run(dispatcher, tracker, {})
    (said,) = dispatcher.messages
    assert_carries_disclaimer(said["reply"], store)
    return dict(said["reply"])


def test_it_comes_with_the_message(store: FactStore) -> None:
    assert said_to({}, store)["text"].startswith(store.phrases["emergency_foreseen"])


@pytest.mark.parametrize("level", LEVELS)
def test_after_an_alarm_nothing_sounds_as_if_it_had_not_come(level: str, store: FactStore) -> None:
    text = said_to({"alarm_before": {"levels": [level], "messages": 2}}, store)["text"]
    assert text.startswith(store.phrases[f"{level}_still"])
    assert store.phrases["emergency_foreseen"] not in text


@pytest.mark.parametrize(
    ("found", "kind", "phrase"),
    [
        ({"alarm": {"level": "emergency"}}, "emergency", "emergency"),
        ({"alarm_foreseen": "urgent"}, "error", "urgent_foreseen"),
        ({}, "error", "failure"),
    ],
)
def test_when_something_broke_a_red_flag_is_answered_all_the_same(
    found: dict[str, Any], kind: str, phrase: str, store: FactStore
) -> None:
    reply = failure_reply(store, {"text": "x", **found})
    assert reply.kind == kind
    assert reply.text.startswith(store.phrases[phrase])
