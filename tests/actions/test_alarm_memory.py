"""After an alarm nothing sounds as if all were well; in the end it is over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.accept_correction import ActionAcceptCorrection
from actions.alarm_memory import keep_alarms, repeat_alarm
from actions.answer import Reply, alarm_reply, compose
from actions.answer_question import ActionAnswerQuestion
from actions.patient_action import PatientAction
from actions.raise_alarm import ActionRaiseAlarm
from actions.raised_alarms import RaisedAlarms
from knowledge.records import FactStore
from safety.rule_book import LEVELS
from tests.actions.turns import asking


def saying(kind: str, store: FactStore) -> Reply:
    return compose(store, kind, ["Some words."])


def told(*levels: str, messages: int = 3) -> RaisedAlarms:
    return RaisedAlarms(levels, messages)


def keep_alarm(reply: Reply, before: RaisedAlarms, store: FactStore) -> tuple[Reply, RaisedAlarms]:
    return keep_alarms(reply, asking("ask_driver", alarms=before), store)


def repeated(before: RaisedAlarms, store: FactStore, *intents: str, **turn: Any) -> Reply | None:
    again = repeat_alarm(asking(*intents, alarms=before, **turn), store)
    return again[0] if again else None


NONE = RaisedAlarms()


@pytest.mark.parametrize("level", LEVELS)
def test_an_alarm_is_kept_in_mind(level: str, store: FactStore) -> None:
    alarm = alarm_reply(level, store)
    assert keep_alarm(alarm, NONE, store) == (alarm, told(level))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", ["answer", "out_of_scope", "thanks", "clarify"])
def test_other_replies_say_it_first(kind: str, level: str, store: FactStore) -> None:
    reply, alarm = keep_alarm(saying(kind, store), told(level), store)
    assert (reply.kind, alarm) == (kind, told(level, messages=2))
    assert reply.text == f"{store.phrases[f'{level}_still']}\nSome words."


@pytest.mark.parametrize("level", LEVELS)
def test_a_wish_for_advice_gets_the_alarm_again(level: str, store: FactStore) -> None:
    turn = asking("ask_driver", "personal_advice", alarms=told(level))
    again = repeat_alarm(turn, store)
    assert again
    reply, alarms = again
    assert alarms == told(level, messages=2)
    assert (reply.kind, reply.text) == (level, store.phrases[level])


def test_what_is_urgent_goes_with_an_emergency(store: FactStore) -> None:
    reply, alarms = keep_alarm(alarm_reply("urgent", store), told("emergency", messages=1), store)
    assert (reply.text, alarms) == (store.phrases["emergency"], told("emergency", "urgent"))
    reply, alarms = keep_alarm(alarm_reply("emergency", store), told("urgent"), store)
    assert (reply.text, alarms) == (store.phrases["emergency"], told("urgent", "emergency"))
    reply, _ = keep_alarm(saying("answer", store), alarms, store)
    assert store.phrases["urgent_still"] not in reply.text


@pytest.mark.parametrize(
    ("first", "then", "leads"),
    [
        ("emergency", "crisis", "crisis"),
        ("crisis", "emergency", "emergency"),
        # A wound is still to be looked at, and still comes second.
        ("crisis", "urgent", "crisis"),
        ("urgent", "crisis", "crisis"),
    ],
)
def test_of_two_alarms_neither_takes_the_place_of_the_other(
    first: str, then: str, leads: str, store: FactStore
) -> None:
    other = first if leads == then else then
    reply, alarm = keep_alarm(alarm_reply(then, store), told(first), store)
    assert reply.text == f"{store.phrases[leads]}\n{store.phrases[f'{other}_still']}"
    assert (reply.kind, alarm) == (leads, told(first, then))
    reply, _ = keep_alarm(saying("answer", store), alarm, store)
    graver, milder = sorted((first, then), key=LEVELS.index)
    still = [store.phrases[f"{graver}_still"], store.phrases[f"{milder}_still"]]
    assert reply.text == "\n".join([*still, "Some words."])
    again = repeated(alarm, store, "personal_advice")
    assert again and again.text == f"{store.phrases[graver]}\n{still[1]}"


def test_what_is_said_again_is_raised_no_second_time(store: FactStore) -> None:
    before = told("emergency", "urgent")
    again = repeat_alarm(asking("affirm", alarms=before), store)
    assert again and again[1] == before
    _, kept = after_alarm(ActionAcceptCorrection, "false_alarm", again[1])
    assert kept.levels == ("emergency",)


def test_of_two_emergencies_one_is_taken_back(store: FactStore) -> None:
    _, both = keep_alarm(alarm_reply("emergency", store), told("emergency"), store)
    reply, kept = after_alarm(ActionAcceptCorrection, "false_alarm", both)
    assert reply["text"].startswith(store.phrases["emergency_still"])
    assert kept.levels == ("emergency",)


@pytest.mark.parametrize("intent", ["deny", "personal_advice"])
def test_an_alarm_that_was_no_joke_stands_beside_the_one_that_is_left(
    intent: str, store: FactStore
) -> None:
    _, kept = after_alarm(ActionAcceptCorrection, "false_alarm", told("emergency", "crisis"))
    again = repeated(kept, store, intent)
    assert again
    lines = [store.phrases["emergency"], store.phrases["crisis_in_doubt"]]
    assert again.text == "\n".join(lines)


def test_a_doubt_beside_an_alarm_is_what_is_taken_back(store: FactStore) -> None:
    again = repeat_alarm(asking("deny", alarms=told("emergency"), in_doubt="crisis"), store)
    assert again and store.phrases["crisis_in_doubt"] in again[0].text
    reply, kept = after_alarm(ActionAcceptCorrection, "false_alarm", again[1])
    assert store.phrases["crisis_foreseen"] in reply["text"]
    assert kept.levels == ("emergency",)


def test_who_haggles_beside_a_question_gets_the_alarm_alone(store: FactStore) -> None:
    parts = [{"text": "must I really", "intent": "personal_advice"}, *DRIVER]
    before = told("emergency", messages=2)
    reply, _ = after_alarm(ActionAnswerQuestion, "ask_driver", before, parts=parts)
    assert (reply["kind"], reply["facts"]) == ("emergency", [])


def test_what_an_older_version_kept_is_understood() -> None:
    assert RaisedAlarms.from_slot({"level": "urgent", "messages": 2}) == told("urgent", messages=2)
    old = {"levels": ["emergency"], "messages": 3}
    assert RaisedAlarms.from_slot(old) == told("emergency")


@pytest.mark.parametrize(
    "alarms", [NONE, told("crisis", "urgent"), replace(told("crisis"), doubted="emergency")]
)
def test_what_is_kept_comes_back_from_the_tracker(alarms: RaisedAlarms) -> None:
    assert RaisedAlarms.from_slot(alarms.to_slot()) == alarms


def test_it_is_over_after_some_messages_and_never_begins_alone(store: FactStore) -> None:
    assert keep_alarm(saying("answer", store), told("urgent", messages=1), store)[1] == NONE
    plain = saying("answer", store)
    assert keep_alarm(plain, NONE, store) == (plain, NONE)


def test_what_is_kept_is_what_the_patient_reads_in_the_very_next_message() -> None:
    dispatcher = CollectingDispatcher()
    message = {
        "text": "she has a fever, does she need a driver",
        "intent": {"name": "report_urgent"},
        "alarm": {"level": "urgent"},
        "parts": [{"text": "does she need a driver", "intent": "ask_driver"}],
    }
    slots = {"alarm_before": told("emergency").to_slot()}
    tracker = Tracker("x", slots, message, [], False, None, {}, "action_listen")
    events = ActionRaiseAlarm().run(dispatcher, tracker, {})
    assert dispatcher.messages[0]["reply"]["kind"] == "emergency"
    kept = {event["name"]: event["value"] for event in events}
    assert RaisedAlarms.from_slot(kept["alarm_before"]) == told("emergency", "urgent")
    # The answer that came with the milder one was not read, so it is not what was told last.
    assert not {"subject", "shown_facts", "told_last"} & set(kept)


BUTTON = "false_alarm"


def pressed(reply: Reply) -> list[str]:
    return [suggestion.id for suggestion in reply.suggestions]


def test_a_false_alarm_can_be_taken_back_under_each_reply_after_it(store: FactStore) -> None:
    assert pressed(keep_alarm(alarm_reply("crisis", store), NONE, store)[0]) == []
    answer = compose(store, "answer", ["Some words."], suggest=["ask_risks"])
    assert pressed(keep_alarm(answer, told("crisis"), store)[0]) == ["ask_risks", BUTTON]
    assert pressed(keep_alarm(answer, NONE, store)[0]) == ["ask_risks"]


def test_a_thank_you_after_an_alarm_brings_no_menu(store: FactStore) -> None:
    welcome = compose(store, "greet", ["You are welcome."], suggest=["ask_risks"])
    assert pressed(keep_alarm(welcome, told("emergency"), store)[0]) == [BUTTON]


@pytest.mark.parametrize("intent", ["followup_why", "followup_how_long", "deny"])
@pytest.mark.parametrize("level", LEVELS)
def test_what_leans_on_an_alarm_gets_it_again(level: str, intent: str, store: FactStore) -> None:
    reply = repeated(told(level), store, intent)
    assert reply and (reply.kind, reply.text) == (level, store.phrases[level])


@pytest.mark.parametrize("level", LEVELS)
def test_who_means_to_do_it_is_not_told_the_same_words_again(level: str, store: FactStore) -> None:
    reply = repeated(told(level), store, "affirm")
    assert reply and (reply.kind, reply.text) == (level, store.phrases[f"{level}_agreed"])
    # Somebody who asks beside it has not agreed.
    again = repeated(told(level), store, "affirm", "followup_why")
    assert again and again.text == store.phrases[level]


@pytest.mark.parametrize(
    ("intent", "before"),
    [
        ("ask_driver", told("urgent")),
        ("thanks", told("urgent")),
        # Something else was said since.
        ("followup_why", told("urgent", messages=2)),
        ("followup_why", NONE),
    ],
)
def test_what_does_not_is_answered(intent: str, before: RaisedAlarms, store: FactStore) -> None:
    assert repeated(before, store, intent) is None


def after_alarm(
    action: type[PatientAction], intent: str, before: RaisedAlarms, **message: Any
) -> tuple[dict[str, Any], RaisedAlarms]:
    """The reply to a message, and the alarm that is kept after it."""
    dispatcher = CollectingDispatcher()
    latest = {"text": "x", "intent": {"name": intent}, **message}
    slots = {"alarm_before": before.to_slot(), "alternatives": ["ask_driver"]}
    tracker = Tracker("x", slots, latest, [], False, None, {}, "action_listen")
    events = action().run(dispatcher, tracker, {})
    kept = {event["name"]: event["value"] for event in events}
    return dispatcher.messages[0]["reply"], RaisedAlarms.from_slot(kept["alarm_before"])


@pytest.mark.parametrize("level", LEVELS)
def test_an_alarm_that_is_taken_back_is_over(level: str, store: FactStore) -> None:
    reply, kept = after_alarm(ActionAcceptCorrection, "false_alarm", told(level))
    assert kept == RaisedAlarms(withdrawn=level)
    first = [store.phrases["false_alarm"], store.phrases[f"{level}_foreseen"]]
    assert reply["text"] == "\n".join([*first, store.phrases["false_alarm_next"]])
    offered = [each["id"] for each in reply["suggestions"]]
    assert offered[0] == "ask_driver"
    assert BUTTON not in offered


# Also where one goes with the other: a fever that was none takes back no numb legs.
PAIRS = [("emergency", "crisis"), ("crisis", "urgent"), ("emergency", "urgent")]


@pytest.mark.parametrize(("first", "then"), [*PAIRS, ("urgent", "emergency")])
def test_of_two_alarms_the_last_is_taken_back(first: str, then: str, store: FactStore) -> None:
    reply, kept = after_alarm(ActionAcceptCorrection, "false_alarm", told(first, then))
    assert kept == replace(told(first), withdrawn=then)
    assert store.phrases[f"{then}_foreseen"] in reply["text"]
    assert store.phrases[f"{then}_still"] not in reply["text"]
    assert reply["text"].startswith(store.phrases[f"{first}_still"])
    # The one before may have been none either.
    assert reply["suggestions"][-1]["id"] == BUTTON


DRIVER = [{"text": "who drives me", "intent": "ask_driver"}]


@pytest.mark.parametrize(
    "message",
    [
        {"parts": [{"text": "it was a joke", "intent": "false_alarm"}, *DRIVER]},
        {"parts": DRIVER, "takes_alarm_back": True},
    ],
    ids=["in a part", "in the whole message"],
)
def test_it_is_taken_back_beside_a_question_too(message: dict[str, Any], store: FactStore) -> None:
    alone, _ = after_alarm(ActionAnswerQuestion, "ask_driver", told("urgent"), parts=DRIVER)
    assert alone["text"].startswith(store.phrases["urgent_still"])
    reply, kept = after_alarm(ActionAnswerQuestion, "ask_driver", told("urgent"), **message)
    first = [store.phrases["false_alarm"], store.phrases["urgent_foreseen"]]
    answer = alone["text"].removeprefix(store.phrases["urgent_still"])
    assert (reply["text"], kept) == ("\n".join(first) + answer, RaisedAlarms(withdrawn="urgent"))
    assert reply["disclaimer"] == store.disclaimer.full
    # Where no alarm was raised there is nothing to say of one.
    plain, _ = after_alarm(ActionAnswerQuestion, "ask_driver", NONE, **message)
    assert plain["text"] == answer.strip()


@pytest.mark.parametrize("rules", [["x"], ["learned"]])
@pytest.mark.parametrize(
    "message",
    [
        {"takes_alarm_back": True},
        {"parts": [{"text": "please stay calm", "intent": "false_alarm"}, *DRIVER]},
    ],
    ids=["in the whole message", "in a part"],
)
def test_what_takes_an_alarm_back_and_raises_one_is_an_alarm(
    rules: list[str], message: dict[str, Any], store: FactStore
) -> None:
    raised = {"alarm": {"level": "emergency", "rules": rules}, **message}
    reply, kept = after_alarm(ActionRaiseAlarm, "report_emergency", told("urgent"), **raised)
    assert (reply["text"], kept) == (store.phrases["emergency"], told("urgent", "emergency"))


def test_what_is_taken_back_hides_no_graver_sign_that_may_come(store: FactStore) -> None:
    message = {"parts": DRIVER, "takes_alarm_back": True, "alarm_foreseen": "emergency"}
    reply, _ = after_alarm(ActionAnswerQuestion, "ask_driver", told("urgent"), **message)
    lines = reply["text"].split("\n")
    assert lines[1:3] == [store.phrases["urgent_foreseen"], store.phrases["emergency_foreseen"]]
    reply, _ = after_alarm(ActionAnswerQuestion, "ask_driver", told("emergency"), **message)
    assert reply["text"].count(store.phrases["emergency_foreseen"]) == 1


@pytest.mark.parametrize("before", [told("emergency"), told("crisis"), told("urgent")])
def test_no_answer_stands_beside_a_crisis_that_comes_after_an_alarm(
    before: RaisedAlarms, store: FactStore
) -> None:
    raised = {"alarm": {"level": "crisis", "rules": ["learned"]}, "parts": DRIVER}
    reply, _ = after_alarm(ActionRaiseAlarm, "report_crisis", before, **raised)
    assert not reply["facts"]
    assert after_alarm(ActionRaiseAlarm, "report_crisis", NONE, **raised)[0]["facts"]


def test_what_leans_on_an_alarm_and_takes_it_back_is_answered(store: FactStore) -> None:
    turn = asking("followup_procedure", alarms=told("urgent"), takes_back=True)
    assert repeat_alarm(turn, store) is None


def test_without_an_alarm_it_is_an_answer_that_was_wrong(store: FactStore) -> None:
    turn = asking("false_alarm", typed=("no, my ears", ""))
    outcome = ActionAcceptCorrection().respond(turn, store)
    assert store.phrases["not_what_i_asked"] in outcome.reply.text


def test_the_button_works_after_the_alarm_is_over(store: FactStore) -> None:
    reply, kept = after_alarm(ActionAcceptCorrection, "false_alarm", NONE, text="/false_alarm")
    assert reply["text"].startswith(store.phrases["false_alarm"])
    assert kept == NONE


def test_a_new_alarm_is_heard_after_one_that_was_taken_back() -> None:
    # What reports a red flag runs the alarm's action, whatever the words around it.
    raised = {"alarm": {"level": "crisis"}}
    reply, kept = after_alarm(ActionRaiseAlarm, "report_crisis", NONE, **raised)
    assert (reply["kind"], kept) == ("crisis", told("crisis"))
