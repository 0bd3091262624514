"""A red flag that the classifier is not sure of is said first, and hides nothing."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.alarm_memory import keep_alarms
from actions.answer import alarm_reply, compose
from actions.answer_question import ActionAnswerQuestion
from actions.decline import ActionDecline
from actions.patient_action import PatientAction, failure_reply
from actions.raised_alarms import RaisedAlarms
from actions.turn import Turn
from knowledge.records import FactStore
from safety.rule_book import LEVELS
from tests.actions.turns import asking
from tests.disclaimers import assert_carries_disclaimer

NONE = RaisedAlarms()


def doubting(level: str, *raised: str, **turn: Any) -> Turn:
    return asking(
        "ask_driver", in_doubt=level, alarms=RaisedAlarms(raised, 2 if raised else 0), **turn
    )


def lines(store: FactStore, *names: str) -> str:
    return "\n".join([*(store.phrases[name] for name in names), "Some words."])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", ["answer", "out_of_scope", "greet"])
def test_it_opens_the_reply_as_an_alarm(kind: str, level: str, store: FactStore) -> None:
    plain = compose(store, kind, ["Some words."], suggest=["ask_risks"])
    reply, alarms = keep_alarms(plain, doubting(level), store)
    assert reply.text == lines(store, f"{level}_in_doubt")
    assert (reply.kind, reply.phone) == (level, alarm_reply(level, store).phone)
    assert reply.payload()["in_doubt"] is True
    assert_carries_disclaimer(reply.payload(), store)
    assert alarms == RaisedAlarms(doubted=level)
    # The menu of a goodbye would sound as if all were well.
    assert bool(reply.suggestions) is (kind != "greet")


@pytest.mark.parametrize(
    ("raised", "doubt", "names", "kind"),
    [
        ("emergency", "crisis", ["emergency_still", "crisis_in_doubt"], "emergency"),
        ("crisis", "emergency", ["emergency_in_doubt", "crisis_still"], "emergency"),
        ("crisis", "urgent", ["crisis_still", "urgent_in_doubt"], "crisis"),
        ("urgent", "crisis", ["crisis_in_doubt", "urgent_still"], "crisis"),
        # What is urgent goes with an emergency; what was said already is not said twice.
        ("emergency", "urgent", ["emergency_still"], "answer"),
        ("crisis", "crisis", ["crisis_still"], "answer"),
    ],
)
def test_the_gravest_leads(
    raised: str, doubt: str, names: list[str], kind: str, store: FactStore
) -> None:
    reply, _ = keep_alarms(
        compose(store, "answer", ["Some words."]), doubting(doubt, raised), store
    )
    assert (reply.text, reply.kind) == (lines(store, *names), kind)
    # Of the one that was raised there is no doubt.
    assert "in_doubt" not in reply.payload()


def test_what_was_raised_is_kept_longer_where_it_may_be_told_again(store: FactStore) -> None:
    plain = compose(store, "answer", ["Some words."])
    assert keep_alarms(plain, doubting("crisis", "crisis"), store)[1] == RaisedAlarms(
        ("crisis",), 3
    )


@pytest.mark.parametrize(
    ("alarm", "doubt", "said"),
    [("urgent", "emergency", True), ("emergency", "crisis", True), ("emergency", "urgent", False)],
)
def test_an_alarm_hides_no_doubt_of_another_level(
    alarm: str, doubt: str, said: bool, store: FactStore
) -> None:
    reply, _ = keep_alarms(alarm_reply(alarm, store), doubting(doubt), store)
    assert reply.text.startswith(store.phrases[alarm])
    assert (store.phrases[f"{doubt}_in_doubt"] in reply.text) is said


def said_to(
    action: type[PatientAction] = ActionAnswerQuestion,
    before: RaisedAlarms = NONE,
    refused: str = "",
    **message: Any,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The reply to a message that may be a crisis, and the slots after it."""
    latest = {
        "text": "who drives me",
        "intent": {"name": "ask_driver"},
        "alarm": {"level": "crisis", "rules": ["learned"], "in_doubt": True},
        **message,
    }
    dispatcher = CollectingDispatcher()
    slots = {"alarm_before": before.to_slot(), "refused": refused}
    tracker = Tracker("x", slots, latest, [], False, None, {}, "action_listen")
    events = action().run(dispatcher, tracker, {})
    return dispatcher.messages[0]["reply"], {each["name"]: each["value"] for each in events}


DRIVER = {"text": "who drives me", "intent": "ask_driver"}


def test_the_question_is_answered_and_no_alarm_lingers(store: FactStore) -> None:
    reply, slots = said_to()
    assert reply["text"].startswith(store.phrases["crisis_in_doubt"])
    assert [fact["id"] for fact in reply["facts"]] == ["driver_needed"]
    kept = RaisedAlarms.from_slot(slots["alarm_before"])
    after, slots = said_to(before=kept, alarm=None)
    assert store.phrases["crisis_in_doubt"] not in after["text"]
    assert slots["alarm_before"] is None


def test_who_asks_whether_to_wait_behind_a_doubt_is_told_again(store: FactStore) -> None:
    parts = [{"text": "must I go now?", "intent": "personal_advice"}]
    parts += [{"text": "who drives me", "intent": "ask_driver"}]
    reply, _ = said_to(before=RaisedAlarms(doubted="emergency"), alarm=None, parts=parts)
    assert reply["text"].startswith(store.phrases["emergency_in_doubt"])


def test_a_doubt_can_be_taken_back(store: FactStore) -> None:
    before = RaisedAlarms(doubted="emergency")
    reply, slots = said_to(before=before, alarm=None, takes_alarm_back=True)
    first = [store.phrases["false_alarm"], store.phrases["emergency_foreseen"]]
    assert reply["text"].startswith("\n".join(first))
    assert RaisedAlarms.from_slot(slots["alarm_before"]) == RaisedAlarms(withdrawn="emergency")


@pytest.mark.parametrize(
    "intent", ["deny", "affirm", "simplify", "not_what_i_asked", "personal_advice"]
)
def test_what_was_taken_back_may_be_meant_after_all(intent: str, store: FactStore) -> None:
    _, slots = said_to(before=RaisedAlarms(("emergency",), 3), alarm=None, takes_alarm_back=True)
    before = RaisedAlarms.from_slot(slots["alarm_before"])
    parts = [{"text": "no, I was fibbing", "intent": intent}, DRIVER]
    reply, slots = said_to(before=before, alarm=None, parts=parts)
    assert reply["text"].startswith(store.phrases["emergency_in_doubt"])
    # Once, not again and again.
    reply, _ = said_to(
        before=RaisedAlarms.from_slot(slots["alarm_before"]), alarm=None, parts=parts
    )
    assert store.phrases["emergency_in_doubt"] not in reply["text"]
    reply, _ = said_to(before=before, alarm=None, parts=[DRIVER])
    assert store.phrases["emergency_in_doubt"] not in reply["text"]


def test_what_sounds_like_one_more_take_back_may_mean_it_too(store: FactStore) -> None:
    turn = asking("false_alarm", alarms=RaisedAlarms(withdrawn="emergency"))
    reply, _ = keep_alarms(compose(store, "clarify", ["Some words."]), turn, store)
    assert reply.text == lines(store, "emergency_in_doubt")


@pytest.mark.parametrize("raised", ["crisis", "urgent"])
def test_what_takes_an_alarm_back_may_report_one(raised: str, store: FactStore) -> None:
    before = RaisedAlarms((raised,), 3)
    reply, slots = said_to(before=before, takes_alarm_back=True)
    first = [store.phrases["crisis_in_doubt"], store.phrases["false_alarm"]]
    assert reply["text"].startswith("\n".join(first))
    assert store.phrases[f"{raised}_still"] not in reply["text"].split("\n")
    kept = RaisedAlarms.from_slot(slots["alarm_before"])
    assert kept == RaisedAlarms(doubted="crisis", withdrawn=raised)


def test_a_failure_behind_a_doubt_says_it_too(store: FactStore) -> None:
    message = {"alarm": {"level": "crisis", "rules": ["learned"], "in_doubt": True}}
    reply = failure_reply(store, message)
    assert reply.text == "\n".join(store.phrases[each] for each in ("crisis_in_doubt", "failure"))


def test_a_refusal_behind_a_doubt_is_one(store: FactStore) -> None:
    message = {"text": "the fog is thick", "intent": {"name": "out_of_scope"}}
    reply, slots = said_to(ActionDecline, **message)
    assert (reply["kind"], slots["refused"]) == ("crisis", "out_of_scope")
    hurried = {"text": "hang on, it goes grey", "intent": {"name": "out_of_scope"}}
    assert store.phrases["pause"] not in said_to(ActionDecline, **hurried)[0]["text"]
