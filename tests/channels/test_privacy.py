"""What a patient wrote is in their conversation and nowhere else."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from channels.assistant import Assistant
from channels.doors import Call
from channels.masking import Masked, Unmasked, published
from channels.routes import Routes
from channels.settings import Settings
from channels.tokens import Tokens
from channels.website import WebsiteInput
from launch.environment import ROOT
from tests.channels.site import CHANNEL, OPEN, Site, Visitor, sqlite, straw_site

CANARY = "tamarillo"


def test_nothing_of_it_is_logged_echoed_or_counted(straw: Site, visitor: Visitor) -> None:
    refused = []
    for text in (
        CANARY,
        f"raise {CANARY}",
        f"nothing {CANARY}",
        f"/{CANARY}",
        f"wait 3.5 {CANARY}",
    ):
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
    kept = published(ROOT / "facts")
    assert "661-480-5956" in kept
    assert "Alliance Vascular" in kept
    assert "Dr. Davidson" in kept
    assert "Davidson" not in kept


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
        for _ in range(50):
            if site.metric('patient_faq_conversations_deleted_total{cause="expired"}') == 1:
                break
            time.sleep(0.1)
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
