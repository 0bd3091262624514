"""The channel in front of the real model and the real action server."""

from __future__ import annotations

import statistics
import time

import pytest

from knowledge.records import FactStore
from tests.channels.relay import Relay
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
    started = time.monotonic()
    reply = patient.ask(QUESTIONS[1])
    assert time.monotonic() - started < 10.5
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


def test_the_300th_turn_costs_what_the_first_one_cost(
    real: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    patient, took = real.visitor(), []
    patient.ask(QUESTIONS[0])
    for number in range(300):
        started = time.perf_counter()
        assert patient.ask(QUESTIONS[number % len(QUESTIONS)])["kind"] == "answer"
        took.append((time.perf_counter() - started) * 1000)
    first, last = statistics.median(took[:20]), statistics.median(took[280:])
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    with capsys.disabled():
        print(f"\n  turns 1-20 {first:.0f} ms, 281-300 {last:.0f} ms (p50)", end="")
        print(f"; all p50 {p50:.0f} ms, p95 {p95:.0f} ms")
    # Stock Rasa grows sixfold. The machine may be busy with other things.
    assert last < 2 * first + 20
    # The history is bounded: two hundred events, some of them repeated at a session's start.
    assert 180 <= len(patient.turns()) <= 200
