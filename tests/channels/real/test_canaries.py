"""Planted identifiers, looked for in everything that a clinic's servers write.

The servers are real; some errors are made to happen (``breaking_rasa.py`` and
``breaking_actions.py``), each with the patient's message in its text, as libraries do.
Identifiers must be nowhere at all. The words of a message may be in the conversation's
store and nowhere else.
"""

from __future__ import annotations

import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg2
import pytest
import redis
import requests

from knowledge.records import FactStore
from launch.environment import ROOT
from tests.channels.databases import login
from tests.channels.real.clinic import Clinic, clinic
from tests.channels.site import until

# A word that names nobody and that no reply, fact or rule of ours holds.
WORD = "tamarillo"
# What somebody types, and what of it must never be found again.
PLANTED = {
    "my name is Wilhelmina Kowalczyk": ["wilhelmina", "kowalczyk"],
    "call me at 661-555-0147": ["555-0147", "5550147"],
    "write to w.kowal7@example.org": ["w.kowal7"],
    "my social is 219-09-9471": ["219-09-9471", "219099471"],
    "I was born on 3/14/1941": ["3/14/1941"],
    "my MRN is 88273645": ["88273645"],
    "my Medicare number is 1EG4-TE5-MK73": ["1eg4-te5", "1eg4te5"],
    # Five digits: four stand in one of a hundred runs by chance, in a random id or a length.
    "I live at 48217 Juniper Hills Road, Palmdale, CA 93551": ["48217", "93551"],
    "my card is 4556 7375 8689 9855": ["4556 7375", "8689 9855", "4556737586899855"],
    "see https://wk-spine.example.org/me": ["wk-spine"],
}
# Where the patient sits, as the clinic's proxy tells it.
ADDRESS = "203.0.113.77"
SECRETS = sorted({ADDRESS, *(secret for found in PLANTED.values() for secret in found)})
BREAKS = [
    "break the model",
    "break the policy",
    "break the listening",
    "break the store",
    "break in the action",
    "break in the server",
    "break the thread",
    "break later",
]


@dataclass
class Traces:
    """All that was written while patients wrote and things broke.

    ``places`` holds what must have neither words nor identifiers, ``stores`` what may
    hold masked words, ``told`` the responses.
    """

    places: dict[str, bytes] = field(default_factory=dict)
    stores: dict[str, bytes] = field(default_factory=dict)
    told: bytes = b""
    replies: int = 0


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL and Redis"])
def traces(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, store: FactStore
) -> Iterator[Traces]:
    folder = tmp_path_factory.mktemp("canaries")
    began = time.time()
    databases = request.param != "SQLite"
    settings = {"trusted_proxies": 1, "session_turns": 7}
    traces = Traces()
    with clinic(folder, databases, settings, breaking=True) as running:
        running.relay.seen = bytearray()
        _keep_plain(running)
        watch = _monitor(running) if running.redis else None
        _converse(running, traces, store)
        traces.places["metrics"] = running.site.call("GET", "/metrics").content
        _crash(running)
        if watch:
            watch.terminate()
            watch.wait()
            commands = (folder / "commands.log").read_bytes()
            traces.places["every command that Redis got"] = commands
            traces.places["what Redis holds"] = _redis_content(running)
        traces.stores["calls of the action server"] = bytes(running.relay.seen)
        traces.stores |= _database_files(running)
    traces.places["Rasa's log"] = (folder / "server.log").read_bytes()
    traces.places["the action server's log"] = (folder / "actions.log").read_bytes()
    if databases:
        traces.places["PostgreSQL's log"] = (folder / "postgres/database.log").read_bytes()
        traces.places["Redis' log"] = (folder / "redis/database.log").read_bytes()
    traces.places["the project's own files"] = _written_since(began)
    yield traces


def _keep_plain(running: Clinic) -> None:
    """Have PostgreSQL write long values as they are: a search of what it compresses is blind."""
    if not running.postgres:
        return
    with psycopg2.connect(**login(running.postgres)) as connection, connection.cursor() as ask:
        ask.execute("SET lock_timeout = '10s'")
        ask.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN ('text', 'character varying')"
        )
        columns = ask.fetchall()
        assert columns
        for table, column in columns:
            ask.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STORAGE EXTERNAL')


def _converse(running: Clinic, traces: Traces, store: FactStore) -> None:
    """Normal turns, refused ones, and ones in which something breaks."""
    site, relay = running.site, running.relay
    site.http.headers["X-Forwarded-For"] = f"{ADDRESS}"
    visitor, gone = site.visitor(), site.visitor()
    answers = []

    def say(text: str, who: Any = visitor) -> None:
        answers.append(who.send(text=text))
        assert answers[-1].status_code == 200, answers[-1].text
        (reply,) = answers[-1].json()["replies"]
        assert reply["text"]
        assert reply["disclaimer"]
        traces.replies += 1

    for planted in PLANTED:
        say(f"{WORD}, {planted}. How long is the recovery?")
        say(f"What are the risks? {planted}", gone)
        for breaks in BREAKS:
            if breaks == "break the store":
                # Nothing was kept: told in plain words, with whom to call.
                answers.append(visitor.send(text=f"{breaks} {WORD} {planted}"))
                assert answers[-1].status_code == 503
                assert "661-480-5956" in answers[-1].json()["detail"]
            else:
                say(f"{breaks} {WORD} {planted}")
        refused = f"{WORD} {planted}"
        for body in (
            {"text": refused * 60},
            {"text": [refused]},
            {"choice": refused},
            {"text": f"{refused} \ud800"},
            {"text": refused, "choice": refused},
            {"text": {"sender": refused}},
        ):
            answers.append(visitor.send(**body))
        claims = {"sender": refused, "metadata": {"name": refused}, "input_channel": refused}
        answers.append(visitor.send(text="How long is it?", **claims))
        answers.append(site.call("GET", "/messages", params={"token": refused}))
        answers.append(site.call("GET", f"/{refused}"))
        answers.append(site.call("POST", "/messages", json={}, headers={"Authorization": refused}))
        rating = {"reply": visitor.turns()[-1]["id"], "helpful": False, "comment": planted}
        answers.append(visitor.call("POST", "/feedback", json=rating))
        assert answers[-1].status_code == 204
    for mode in ("refuse", "nonsense", "hang"):
        relay.mode = mode
        say(f"{WORD} {' and '.join(list(PLANTED)[:4])}")
    relay.mode = "pass"
    answers += [visitor.call("GET", "/messages"), gone.call("DELETE", "/conversations")]
    answers.append(site.call("GET", "/ready"))
    for answer in answers:
        _assert_told_to_the_patient_alone(answer, store.phrases["part_unanswered"])
    traces.told = b"".join(answer.content + str(answer.headers).encode() for answer in answers)


def _assert_told_to_the_patient_alone(answer: requests.Response, quotes: str) -> None:
    """A patient's words come back in their history and behind the phrase that names
    what a reply leaves unanswered, nowhere else."""
    if answer.request.method == "GET" and answer.ok and "/messages" in str(answer.request.url):
        return
    unquoted = re.sub(re.escape(quotes) + r"[^\n\\]*", "", answer.text)
    assert WORD not in unquoted.lower()


def _crash(running: Clinic) -> None:
    """End Rasa in the middle of a turn, as a crash of the interpreter does."""
    visitor = running.site.visitor()
    running.relay.mode = "hold"
    text = f"{WORD} {' and '.join(list(PLANTED)[:5])}"

    def send() -> None:
        with pytest.raises(OSError):
            visitor.send(text=text)

    sender = threading.Thread(target=send)
    sender.start()
    assert running.relay.reached.wait(60)
    running.rasa.send_signal(signal.SIGABRT)
    assert running.rasa.wait(20) == -signal.SIGABRT
    sender.join()


def _monitor(running: Clinic) -> subprocess.Popen[bytes]:
    assert running.redis
    command = ["redis-cli", "-p", str(running.redis.port), "monitor"]
    # Not a pipe: nobody reads it meanwhile, and it holds no more than 64 KB.
    with (running.folder / "commands.log").open("wb") as log:
        watch = subprocess.Popen(command, stdout=log)
    # It says "OK" when it begins.
    until(lambda: (running.folder / "commands.log").stat().st_size > 0)
    return watch


def _redis_content(running: Clinic) -> bytes:
    assert running.redis
    found = []
    for database in range(16):
        client = redis.Redis(port=running.redis.port, db=database)
        for key in client.scan_iter():
            kept = client.get(key) if client.type(key) == b"string" else client.dump(key)
            found += [key, kept or b""]
    return b" ".join(found)


def _database_files(running: Clinic) -> dict[str, bytes]:
    """The bytes of all files in which the conversations may lie."""
    if not running.postgres:
        files = sorted(running.folder.glob("c.db*"))
    else:
        # At its end it writes all that it held in memory.
        running.postgres.stop()
        files = [p for p in (running.folder / "postgres/data").rglob("*") if p.is_file()]
    return {"the files of the conversations": b"".join(path.read_bytes() for path in files)}


def _written_since(moment: float) -> bytes:
    """All files of the project that were written meanwhile: caches, models, core dumps."""
    found = []
    for room in ("", "data", "facts", "models", ".cache", "tests", ".rasa"):
        paths = (ROOT / room).rglob("*") if room else ROOT.glob("*")
        for path in paths:
            # Other tests run beside this one, and their files may be gone again.
            with suppress(FileNotFoundError):
                if path.is_file() and path.stat().st_mtime >= moment and path.suffix != ".pyc":
                    found.append(str(path).encode() + path.read_bytes())
    return b" ".join(found)


def test_the_search_finds_what_is_there(traces: Traces) -> None:
    """Else all below would pass on empty files."""
    kept = traces.stores["the files of the conversations"]
    assert kept.count(WORD.encode()) > 50
    for mark in (b"[name]", b"[phone]", b"[email]", b"[ssn]", b"[date of birth]", b"[address]"):
        assert mark in kept
    assert WORD.encode() in traces.stores["calls of the action server"]
    assert b"patient_faq_redactions_total" in traces.places["metrics"]
    assert traces.replies > 80
    for place in ("Rasa's log", "the action server's log"):
        log = traces.places[place]
        # The errors did happen, and are told by kind and place.
        assert b"Error" in log
        # Our own errors still say what is away.
        assert b"the tracker store is away" in log or place != "Rasa's log"
        assert b'File "' in log or place == "Rasa's log"
    assert b"breaking_actions.py" in traces.places["the action server's log"]
    assert b"breaking_rasa.py" in traces.places["Rasa's log"]


@pytest.mark.parametrize("secret", SECRETS)
def test_an_identifier_is_nowhere(traces: Traces, secret: str) -> None:
    everywhere = {**traces.places, **traces.stores, "the responses": traces.told}
    assert _finds(everywhere, secret) == {}


def test_the_words_are_in_the_conversation_alone(traces: Traces) -> None:
    assert _finds(traces.places, WORD) == {}


def _finds(places: Mapping[str, bytes], word: str) -> dict[str, bytes]:
    """Where the word stands, with what stands around it."""
    # Digits inside of a longer number, as of a timestamp, are no finding.
    pattern = rb"(?<![0-9.])" + re.escape(word.encode()) + rb"(?![0-9])"
    found = {place: re.search(pattern, text.lower()) for place, text in places.items()}
    return {
        place: match.string[max(0, match.start() - 60) : match.end() + 60]
        for place, match in found.items()
        if match
    }
