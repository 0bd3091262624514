"""What a patient wrote is in their conversation and nowhere else."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from channels import assistant, masking
from channels.assistant import Assistant, NoConversationError
from channels.doors import Call
from channels.masking import Masked, Unmasked, identifier_mask, published
from channels.metrics import Metrics
from channels.problems import ProblemError
from channels.replies import welcome
from channels.routes import Routes
from channels.settings import Settings
from channels.tokens import Tokens
from channels.turns import Turns
from channels.website import WebsiteInput
from knowledge.loader import LiveStore, load_store
from launch.environment import ROOT
from tests.channels.site import CHANNEL, OPEN, Site, Visitor, sqlite, straw_site, until
from tests.channels.stub_server import StrawProcessor

CANARY = "tamarillo"


def test_nothing_of_it_is_logged_echoed_or_counted(straw: Site, visitor: Visitor) -> None:
    refused = []
    for text in (CANARY, f"raise {CANARY}", f"nothing {CANARY}", f"/{CANARY}"):
        visitor.send(text=text)
    for body in (
        {"text": CANARY * 200},
        {"text": [CANARY]},
        {"choice": CANARY},
        {"text": f"{CANARY} \ud800"},
        {"text": CANARY, "choice": CANARY},
    ):
        refused.append(visitor.send(**body))
    refused.append(visitor.call("POST", "/feedback", json={"reply": CANARY, "helpful": True}))
    refused.append(visitor.call("GET", f"/{CANARY}"))
    refused.append(
        straw.call("POST", "/messages", json={"text": CANARY}, headers={"Authorization": CANARY})
    )
    refused.append(straw.call("POST", "/conversations", headers={"Origin": CANARY}))
    for answer in refused:
        assert 400 <= answer.status_code < 500
        assert CANARY not in answer.text
        assert CANARY not in str(answer.headers)
    assert CANARY not in straw.log()
    assert CANARY not in straw.call("GET", "/metrics").text
    assert visitor.started["token"] not in straw.log()


def test_identifiers_are_masked_before_anything_is_kept(tmp_path: Path) -> None:
    pytest.importorskip("safety.identifiers")
    with straw_site(tmp_path, {"mask_identifiers": True}) as site:
        visitor = site.visitor()
        reply = visitor.ask("call me at 661-555-0143 or mail ann.lee@example.org")
        rating = {"reply": reply["id"], "helpful": True, "comment": "I am at 661-555-0144"}
        assert visitor.call("POST", "/feedback", json=rating).status_code == 204
        kept = (tmp_path / "c.db").read_bytes()
        for secret in (b"555-0143", b"ann.lee", b"555-0144"):
            assert secret not in kept
        assert "[phone]" in visitor.turns()[1]["text"]
        assert site.metric('patient_faq_redactions_total{kind="phone"}') == 2
        assert site.metric('patient_faq_redactions_total{kind="email"}') == 1


def test_what_the_clinic_and_the_sources_publish_stays() -> None:
    kept = published(load_store(ROOT / "facts"))
    assert "661-480-5956" in kept
    assert "Alliance Vascular" in kept
    assert "Dr. Davidson" in kept
    assert "Davidson" not in kept


def test_a_phone_that_the_clinic_changes_stays_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(ROOT / "facts", facts)
    live = LiveStore(facts, every=0.0)
    monkeypatch.setattr(masking, "live_store", lambda _: live)
    mask, said = identifier_mask(True), "I called 661-555-0143"
    assert mask(said).text == "I called [phone]"
    clinic = facts / "clinic.yml"
    clinic.write_text(clinic.read_text().replace("661-480-5956", "661-555-0143") + "# new\n")
    assert mask(said).text == said
    clinic.write_text("broken")
    assert mask(said).text == said


def test_a_mask_that_fails_hands_nothing_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> Masked:
        raise ValueError(text)

    async def yes(self: Assistant, conversation: str) -> bool:
        return True

    monkeypatch.setattr(Assistant, "exists", yes)
    settings = Settings(secret="k" * 32)
    routes = Routes(settings, Assistant(5), broken)
    token = Tokens(settings.secret, 60).issue("0" * 32)
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    request: Any = SimpleNamespace(ip="127.0.0.1", headers=headers)
    answer = asyncio.run(routes._send(Call(request, b'{"text": "tamarillo"}')))
    (reply,) = json.loads(answer.body)["replies"]
    assert reply["kind"] == "error"
    assert CANARY not in reply["text"]


def aged(folder: Path, visitor: Visitor, days: int) -> None:
    """Let the first turn of the visitor's conversation be so many days old."""
    reply = visitor.turns()[-1]["id"]
    with sqlite3.connect(folder / "c.db") as database:
        (name,) = database.execute(
            "select sender_id from events where data like ?", (f"%{reply}%",)
        ).fetchone()
        database.execute(
            "update events set timestamp = timestamp - ? where sender_id = ?",
            (days * 86_400, name),
        )


def test_old_conversations_are_deleted_at_the_start(tmp_path: Path) -> None:
    with straw_site(tmp_path) as site:
        old, young = site.visitor(), site.visitor()
        old.ask("old tamarillo")
        young.ask("young")
    with straw_site(tmp_path) as site:
        aged(tmp_path, Visitor(site, old.started), 31)
    with straw_site(tmp_path) as site:
        until(lambda: site.metric('patient_faq_conversations_deleted_total{cause="expired"}') == 1)
        assert Visitor(site, old.started).call("GET", "/messages").status_code == 401
        assert len(Visitor(site, young.started).turns()) == 3
    assert CANARY.encode() not in (tmp_path / "c.db").read_bytes()


def test_old_conversations_are_looked_for_daily_and_sooner_after_a_failure(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    channel = WebsiteInput(Settings(secret="k" * 32, conversation_lifetime_days=7), Unmasked)
    outcomes: list[Any] = [RuntimeError(CANARY), 3, 0, asyncio.CancelledError()]
    asked, slept = [], []

    async def purge(days: int) -> int:
        asked.append(days)
        outcome = outcomes[len(asked) - 1]
        if isinstance(outcome, BaseException):
            raise outcome
        return int(outcome)

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(channel._assistant, "purge", purge)
    monkeypatch.setattr("channels.website.asyncio.sleep", sleep)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(channel._purge_daily())
    assert asked == [7] * 4
    assert slept == [3600, 86_400, 86_400]
    assert CANARY not in caplog.text


def test_the_purge_command(tmp_path: Path) -> None:
    with straw_site(tmp_path) as site:
        old, young = site.visitor(), site.visitor()
        old.ask("old tamarillo")
        young.ask("young")
        aged(tmp_path, old, 8)
    (tmp_path / "week.yml").write_text(
        yaml.safe_dump({CHANNEL: {**OPEN, "conversation_lifetime_days": 7}})
    )
    (tmp_path / "points.yml").write_text(yaml.safe_dump(sqlite(tmp_path)))
    command = [sys.executable, "-W", "ignore", "-m", "channels.purge"]
    command += ["--credentials", str(tmp_path / "week.yml")]
    command += ["--endpoints", str(tmp_path / "points.yml")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == "Deleted 1 conversations that began more than 7 days ago."
    with straw_site(tmp_path) as site:
        assert Visitor(site, old.started).call("GET", "/messages").status_code == 401
        assert len(Visitor(site, young.started).turns()) == 3


@pytest.mark.parametrize(
    ("option", "content", "said"),
    [
        ("--credentials", {CHANNEL: {"turns": 1}}, "credentials.yml: the website channel knows no"),
        ("--credentials", {"website": {}}, f"c.yml: the section '{CHANNEL}:' is missing"),
        ("--endpoints", {"tracker_stor": {"type": "SQL"}}, "c.yml: Rasa knows no 'tracker_stor'"),
        ("--endpoints", {"tracker_store": {"type": "sqlite"}}, "or redis, not 'sqlite'."),
        ("--endpoints", None, "c.yml cannot be read: "),
        (
            "--endpoints",
            {"tracker_store": {"type": "SQL", "dialect": "sqlite", "db": "/no-such-folder/c.db"}},
            "c.yml cannot be used (OperationalError). Start or mend it, then try again.",
        ),
    ],
)
def test_the_purge_command_says_what_is_wrong(
    option: str, content: Any, said: str, tmp_path: Path
) -> None:
    if content:
        (tmp_path / "c.yml").write_text(yaml.safe_dump(content))
    command = [sys.executable, "-m", "channels.purge", option, str(tmp_path / "c.yml")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ)
    assert ended.returncode == 1
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not ended.stdout


@pytest.mark.parametrize("typed", ["", "   ", "a" * 1001])
def test_the_channel_to_copy_answers_whatever_is_typed(typed: str) -> None:
    page = (ROOT / "docs" / "other-channels.md").read_text()
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    copied: dict[str, Any] = {}
    exec(code, copied)

    asked: list[UserMessage] = []

    async def ask(message: UserMessage) -> None:
        asked.append(message)

    reply = asyncio.run(copied["answer"](typed, "c", ask))
    assert not asked
    assert reply["kind"] == "error"
    assert reply["disclaimer"]


class SlowStore(SQLTrackerStore):
    """Saves when the test lets it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Domain.empty(), db=str(folder / "c.db"))
        self.saving, self.go = threading.Event(), threading.Event()
        self.go.set()

    async def save(self, tracker: DialogueStateTracker) -> None:
        self.saving.set()
        self.go.wait(60)
        await super().save(tracker)


def connected(store: SQLTrackerStore) -> Assistant:
    safe, domain = FailSafeTrackerStore(store), Domain.empty()
    agent: Any = SimpleNamespace(
        tracker_store=safe,
        lock_store=InMemoryLockStore(),
        domain=domain,
        processor=StrawProcessor(safe, domain),
        is_ready=lambda: True,
    )
    one = Assistant(session_turns=5)
    one.connect(agent)
    return one


def test_a_conversation_deleted_while_it_is_saved_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not met, however busy the machine is.
    monkeypatch.setattr(assistant, "_STORE_TIMEOUT", 300.0)
    settings = Settings(secret="k" * 32, reply_timeout_seconds=300)

    async def main() -> bool:
        store = SlowStore(tmp_path)
        one = connected(store)
        turns = Turns(settings, one, Metrics())
        await one.begin("c", welcome())
        store.saving.clear()
        store.go.clear()
        asked = asyncio.create_task(turns.answer(UserMessage("x", None, "c")))
        await asyncio.to_thread(store.saving.wait)
        forgotten = asyncio.create_task(turns.forget("c"))
        with pytest.raises(ProblemError):
            await asked
        done, _ = await asyncio.wait({forgotten}, timeout=0.3)
        store.go.set()
        await forgotten
        return bool(done) or await one.exists("c")

    assert not asyncio.run(main())


def test_a_rating_of_a_deleted_conversation_is_not_kept(tmp_path: Path) -> None:
    async def main() -> None:
        store = SlowStore(tmp_path)
        one = connected(store)
        await one.begin("c", welcome())
        await one.forget("c")
        with pytest.raises(NoConversationError):
            await one.rate("c", "r", ["a"], True, "")
        with store.engine.connect() as connection:
            assert not connection.execute("select * from website_feedback").fetchall()

    asyncio.run(main())
