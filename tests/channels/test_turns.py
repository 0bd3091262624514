"""Silence, order and long conversations, with an assistant of straw."""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from knowledge.records import FactStore
from tests.channels.site import Site, Visitor, sqlite, straw_site
from tests.channels.test_contract import assert_problem
from tests.disclaimers import assert_carries_disclaimer


@pytest.mark.parametrize("text", ["nothing", "twice", "bare", "raise the roof"])
def test_one_reply_whatever_the_assistant_does(
    visitor: Visitor, store: FactStore, text: str
) -> None:
    reply = visitor.ask(text)
    assert reply["kind"] == "error"
    assert reply["phone"] == store.clinic.phone
    assert store.clinic.phone in reply["text"]
    assert_carries_disclaimer(reply, store)
    assert visitor.ask("and then?")["kind"] == "answer"


@pytest.mark.parametrize("text", ["nothing", "twice"])
def test_a_reloaded_page_shows_the_failure_as_it_was(visitor: Visitor, text: str) -> None:
    reply = visitor.ask(text)
    assert visitor.turns()[1:] == [
        {"from": "patient", "text": text},
        {"from": "assistant", **reply},
    ]


def test_empty_replies_and_errors_are_counted(straw: Site, visitor: Visitor) -> None:
    empty = straw.metric("patient_faq_empty_replies_total")
    errors = straw.metric('patient_faq_errors_total{reason="RuntimeError"}')
    visitor.ask("nothing")
    visitor.ask("raise")
    assert straw.metric("patient_faq_empty_replies_total") == empty + 1
    assert straw.metric('patient_faq_errors_total{reason="RuntimeError"}') == errors + 1


def test_a_slow_assistant_is_not_waited_for_but_not_lost(visitor: Visitor) -> None:
    assert visitor.ask("wait 4")["kind"] == "error"
    # The turn goes on, and a reloaded page has its answer.
    assert visitor.ask("next")["kind"] == "answer"
    assert [turn["text"].split(" |")[0] for turn in visitor.turns()][1:] == [
        "wait 4",
        "wait 4",
        "next",
        "next",
    ]


def test_messages_sent_at_once_are_answered_in_order(straw: Site, visitor: Visitor) -> None:
    texts = ["wait 1.2", "second", "third"]

    def send(text: str) -> requests.Response:
        time.sleep(0.4 * texts.index(text))
        return requests.post(
            straw.base + "/messages", json={"text": text}, headers=visitor.headers, timeout=30
        )

    with ThreadPoolExecutor(3) as pool:
        replies = [answer.json()["replies"][0]["text"] for answer in pool.map(send, texts)]
    assert [reply.split(" |")[0] for reply in replies] == texts
    # Each saw what the ones before it left.
    assert [reply.rsplit(" ", 1)[1] for reply in replies] == ["0", "1", "2"]
    assert [t["text"] for t in visitor.turns() if t["from"] == "patient"] == texts


def test_more_than_three_waiting_are_told_to_wait(straw: Site, visitor: Visitor) -> None:
    def send(number: int) -> requests.Response:
        if number:
            time.sleep(0.5)
        return requests.post(
            straw.base + "/messages",
            json={"text": "x" if number else "wait 2"},
            headers=visitor.headers,
            timeout=30,
        )

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) == 4
    for answer in refused:
        assert_problem(answer, 429)
        assert int(answer.headers["Retry-After"]) >= 1
    assert straw.metric('patient_faq_rate_limited_total{limit="waiting"}') >= 4


def test_a_client_that_leaves_mid_turn_loses_nothing(straw: Site, visitor: Visitor) -> None:
    body = b'{"text": "wait 0.7"}'
    head = (
        "POST /webhooks/website/messages HTTP/1.1\r\nHost: x\r\n"
        f"Authorization: {visitor.headers['Authorization']}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", straw.port)) as gone:
        gone.sendall(head.encode() + body)
        time.sleep(0.3)
    assert visitor.ask("back again")["text"].endswith("asked 1")
    assert [turn["text"].split(" |")[0] for turn in visitor.turns()][1:3] == ["wait 0.7"] * 2


def test_forgetting_ends_what_is_being_answered(straw: Site, visitor: Visitor) -> None:
    answers: list[requests.Response] = []

    def send() -> None:
        answers.append(
            requests.post(
                straw.base + "/messages",
                json={"text": "wait 2.5"},
                headers=visitor.headers,
                timeout=30,
            )
        )

    sender = threading.Thread(target=send)
    sender.start()
    time.sleep(1)
    assert visitor.call("DELETE", "/conversations").status_code == 204
    sender.join()
    assert_problem(answers[0], 401)
    time.sleep(2)
    assert_problem(visitor.call("GET", "/messages"), 401)


def test_a_long_conversation_keeps_its_memory_and_its_history(visitor: Visitor) -> None:
    visitor.ask("remember the okapi")
    last = [visitor.ask(f"question {n}")["text"] for n in range(40)]
    assert all("subject the okapi" in text for text in last)
    # The message before is known too, also where a new session began between the two.
    for number in range(1, 40):
        assert f"| after question {number - 1} |" in last[number]
    # The assistant reads a bounded session, the patient the whole conversation.
    assert max(int(text.rsplit(" ", 1)[1]) for text in last) < 5
    asked = [turn["text"] for turn in visitor.turns() if turn["from"] == "patient"]
    assert asked == ["remember the okapi", *(f"question {n}" for n in range(40))]
    welcome = visitor.started["welcome"][0]["suggestions"][0]
    assert visitor.send(choice=welcome["id"]).status_code == 200


def test_turns_that_run_end_before_the_server_does(tmp_path: Path) -> None:
    with straw_site(tmp_path) as site:
        visitor = site.visitor()
        thread = threading.Thread(target=lambda: visitor.send(text="wait 2"), daemon=True)
        thread.start()
        time.sleep(1)
    with straw_site(tmp_path, endpoints=sqlite(tmp_path)) as again:
        # The secret is kept, so the token holds; the answer was stored.
        turns = Visitor(again, visitor.started).turns()
    assert [turn["text"].split(" |")[0] for turn in turns[1:]] == ["wait 2", "wait 2"]


def test_limits_hold_for_each_conversation_and_each_address(tmp_path: Path) -> None:
    settings = {
        "turns_per_minute": 3,
        "turns_per_minute_per_address": 8,
        "conversations_per_hour_per_address": 4,
    }
    with straw_site(tmp_path, settings) as site:
        one, other = site.visitor(), site.visitor()
        assert [one.send(text="x").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert [other.send(text="x").status_code for _ in range(3)] == [200] * 3
        third = site.visitor()
        # The address has one message left, however many conversations it starts.
        assert [third.send(text="x").status_code for _ in range(2)] == [200, 429]
        site.visitor()
        answer = site.call("POST", "/conversations")
        assert_problem(answer, 429)
        assert int(answer.headers["Retry-After"]) > 60
        assert site.metric('patient_faq_rate_limited_total{limit="conversation"}') == 1
        assert site.metric('patient_faq_rate_limited_total{limit="messages"}') == 1
        assert site.metric('patient_faq_rate_limited_total{limit="start"}') == 1
