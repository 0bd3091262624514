"""Stores that go away: refused in plain words, never an empty conversation."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.channels.databases import Server, own_postgres, own_redis, tracker_store
from tests.channels.site import Site, straw_site
from tests.channels.test_contract import assert_problem


def assert_ready(site: Site, failed: str | None = None) -> None:
    time.sleep(2.1)  # an outcome holds for two seconds
    answer = site.call("GET", "/ready")
    if failed is None:
        assert answer.status_code == 200, answer.text
    else:
        assert assert_problem(answer, 503)["failed"] == failed
        assert int(answer.headers["Retry-After"]) >= 1


def assert_calls_are_unavailable(site: Site, token: dict[str, str]) -> None:
    for method, path, body in (
        ("POST", "/conversations", None),
        ("POST", "/messages", {"text": "x"}),
        ("GET", "/messages", None),
        ("POST", "/feedback", {"reply": "r", "helpful": True}),
        ("DELETE", "/conversations", None),
    ):
        problem = assert_problem(site.call(method, path, json=body, headers=token), 503)
        # Also without the assistant the patient is told whom to call.
        assert "661-480-5956" in problem["detail"]
        assert "911" in problem["detail"]


def test_a_broken_database_file(tmp_path: Path) -> None:
    file = tmp_path / "c.db"
    with straw_site(tmp_path) as site:
        visitor = site.visitor()
        visitor.ask("before")
        assert_ready(site)
        file.rename(tmp_path / "away")
        file.mkdir()
        assert_calls_are_unavailable(site, visitor.headers)
        assert_ready(site, failed="tracker store")
        file.rmdir()
        (tmp_path / "away").rename(file)
        assert_ready(site)
        visitor.ask("after")
        said = [turn["text"].split(" |")[0] for turn in visitor.turns()[1:]]
        assert said == ["before", "before", "after", "after"]


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with own_postgres(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "redis"
    folder.mkdir()
    with own_redis(folder) as server:
        yield server


def test_postgresql_away_and_back(postgres: Server, tmp_path: Path) -> None:
    with straw_site(tmp_path, endpoints={"tracker_store": tracker_store(postgres)}) as site:
        visitor = site.visitor()
        visitor.ask("before")
        assert_ready(site)
        postgres.stop()
        assert_calls_are_unavailable(site, visitor.headers)
        assert_ready(site, failed="tracker store")
        postgres.start()
        # The connections kept from before are replaced without an error.
        visitor.ask("after")
        assert_ready(site)
        said = [turn["text"].split(" |")[0] for turn in visitor.turns()[1:]]
        assert said == ["before", "before", "after", "after"]
        assert visitor.call("DELETE", "/conversations").status_code == 204
        assert_problem(visitor.call("GET", "/messages"), 401)


def test_redis_locks_away_and_back(redis_server: Server, tmp_path: Path) -> None:
    locks = {"type": "redis", "url": "127.0.0.1", "port": redis_server.port}
    stores = {"type": "SQL", "dialect": "sqlite", "db": str(tmp_path / "c.db")}
    points = {"lock_store": locks, "tracker_store": stores}
    with straw_site(tmp_path, endpoints=points) as site:
        visitor = site.visitor()
        visitor.ask("before")
        assert_ready(site)
        redis_server.stop()
        answer = visitor.send(text="meanwhile")
        assert_problem(answer, 503)
        assert_ready(site, failed="lock store")
        # Reading needs no lock.
        assert len(visitor.turns()) == 3
        redis_server.start()
        visitor.ask("after")
        assert_ready(site)


def test_conversations_in_redis(redis_server: Server, tmp_path: Path) -> None:
    store = {"type": "redis", "url": "127.0.0.1", "port": redis_server.port}
    with straw_site(tmp_path, {"session_turns": 3}, {"tracker_store": store}) as site:
        visitor = site.visitor()
        visitor.ask("remember the okapi")
        last = [visitor.ask(f"question {n}")["text"] for n in range(8)]
        assert all("subject the okapi" in text for text in last)
        assert len(visitor.turns()) == 1 + 2 * 9
        assert_ready(site)
        rating = {"reply": visitor.turns()[-1]["id"], "helpful": True}
        assert visitor.call("POST", "/feedback", json=rating).status_code == 204
        assert visitor.call("DELETE", "/conversations").status_code == 204
        assert_problem(visitor.send(text="x"), 401)
        redis_server.stop()
        assert_calls_are_unavailable(site, visitor.headers)


def test_two_servers_share_conversations_and_limits(
    postgres: Server, redis_server: Server, tmp_path: Path
) -> None:
    locks = {"type": "redis", "url": "127.0.0.1", "port": redis_server.port}
    points = {"lock_store": locks, "tracker_store": tracker_store(postgres)}
    settings = {
        "secret": "shared by two servers, long enough",
        "turns_per_minute": 4,
        "limits_storage": f"redis://127.0.0.1:{redis_server.port}/2",
    }
    folders = [tmp_path / "one", tmp_path / "two"]
    with ExitStack() as stack:
        sites = []
        for folder in folders:
            folder.mkdir()
            sites.append(stack.enter_context(straw_site(folder, settings, points)))
        one = sites[0].visitor()
        headers = one.headers
        texts = [
            site.call("POST", "/messages", json={"text": "x"}, headers=headers)
            for site in (*sites, *sites, *sites)
        ]
        assert [answer.status_code for answer in texts] == [200] * 4 + [429] * 2
        assert texts[3].json()["replies"][0]["text"].endswith("asked 3")
        assert sites[1].call("DELETE", "/conversations", headers=headers).status_code == 204
        assert_problem(sites[0].call("GET", "/messages", headers=headers), 401)
        redis_server.stop()
        # Without the shared counts each server counts by itself, and goes on.
        answer = sites[0].call("POST", "/conversations")
        assert answer.status_code == 201


def test_the_canary_leaves_no_trace(straw: Site) -> None:
    def rows() -> list[tuple[str]]:
        with sqlite3.connect(straw.folder / "c.db") as database:
            return database.execute("select distinct sender_id from events").fetchall()

    before, figures = rows(), straw.call("GET", "/metrics").text
    assert_ready(straw)
    assert rows() == before
    assert straw.call("GET", "/metrics").text == figures
