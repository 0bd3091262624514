"""The whole installation, and what patients read while parts of it are away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest
import redis

from knowledge.records import FactStore
from tests.channels.databases import Server, login
from tests.channels.real.clinic import Clinic, clinic
from tests.channels.site import Visitor, until
from tests.channels.test_contract import assert_problem
from tests.channels.test_outages import assert_calls_are_unavailable, assert_ready
from tests.disclaimers import assert_carries_disclaimer

QUESTION = "How long is the recovery after kyphoplasty?"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    # What is away is told by itself, not because a busy machine ran out of time.
    settings = {"session_turns": 4, "reply_timeout_seconds": 60}
    with clinic(tmp_path_factory.mktemp("installed"), databases=True, settings=settings) as running:
        yield running


@pytest.fixture
def visitor(installed: Clinic) -> Iterator[Visitor]:
    yield installed.site.visitor()
    installed.relay.mode = "pass"


def rows(installed: Clinic) -> list[tuple[str, int]]:
    assert installed.postgres
    with psycopg2.connect(**login(installed.postgres)) as connection:
        cursor = connection.cursor()
        cursor.execute("select sender_id, count(*) from events group by 1 order by 1")
        return cursor.fetchall()


def keys(installed: Clinic) -> set[bytes]:
    assert installed.redis
    found: set[bytes] = set()
    for database in range(3):
        found |= set(redis.Redis(port=installed.redis.port, db=database).scan_iter())
    return found


def test_a_question_gets_its_one_answer(visitor: Visitor, store: FactStore) -> None:
    reply = visitor.ask(QUESTION)
    assert reply["kind"] == "answer"
    assert_carries_disclaimer(reply, store)


@pytest.mark.parametrize("part", ["postgres", "redis"])
@pytest.mark.parametrize("how", ["dead", "hanging"])
def test_a_store_that_is_away(installed: Clinic, visitor: Visitor, part: str, how: str) -> None:
    server: Server = getattr(installed, part)
    visitor.ask(QUESTION)
    if how == "dead":
        server.stop()
    else:
        server.freeze(True)
    try:
        if part == "postgres":
            assert_calls_are_unavailable(installed.site, visitor.headers)
        else:
            problem = assert_problem(visitor.send(text="What are the risks?"), 503)
            assert "661-480-5956" in problem["detail"]
        # Whoever asks beside them is not held up by it.
        assert installed.site.call("GET", "/metrics").status_code == 200
        assert_ready(installed.site, failed={"postgres": "tracker store"}.get(part, "lock store"))
    finally:
        if how == "dead":
            server.start()
        else:
            server.freeze(False)
    recovered(installed, visitor)


@pytest.mark.parametrize("how", ["dead", "hanging"])
def test_the_database_goes_away_in_the_middle_of_a_turn(
    installed: Clinic, visitor: Visitor, how: str
) -> None:
    server = installed.postgres
    assert server
    visitor.ask(QUESTION)
    installed.relay.mode = "hold"
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(visitor.send, text=QUESTION)
        assert installed.relay.reached.wait(60)
        if how == "dead":
            server.stop()
        else:
            server.freeze(True)
        try:
            installed.relay.release()
            # Everybody else goes on meanwhile.
            while not asked.done():
                assert installed.site.call("GET", "/metrics").status_code == 200
                time.sleep(0.1)
            assert "661-480-5956" in assert_problem(asked.result(), 503)["detail"]
        finally:
            if how == "dead":
                server.start()
            else:
                server.freeze(False)
    installed.relay.mode = "pass"
    recovered(installed, visitor)


def recovered(installed: Clinic, visitor: Visitor) -> None:
    """All is as before, at the latest after what hung came to its end."""
    until(lambda: visitor.send(text=QUESTION).status_code == 200)
    assert visitor.ask(QUESTION)["kind"] == "answer"
    assert_ready(installed.site)


def test_the_canary_leaves_no_trace(installed: Clinic) -> None:
    before = rows(installed), installed.site.call("GET", "/metrics").text
    kept = keys(installed)
    assert_ready(installed.site)
    assert (rows(installed), installed.site.call("GET", "/metrics").text) == before
    # What is counted by the minute may have come to its end meanwhile.
    assert keys(installed) <= kept


def test_forgetting_leaves_nothing_behind(installed: Clinic) -> None:
    before = rows(installed), keys(installed)
    visitor = installed.site.visitor()
    for _ in range(6):
        reply = visitor.ask(QUESTION)
    rating = {"reply": reply["id"], "helpful": True, "comment": "clear"}
    assert visitor.call("POST", "/feedback", json=rating).status_code == 204
    assert rows(installed) != before[0]
    assert visitor.call("DELETE", "/conversations").status_code == 204
    assert rows(installed) == before[0]
    # Rate limits of addresses and what is counted by the minute may have been added.
    added = keys(installed) - before[1]
    assert all(key.startswith(b"LIMITER/") for key in added), added
    assert not any(b"conversation" in key for key in added), added
    assert installed.postgres
    with psycopg2.connect(**login(installed.postgres)) as connection:
        cursor = connection.cursor()
        cursor.execute("select count(*) from website_feedback")
        assert cursor.fetchone() == (0,)


def test_two_messages_at_once_are_answered_in_order(installed: Clinic, visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    installed.relay.mode = "hold"
    texts = ["What are the risks?", "What is the cement made of?"]
    with ThreadPoolExecutor() as pool:
        first = pool.submit(visitor.ask, texts[0])
        assert installed.relay.reached.wait(60)
        second = pool.submit(visitor.ask, texts[1])
        # It should come while the first is held; where it is later, the order is the same.
        time.sleep(0.5)
        installed.relay.release()
        replies = [first.result(), second.result()]
    turns = visitor.turns()[3:]
    assert [t["text"] for t in turns if t["from"] == "patient"] == texts
    assert [t["id"] for t in turns if t["from"] == "assistant"] == [r["id"] for r in replies]
    assert [r["kind"] for r in replies] == ["answer", "answer"]


def test_a_client_that_leaves_mid_turn_loses_nothing(installed: Clinic, visitor: Visitor) -> None:
    installed.relay.mode = "hold"
    with visitor.sending(QUESTION):
        assert installed.relay.reached.wait(60)
    # Whoever is served now comes after the one that has left.
    visitor.turns()
    installed.relay.release()
    until(lambda: len(visitor.turns()) == 3)
    _, asked, answered = visitor.turns()
    assert asked["text"] == QUESTION
    assert answered["kind"] == "answer"


def test_the_context_outlives_a_session(visitor: Visitor) -> None:
    """Sessions have four messages here; each pair of these falls otherwise."""
    for filler in range(5):
        for _ in range(filler % 2):
            visitor.ask("thank you")
        visitor.ask("What are the risks of kyphoplasty?")
        about = visitor.ask("and for vertebroplasty?")
        assert about["kind"] == "answer"
        assert "infection" in about["text"].lower()
        assert visitor.ask("where does that come from?")["kind"] == "sources"
