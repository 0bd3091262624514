"""After an alarm nothing sounds as if all were well; in the end it is over."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.accept_correction import ActionAcceptCorrection
from actions.alarm_memory import alarm_again, keep_alarm
from actions.answer import Reply, alarm_reply, compose
from actions.answer_question import ActionAnswerQuestion
from actions.patient_action import PatientAction
from actions.raise_alarm import ActionRaiseAlarm
from knowledge.records import FactStore
from safety.rule_book import LEVELS
from tests.actions.turns import asking


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
    message = {
        "text": "she has a fever, does she need a driver",
        "intent": {"name": "report_urgent"},
        "alarm": {"level": "urgent"},
        "parts": [{"text": "does she need a driver", "intent": "ask_driver"}],
    }
    slots = {"alarm_before": told("emergency")}
    tracker = Tracker("x", slots, message, [], False, None, {}, "action_listen")
    events = ActionRaiseAlarm().run(dispatcher, tracker, {})
    assert dispatcher.messages[0]["reply"]["kind"] == "emergency"
    kept = {event["name"]: event["value"] for event in events}
    assert kept["alarm_before"] == slots["alarm_before"]
    # The answer that came with the milder one was not read, so it is not what was told last.
    assert not {"subject", "shown_facts", "told_last"} & set(kept)


BUTTON = "false_alarm"


def pressed(reply: Reply) -> list[str]:
    return [suggestion.id for suggestion in reply.suggestions]


def test_a_false_alarm_can_be_taken_back_under_each_reply_after_it(store: FactStore) -> None:
    assert pressed(keep_alarm(alarm_reply("crisis", store), None, store)[0]) == []
    answer = compose(store, "answer", ["Some words."], suggest=["ask_risks"])
    assert pressed(keep_alarm(answer, told("crisis"), store)[0]) == ["ask_risks", BUTTON]
    assert pressed(keep_alarm(answer, None, store)[0]) == ["ask_risks"]


def test_a_thank_you_after_an_alarm_brings_no_menu(store: FactStore) -> None:
    welcome = compose(store, "greet", ["You are welcome."], suggest=["ask_risks"])
    assert pressed(keep_alarm(welcome, told("emergency"), store)[0]) == [BUTTON]


@pytest.mark.parametrize("intent", ["followup_why", "followup_how_long", "deny"])
@pytest.mark.parametrize("level", LEVELS)
def test_what_leans_on_an_alarm_gets_it_again(level: str, intent: str, store: FactStore) -> None:
    reply = alarm_again(asking(intent, alarm_before=told(level)), store)
    assert reply and (reply.kind, reply.text) == (level, store.phrases[level])


@pytest.mark.parametrize("level", LEVELS)
def test_who_means_to_do_it_is_not_told_the_same_words_again(level: str, store: FactStore) -> None:
    reply = alarm_again(asking("affirm", alarm_before=told(level)), store)
    assert reply and (reply.kind, reply.text) == (level, store.phrases[f"{level}_agreed"])
    # Somebody who asks beside it has not agreed.
    both = asking("affirm", "followup_why", alarm_before=told(level))
    again = alarm_again(both, store)
    assert again and again.text == store.phrases[level]


@pytest.mark.parametrize(
    ("intent", "before"),
    [
        ("ask_driver", told("urgent")),
        ("thanks", told("urgent")),
        # Something else was said since.
        ("followup_why", told("urgent", messages=2)),
        ("followup_why", None),
    ],
)
def test_what_does_not_is_answered(
    intent: str, before: dict[str, Any] | None, store: FactStore
) -> None:
    assert alarm_again(asking(intent, alarm_before=before), store) is None


def after_alarm(
    action: type[PatientAction], intent: str, before: dict[str, Any] | None, **message: Any
) -> tuple[dict[str, Any], Any]:
    """The reply to a message, and the alarm that is kept after it."""
    dispatcher = CollectingDispatcher()
    latest = {"text": "x", "intent": {"name": intent}, **message}
    slots = {"alarm_before": before, "alternatives": ["ask_driver"]}
    tracker = Tracker("x", slots, latest, [], False, None, {}, "action_listen")
    events = action().run(dispatcher, tracker, {})
    kept = {event["name"]: event["value"] for event in events}
    return dispatcher.messages[0]["reply"], kept["alarm_before"]


@pytest.mark.parametrize("levels", [["emergency"], ["urgent"], ["emergency", "crisis"]])
def test_an_alarm_that_is_taken_back_is_over(levels: list[str], store: FactStore) -> None:
    reply, kept = after_alarm(ActionAcceptCorrection, "false_alarm", told(*levels))
    assert kept is None
    assert reply["text"].startswith(store.phrases["false_alarm"])
    assert all(store.phrases[f"{level}_foreseen"] in reply["text"] for level in levels)
    assert reply["suggestions"][0]["id"] == "ask_driver"


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
    assert (reply["text"], kept) == ("\n".join(first) + answer, None)
    assert reply["disclaimer"] == store.disclaimer.full
    # Where no alarm was raised there is nothing to say of one.
    plain, _ = after_alarm(ActionAnswerQuestion, "ask_driver", None, **message)
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
    assert (reply["text"], kept) == (store.phrases["emergency"], told("emergency"))


def test_what_is_taken_back_hides_no_graver_sign_that_may_come(store: FactStore) -> None:
    message = {"parts": DRIVER, "takes_alarm_back": True, "alarm_foreseen": "emergency"}
    reply, _ = after_alarm(ActionAnswerQuestion, "ask_driver", told("urgent"), **message)
    lines = reply["text"].split("\n")
    assert lines[1:3] == [store.phrases["urgent_foreseen"], store.phrases["emergency_foreseen"]]
    reply, _ = after_alarm(ActionAnswerQuestion, "ask_driver", told("emergency"), **message)
    assert reply["text"].count(store.phrases["emergency_foreseen"]) == 1


@pytest.mark.parametrize("before", [told("emergency"), told("crisis"), told("urgent")])
def test_no_answer_stands_beside_a_crisis_that_comes_after_an_alarm(
    before: dict[str, Any], store: FactStore
) -> None:
    raised = {"alarm": {"level": "crisis", "rules": ["learned"]}, "parts": DRIVER}
    reply, _ = after_alarm(ActionRaiseAlarm, "report_crisis", before, **raised)
    assert not reply["facts"]
    assert after_alarm(ActionRaiseAlarm, "report_crisis", None, **raised)[0]["facts"]


def test_what_leans_on_an_alarm_and_takes_it_back_is_answered(store: FactStore) -> None:
    turn = asking("followup_procedure", alarm_before=told("urgent"), takes_back=True)
    assert alarm_again(turn, store) is None


def test_without_an_alarm_it_is_an_answer_that_was_wrong(store: FactStore) -> None:
    turn = asking("false_alarm", typed=("no, my ears", ""))
    outcome = ActionAcceptCorrection().respond(turn, store)
    assert store.phrases["not_what_i_asked"] in outcome.reply.text


def test_the_button_works_after_the_alarm_is_over(store: FactStore) -> None:
    reply, kept = after_alarm(ActionAcceptCorrection, "false_alarm", None, text="/false_alarm")
    assert reply["text"].startswith(store.phrases["false_alarm"])
    assert kept is None


def test_a_new_alarm_is_heard_after_one_that_was_taken_back() -> None:
    # What reports a red flag runs the alarm's action, whatever the words around it.
    raised = {"alarm": {"level": "crisis"}}
    reply, kept = after_alarm(ActionRaiseAlarm, "report_crisis", None, **raised)
    assert (reply["kind"], kept) == ("crisis", told("crisis"))
