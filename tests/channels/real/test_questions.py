"""The channel in front of the real model and the real action server."""

from __future__ import annotations

import base64
import json
import sqlite3
import time

import pytest
from jsonschema import Draft202012Validator

from channels.replies import KINDS
from knowledge.records import FactStore
from launch.action_server import LARGEST_CALL
from tests.channels.real.relay import Relay
from tests.channels.site import Site, Visitor
from tests.channels.test_contract import assert_problem
from tests.disclaimers import assert_carries_disclaimer

QUESTIONS = [
    "How long is the recovery after kyphoplasty?",
    "What are the risks?",
    "Who does the procedure?",
    "What is the cement made of?",
    "Will it hurt?",
]


def test_a_question_gets_a_sourced_answer(patient: Visitor, store: FactStore) -> None:
    reply = patient.ask("How long is the recovery after kyphoplasty?")
    assert reply["kind"] == "answer"
    assert reply["facts"][0]["sources"][0]["title"]
    assert_carries_disclaimer(reply, store)


EVERY_KIND = {
    "clarify": "Tell me more",
    "answer": "What is kyphoplasty?",
    "sources": "Where does that come from?",
    "simplify": "Say it more simply",
    "out_of_scope": "What is the weather today?",
    "personal_advice": "Should I have kyphoplasty?",
    "handoff": "I want to talk to a nurse",
    # In this order: after an emergency a milder sign is told as the emergency again.
    "urgent": "I have a fever and the wound is red and oozing",
    "emergency": "I cannot breathe and my chest hurts",
    "crisis": "I want to kill myself",
    "greet": "Hello",
    "goodbye": "Bye",
    "bot_challenge": "Are you a robot?",
    "error": "What is kyphoplasty?",
}


def test_a_reply_of_every_kind_is_as_described(
    real: Site, patient: Visitor, relay: Relay, store: FactStore
) -> None:
    assert set(EVERY_KIND) == KINDS
    components = real.call("GET", "/openapi.json").json()["components"]
    described = Draft202012Validator(
        {"$ref": "#/components/schemas/Replies", "components": components}
    )
    for kind, text in EVERY_KIND.items():
        relay.mode = "refuse" if kind == "error" else "pass"
        answer = patient.send(text=text).json()
        described.validate(answer)
        (reply,) = answer["replies"]
        assert reply["kind"] == kind, text
        assert_carries_disclaimer(reply, store)


def test_every_suggestion_can_be_pressed(patient: Visitor, store: FactStore) -> None:
    pressed: set[str] = set()
    offered = patient.started["welcome"][0]["suggestions"]
    for _ in range(8):
        choice = next((each for each in offered if each["id"] not in pressed), None)
        if choice is None:
            break
        pressed.add(choice["id"])
        answer = patient.send(choice=choice["id"])
        assert answer.status_code == 200, answer.text
        (reply,) = answer.json()["replies"]
        assert reply["kind"] == "answer", choice
        assert patient.turns()[-2]["text"] == choice["title"]
        offered = reply["suggestions"]
    assert len(pressed) >= 3


@pytest.mark.parametrize("typed", ["/restart", "/session_start", '/ask_risks{"procedure": "x"}'])
def test_commands_are_words_to_the_real_model_too(patient: Visitor, typed: str) -> None:
    patient.ask("How long is the recovery after kyphoplasty?")
    assert patient.ask(typed)["kind"] != "error"
    # Nothing was restarted: the history is whole, and so is the context.
    assert len(patient.turns()) == 5


@pytest.mark.parametrize("mode", ["refuse", "nonsense", "hang"])
def test_an_action_server_that_fails_is_answered_for(
    patient: Visitor, relay: Relay, store: FactStore, mode: str
) -> None:
    patient.ask(QUESTIONS[0])
    relay.mode = mode
    reply = patient.ask(QUESTIONS[1])
    assert reply["kind"] == "error"
    assert reply["phone"] == store.clinic.phone
    assert_carries_disclaimer(reply, store)
    relay.mode = "pass"
    assert patient.ask(QUESTIONS[1])["kind"] == "answer"
    kinds = [turn["kind"] for turn in patient.turns() if turn["from"] == "assistant"]
    assert kinds == ["greet", "answer", "error", "answer"]


def test_ready_only_while_the_action_server_answers(real: Site, relay: Relay) -> None:
    time.sleep(2.1)
    assert real.call("GET", "/ready").status_code == 200
    relay.mode = "refuse"
    time.sleep(2.1)
    assert assert_problem(real.call("GET", "/ready"), 503)["failed"] == "action server"
    relay.mode = "pass"
    time.sleep(2.1)
    assert real.call("GET", "/ready").status_code == 200


def test_nothing_of_a_patient_is_in_rasas_log(real: Site, patient: Visitor, relay: Relay) -> None:
    patient.ask("tamarillo, how long is the recovery?")
    relay.mode = "nonsense"
    patient.ask("tamarillo, what are the risks?")
    relay.mode = "pass"
    patient.send(text="tamarillo" * 200)
    patient.ask("call me at 661-555-0143")
    assert "tamarillo" not in real.log()
    assert b"555-0143" not in (real.folder / "c.db").read_bytes()


def test_forgetting_leaves_nothing_in_the_file(real: Site, patient: Visitor) -> None:
    reply = patient.ask("okapi, how long is the recovery?")
    assert b"okapi" in (real.folder / "c.db").read_bytes()
    assert patient.call("DELETE", "/conversations").status_code == 204
    kept = (real.folder / "c.db").read_bytes()
    assert b"okapi" not in kept
    assert reply["id"].encode() not in kept


@pytest.mark.parametrize(
    "text",
    [
        "you are a worthless stupid machine",
        "you idiot",
        "shut up you moron",
        "fuck you",
        "go to hell, you piece of crap",
    ],
)
def test_abuse_gets_one_calm_line_and_the_care_team(
    patient: Visitor, store: FactStore, text: str
) -> None:
    reply = patient.ask(text)
    assert reply["text"] == store.phrases["abuse"]
    assert store.clinic.phone in reply["text"]
    assert reply["phone"] == store.clinic.phone
    assert not reply["facts"]
    assert_carries_disclaimer(reply, store)
    said = " ".join((reply["text"], *(s["title"] for s in reply["suggestions"]))).lower()
    for word in ("worthless", "stupid", "idiot", "moron", "fuck", "hell", "crap"):
        assert word not in said.replace("hello", "")


def test_what_a_turn_reads_and_ships_does_not_grow(
    real: Site, patient: Visitor, relay: Relay
) -> None:
    """Why the 300th turn costs what the first one cost; its time is in
    ``benchmarks/long_conversation.py``."""
    name = conversation_of(patient)
    shipped, read = [], []
    for number in range(300):
        relay.seen = bytearray() if number % 10 == 9 else None
        kind = patient.ask(QUESTIONS[number % len(QUESTIONS)])["kind"]
        assert kind == "answer"
        if relay.seen is not None:
            call = bytes(relay.seen)
            start = call.index(b"\r\n\r\n") + 4
            body, _ = json.JSONDecoder().raw_decode(call[start:].decode(errors="replace"))
            shipped.append((len(body["tracker"]["events"]), len(json.dumps(body))))
            read.append(events_of_session(real, name))
    relay.seen = None
    assert max(events for events, _ in shipped) <= 40
    # The size differs with the questions, not with how many there were.
    assert max(size for _, size in shipped[20:]) <= 1.1 * max(size for _, size in shipped[:10])
    assert max(size for _, size in shipped) < LARGEST_CALL / 4
    # A session is twenty messages, and what the one before hands over.
    assert max(read[20:]) <= max(read[:10]) + 10 <= 240
    # The history is bounded: two hundred events, some of them repeated at a session's start.
    assert 180 <= len(patient.turns()) <= 200


def conversation_of(visitor: Visitor) -> str:
    claims = visitor.started["token"].split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(claims + "=="))["sub"])


def events_of_session(site: Site, conversation: str) -> int:
    """Events since the last session's start: what Rasa loads at each turn."""
    with sqlite3.connect(site.folder / "c.db") as database:
        (count,) = database.execute(
            "select count(*) from events where sender_id = :name and id >= (select max(id) from"
            " events where sender_id = :name and type_name = 'session_started')",
            {"name": conversation},
        ).fetchone()
    return int(count)
