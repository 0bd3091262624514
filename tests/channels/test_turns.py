"""Silence, order and long conversations, with an assistant of straw."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path

import pytest

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


def test_a_slow_assistant_is_not_waited_for_but_not_lost(tmp_path: Path) -> None:
    with straw_site(tmp_path, {"reply_timeout_seconds": 5}) as site:
        visitor = site.visitor()
        assert visitor.ask("hold tamarillo")["kind"] == "error"
        assert "tamarillo" not in site.log()
        # The turn goes on, and a reloaded page has its answer.
        site.visitor().ask("release tamarillo")
        assert visitor.ask("next")["kind"] == "answer"
        said = [turn["text"].split(" |")[0] for turn in visitor.turns()][1:]
    assert said == ["hold tamarillo", "hold tamarillo", "next", "next"]


def test_messages_sent_at_once_are_answered_in_order(straw: Site, visitor: Visitor) -> None:
    texts = ["hold order", "second", "third"]
    with ThreadPoolExecutor(3) as pool:
        asked = []
        for number, text in enumerate(texts, start=1):
            asked.append(pool.submit(visitor.ask, text))
            straw.until(in_line=number)
        straw.visitor().ask("release order")
        replies = [each.result()["text"] for each in asked]
    assert [reply.split(" |")[0] for reply in replies] == texts
    # Each saw what the ones before it left.
    assert [reply.rsplit(" ", 1)[1] for reply in replies] == ["0", "1", "2"]
    assert [t["text"] for t in visitor.turns() if t["from"] == "patient"] == texts


def test_more_than_three_waiting_are_told_to_wait(straw: Site, visitor: Visitor) -> None:
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(visitor.send, text="hold waiting")
        straw.until(held=1)
        others = [pool.submit(visitor.send, text="x") for _ in range(7)]
        for refused in islice(as_completed(others), 4):
            answer = refused.result()
            assert_problem(answer, 429)
            assert int(answer.headers["Retry-After"]) >= 1
        straw.visitor().ask("release waiting")
        answers = [each.result() for each in (first, *others)]
    assert [answer.status_code for answer in answers].count(200) == 4
    assert straw.metric('patient_faq_rate_limited_total{limit="waiting"}') >= 4


def test_a_client_that_leaves_mid_turn_loses_nothing(straw: Site, visitor: Visitor) -> None:
    with visitor.sending("hold leaving"):
        straw.until(held=1)
    # Whoever is served now comes after the one that has left.
    straw.visitor().ask("release leaving")
    assert visitor.ask("back again")["text"].endswith("asked 1")
    assert [turn["text"].split(" |")[0] for turn in visitor.turns()][1:3] == ["hold leaving"] * 2


def test_forgetting_ends_what_is_being_answered(straw: Site, visitor: Visitor) -> None:
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(visitor.send, text="hold forgetting")
        straw.until(held=1)
        assert visitor.call("DELETE", "/conversations").status_code == 204
        assert_problem(asked.result(), 401)
    # Were it answered all the same, it would be now.
    straw.visitor().ask("release forgetting")
    straw.until(in_line=0)
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
        site.until(in_line=1)
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
