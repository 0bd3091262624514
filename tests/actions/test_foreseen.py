"""What may yet come is answered like any question, and then says what to do should it come."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import alarm_reply, compose
from actions.decline import ActionDecline
from actions.foreseen import with_foreseen
from knowledge.records import FactStore
from safety.rule_book import LEVELS


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", ["answer", "out_of_scope", "personal_advice", "clarify"])
def test_every_other_reply_closes_with_it(kind: str, level: str, store: FactStore) -> None:
    reply = with_foreseen(compose(store, kind, ["Some words."]), level, store)
    assert reply.text == f"Some words.\n{store.phrases[f'{level}_foreseen']}"


@pytest.mark.parametrize("level", LEVELS)
def test_an_alarm_stays_as_it_is(level: str, store: FactStore) -> None:
    alarm = alarm_reply(level, store)
    assert with_foreseen(alarm, "urgent", store) is alarm


def test_without_one_nothing_is_added(store: FactStore) -> None:
    reply = compose(store, "answer", ["Some words."])
    assert with_foreseen(reply, None, store) is reply


def test_it_comes_with_the_message(store: FactStore) -> None:
    message = {
        "text": "what if my legs go numb",
        "intent": {"name": "out_of_scope"},
        "alarm_foreseen": "emergency",
    }
    dispatcher = CollectingDispatcher()
    tracker = Tracker("x", {}, message, [], False, None, {}, "action_listen")
    ActionDecline().run(dispatcher, tracker, {})
    (said,) = dispatcher.messages
    assert said["reply"]["text"].endswith(store.phrases["emergency_foreseen"])
