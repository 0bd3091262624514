"""Every kind of store does the same: counts, reads back and forgets."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from rasa.core.tracker_store import (
    FailSafeTrackerStore,
    InMemoryTrackerStore,
    MongoTrackerStore,
    RedisTrackerStore,
    SQLTrackerStore,
    TrackerStore,
)
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from channels.feedback import FeedbackBook
from channels.forgetting import erase, purge
from channels.settings import SettingsError
from channels.stores import conversations_of
from channels.stores.base import ConversationStore
from channels.stores.configured import check_endpoints
from channels.stores.waiting import off_the_loop
from launch.environment import ROOT
from tests.channels.databases import own_postgres, own_redis, tracker_store

DOMAIN = Domain.empty()
CANARY = "zebra-crossing-canary"


def rasas(kind: str, folder: Path) -> Iterator[TrackerStore]:
    if kind == "memory":
        yield InMemoryTrackerStore(DOMAIN)
    elif kind == "sqlite":
        yield SQLTrackerStore(DOMAIN, db=str(folder / "c.db"))
    elif kind == "redis":
        with own_redis(folder) as server:
            yield RedisTrackerStore(DOMAIN, host="127.0.0.1", port=server.port, key_prefix="faq")
    else:
        with own_postgres(folder) as server:
            yield SQLTrackerStore(DOMAIN, "postgresql", host=tracker_store(server)["url"])


@pytest.fixture(scope="module", params=["memory", "sqlite", "redis", "postgresql"])
def tracker(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TrackerStore]:
    for store in rasas(request.param, tmp_path_factory.mktemp(request.param)):
        yield FailSafeTrackerStore(store)


@pytest.fixture
def store(tracker: TrackerStore) -> ConversationStore:
    return conversations_of(tracker)


def converse(tracker: TrackerStore, name: str, turns: int, begun: float | None = None) -> None:
    began = begun or time.time()
    events = [
        ActionExecuted("action_session_start", timestamp=began),
        SessionStarted(timestamp=began),
    ]
    for n in range(turns):
        reply = {"id": f"{name}-{n}", "kind": "answer", "text": "x", "disclaimer": "y"}
        at = began + n + 1
        events += [
            UserUttered(f"{CANARY} {n}", timestamp=at),
            BotUttered("x", metadata={"reply": reply}, timestamp=at),
            ActionExecuted("action_listen", timestamp=at),
        ]
    one = DialogueStateTracker(name, DOMAIN.slots)
    one.update_with_events(events, DOMAIN, override_timestamp=False)
    asyncio.run(tracker.save(one))


def test_turns_of_the_session_are_counted(tracker: TrackerStore, store: ConversationStore) -> None:
    assert store.session_turns("counted", 10) is None
    converse(tracker, "counted", 3)
    assert store.session_turns("counted", 10) == 3
    assert store.session_turns("counted", 2) == 2


def test_a_new_session_begins_at_nothing(tracker: TrackerStore, store: ConversationStore) -> None:
    converse(tracker, "renewed", 2)
    one = asyncio.run(tracker.retrieve("renewed"))
    assert one
    one.update_with_events([ActionExecuted("action_session_start"), SessionStarted()], DOMAIN)
    asyncio.run(tracker.save(one))
    assert store.session_turns("renewed", 10) == 0
    assert len(store.recent("renewed", ("user",), 10)) == 2


def test_the_last_events_are_read_oldest_first(
    tracker: TrackerStore, store: ConversationStore
) -> None:
    converse(tracker, "read", 4)
    events = store.recent("read", ("user",), 2)
    assert [event["text"] for event in events] == [f"{CANARY} 2", f"{CANARY} 3"]
    assert store.recent("nobody", ("user",), 2) == []


def test_deleting_takes_this_one_and_no_other(
    tracker: TrackerStore, store: ConversationStore
) -> None:
    converse(tracker, "gone", 2)
    converse(tracker, "stays", 2)
    store.delete("gone")
    store.delete("gone")
    assert store.session_turns("gone", 10) is None
    assert asyncio.run(tracker.retrieve_full_tracker("gone")) is None
    assert store.session_turns("stays", 10) == 2


def test_what_began_long_ago_is_purged_with_its_ratings(
    tracker: TrackerStore, store: ConversationStore, tmp_path: Path
) -> None:
    month = 31 * 86_400
    converse(tracker, "old", 2, begun=time.time() - month)
    converse(tracker, "young", 2)
    feedback = FeedbackBook(store, tmp_path / "feedback.db")
    feedback.write("old-0", ["a"], True, "")
    feedback.write("young-0", ["a"], True, "")
    assert purge(store, feedback, days=30) == 1
    assert store.session_turns("old", 10) is None
    assert store.session_turns("young", 10) == 2
    assert purge(store, feedback, days=30) == 0


def test_a_rating_that_outlived_its_conversation_is_purged(tmp_path: Path) -> None:
    store = conversations_of(InMemoryTrackerStore(DOMAIN))
    feedback = FeedbackBook(store, tmp_path / "feedback.db")
    for reply in ("old", "young"):
        feedback.write(reply, ["a"], True, "")
    with feedback._engine.begin() as connection:
        connection.execute("update website_feedback set day = '2020-01-31' where reply = 'old'")
    assert purge(store, feedback, days=30) == 0
    with feedback._engine.connect() as connection:
        rows = connection.execute("select reply from website_feedback").fetchall()
    assert [row.reply for row in rows] == ["young"]


def test_a_rating_written_while_its_conversation_goes_goes_too(tmp_path: Path) -> None:
    tracker = SQLTrackerStore(DOMAIN, db=str(tmp_path / "c.db"))
    converse(tracker, "rated", 1)
    store = conversations_of(tracker)
    feedback = FeedbackBook(store, tmp_path / "unused.db")
    delete = store.delete

    def rated_before(conversation: str) -> None:
        feedback.write("rated-0", ["a"], True, "")
        delete(conversation)

    store.delete = rated_before  # type: ignore[method-assign]
    erase(store, feedback, "rated")
    with tracker.engine.connect() as connection:
        assert not connection.execute("select * from website_feedback").fetchall()


def test_a_save_over_its_time_is_waited_for_to_its_end() -> None:
    go, kept = threading.Event(), []

    class Slow(TrackerStore):
        async def save(self, tracker: DialogueStateTracker) -> None:
            go.wait(60)
            kept.append(tracker.sender_id)

    async def main() -> None:
        store = Slow(DOMAIN)
        saves = off_the_loop(store, seconds=0.01)
        assert not saves.of("slow")
        with pytest.raises(asyncio.TimeoutError):
            await store.save(DialogueStateTracker("slow", DOMAIN.slots))
        assert not saves.of("another")
        (saving,) = saves.of("slow")
        await asyncio.sleep(0)
        assert not saving.done()
        go.set()
        await saving
        assert kept == ["slow"]
        await asyncio.sleep(0)
        assert not saves.of("slow")

    asyncio.run(main())


def test_nothing_of_it_is_left_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "c.db"
    tracker = SQLTrackerStore(DOMAIN, db=str(file))
    converse(tracker, "gone", 50)
    converse(tracker, "stays", 1)
    assert file.read_bytes().count(CANARY.encode()) >= 51
    conversations_of(tracker).delete("gone")
    tracker.engine.dispose()
    # Rasa writes a text twice, in the event and in what was understood of it.
    assert file.read_bytes().count(CANARY.encode()) == 2


def test_every_connection_overwrites_what_it_deletes(tmp_path: Path) -> None:
    tracker = SQLTrackerStore(DOMAIN, db=str(tmp_path / "c.db"))
    # Where SQLite was built with it, it is on from the first.
    sa.event.listen(tracker.engine, "connect", lambda c, _: c.execute("PRAGMA secure_delete = OFF"))
    conversations_of(tracker)
    with tracker.engine.connect() as connection:
        assert connection.execute("PRAGMA secure_delete").scalar() == 1


def test_a_second_rating_replaces_the_first(tmp_path: Path) -> None:
    tracker = SQLTrackerStore(DOMAIN, db=str(tmp_path / "c.db"))
    feedback = FeedbackBook(conversations_of(tracker), tmp_path / "unused.db")
    feedback.write("r", ["a", "b"], True, "good")
    feedback.write("r", ["a", "b"], False, "bad")
    with tracker.engine.connect() as connection:
        rows = connection.execute("select * from website_feedback").fetchall()
    assert [tuple(row)[:4] for row in rows] == [("r", '["a", "b"]', False, "bad")]
    assert len(rows[0].day) == 10
    feedback.forget(["r", "another"])
    with tracker.engine.connect() as connection:
        assert not connection.execute("select * from website_feedback").fetchall()


def test_a_store_that_cannot_forget_is_refused() -> None:
    mongo = MongoTrackerStore.__new__(MongoTrackerStore)
    with pytest.raises(SettingsError, match="MongoTrackerStore"):
        conversations_of(mongo)


MEMORY = "rasa.core.tracker_store.InMemoryTrackerStore"


@pytest.mark.parametrize("kind", ["SQL", "sql", "redis", MEMORY])
def test_a_store_that_is_named_is_used(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "points.yml"
    file.write_text(yaml.safe_dump({"tracker_store": {"type": kind}, "lock_store": None}))
    check_endpoints(file)


def test_memory_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "points.yml"
    file.write_text(yaml.safe_dump({"tracker_store": {"type": MEMORY}}))
    store = TrackerStore.create(AvailableEndpoints.read_endpoints(str(file)).tracker_store)
    assert isinstance(store, InMemoryTrackerStore)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"tracker_store": {"type": "sqlite"}}, "not 'sqlite'"),
        ({"tracker_store": {"type": "postgresql"}}, "not 'postgresql'"),
        ({"tracker_store": {"type": "mongod"}}, "not 'mongod'"),
        ({"tracker_store": {"type": 5}}, "not 5"),
        ({"tracker_store": {"dialect": "sqlite"}}, "not None"),
        ({"tracker_store": "SQL"}, "not None"),
        ({"tracker_store": None}, "not None"),
        ({}, "not None"),
        ({"tracker_stor": {"type": "SQL"}}, "knows no 'tracker_stor'"),
        ({5: {}}, "knows no '5'"),
        ({"tracker_store": {"type": "SQL", "bd": "c.db"}}, "has no 'bd'. It has: db, dialect"),
        ({"tracker_store": {"type": "redis", "dialect": "sqlite"}}, "has no 'dialect'"),
        ({"tracker_store": {"type": "no.such.Store"}}, "not 'no.such.Store'"),
        (["tracker_store"], "cannot be read"),
    ],
)
def test_a_store_that_rasa_would_pass_over_is_refused(
    content: Any, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "points.yml"
    file.write_text(yaml.safe_dump(content))
    with pytest.raises(SettingsError, match=f"points.yml.*{said}"):
        check_endpoints(file)


def test_the_endpoints_that_ship_and_those_for_postgresql_are_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACTION_ENDPOINT", "http://127.0.0.1:1/webhook")
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "c.db"))
    check_endpoints(ROOT / "endpoints.yml")
    monkeypatch.setenv("POSTGRES_HOST", "db.example.org")
    monkeypatch.setenv("POSTGRES_PASSWORD", "a/b@c:1 x")
    page = (ROOT / "docs" / "privacy.md").read_text()
    (lines,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "points.yml"
    file.write_text(lines)
    check_endpoints(file)
    point = AvailableEndpoints.read_endpoints(str(file)).tracker_store
    assert point is not None
    url = SQLTrackerStore.get_db_url(host=point.url, **point.kwargs)
    assert (url.drivername, url.host, url.password) == ("postgresql", "db.example.org", "a/b@c:1 x")
