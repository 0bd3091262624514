"""After an alarm nothing sounds as if all were well; in the end it is over."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.alarm_memory import keep_alarm
from actions.answer import Reply, alarm_reply, compose
from actions.raise_alarm import ActionRaiseAlarm
from knowledge.records import FactStore
from safety.rule_book import LEVELS


def saying(kind: str, store: FactStore) -> Reply:
    return compose(store, kind, ["Some words."])


def told(*levels: str, messages: int = 3) -> dict[str, Any]:
    return {"levels": list(levels), "messages": messages}


@pytest.mark.parametrize("level", LEVELS)
def test_an_alarm_is_kept_in_mind(level: str, store: FactStore) -> None:
    alarm = alarm_reply(level, store)
    assert keep_alarm(alarm, None, store) == (alarm, told(level))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", ["answer", "out_of_scope", "thanks", "clarify"])
def test_other_replies_say_it_first(kind: str, level: str, store: FactStore) -> None:
    reply, alarm = keep_alarm(saying(kind, store), told(level), store)
    assert (reply.kind, alarm) == (kind, told(level, messages=2))
    assert reply.text == f"{store.phrases[f'{level}_still']}\nSome words."


@pytest.mark.parametrize("level", LEVELS)
def test_a_wish_for_advice_gets_the_alarm_again(level: str, store: FactStore) -> None:
    reply, _ = keep_alarm(saying("personal_advice", store), told(level), store)
    assert (reply.kind, reply.text) == (level, store.phrases[level])


@pytest.mark.parametrize("level", ["emergency", "crisis"])
def test_a_milder_sign_does_not_lower_the_level(level: str, store: FactStore) -> None:
    reply, alarm = keep_alarm(alarm_reply("urgent", store), told(level, messages=1), store)
    assert (reply.kind, alarm) == (level, told(level))
    reply, alarm = keep_alarm(alarm_reply(level, store), told("urgent"), store)
    assert (reply.kind, alarm) == (level, told(level))


@pytest.mark.parametrize(("first", "then"), [("emergency", "crisis"), ("crisis", "emergency")])
def test_of_two_grave_alarms_neither_takes_the_place_of_the_other(
    first: str, then: str, store: FactStore
) -> None:
    reply, alarm = keep_alarm(alarm_reply(then, store), told(first), store)
    assert reply.kind == then
    assert reply.text == f"{store.phrases[then]}\n{store.phrases[f'{first}_still']}"
    assert alarm == told("emergency", "crisis")
    reply, _ = keep_alarm(saying("answer", store), alarm, store)
    still = [store.phrases["emergency_still"], store.phrases["crisis_still"]]
    assert reply.text == "\n".join([*still, "Some words."])
    reply, _ = keep_alarm(saying("personal_advice", store), alarm, store)
    assert reply.text == f"{store.phrases['emergency']}\n{still[1]}"


def test_what_an_older_version_kept_is_understood(store: FactStore) -> None:
    old = {"level": "emergency", "messages": 3}
    expected = keep_alarm(saying("answer", store), told("emergency"), store)
    reply, alarm = keep_alarm(saying("answer", store), old, store)
    assert (reply.text, alarm) == (expected[0].text, expected[1])


def test_it_is_over_after_some_messages_and_never_begins_alone(store: FactStore) -> None:
    assert keep_alarm(saying("answer", store), told("urgent", messages=1), store)[1] is None
    plain = saying("answer", store)
    assert keep_alarm(plain, None, store) == (plain, None)


def test_what_is_kept_is_what_the_patient_reads_in_the_very_next_message() -> None:
    dispatcher = CollectingDispatcher()
    message = {"text": "and she has a fever", "intent": {"name": "report_urgent"}}
    slots = {"alarm_before": told("emergency")}
    tracker = Tracker("x", slots, message, [], False, None, {}, "action_listen")
    events = ActionRaiseAlarm().run(dispatcher, tracker, {})
    assert dispatcher.messages[0]["reply"]["kind"] == "emergency"
    assert {event["name"]: event["value"] for event in events} == slots
