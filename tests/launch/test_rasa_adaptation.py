"""What is changed of Rasa: what a message is read with, and what is said where something fails."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils import log_utils
from rasa.utils.endpoints import EndpointConfig

from knowledge.loader import LiveStore
from launch import rasa_adaptation
from launch.environment import ROOT
from launch.rasa_adaptation import with_earlier
from nlu_components.earlier import EARLIER

WORD = "tamarillo"
CHANGED = (
    (RemoteAction, "run"),
    (RemoteAction, "_validate_action_result"),
    (RemoteAction, "_action_call_format"),
    (MessageProcessor, "_parse_message_with_graph"),
    (EndpointConfig, "request"),
    (FailSafeTrackerStore, "on_tracker_store_error"),
    (FailSafeTrackerStore, "on_tracker_store_retrieve_error"),
    (log_utils, "_anonymizer"),
)


@pytest.fixture
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes back at the end what the test installs."""
    for where, name in CHANGED:
        monkeypatch.setattr(where, name, getattr(where, name))


def test_what_was_answered_before_goes_with_a_copy() -> None:
    message = UserMessage("how much of it", metadata={"page": "x"})
    slots = {"subject": "ask_cement_material", "shown_facts": ["a", "b+more"], "procedure": None}
    copied = with_earlier(message, slots)
    assert copied.metadata == {
        "page": "x",
        EARLIER: {"subject": "ask_cement_material", "shown": ["a", "b+more"]},
    }
    assert (copied.text, copied.sender_id) == (message.text, message.sender_id)
    assert message.metadata == {"page": "x"}


def test_what_a_client_says_was_answered_before_is_dropped() -> None:
    message = UserMessage("hello", metadata={"page": "x", EARLIER: "something"})
    copied = with_earlier(message, {"subject": None, "shown_facts": None})
    assert copied.metadata == {"page": "x", EARLIER: None}


@pytest.mark.usefixtures("as_it_was")
def test_the_failure_reply_has_the_phone_that_the_clinic_has_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*given: Any, **named: Any) -> None:
        raise RuntimeError(WORD)

    facts = tmp_path / "facts"
    shutil.copytree(ROOT / "facts", facts)
    live = LiveStore(facts, every=0.0)
    monkeypatch.setattr(rasa_adaptation, "live_store", lambda _: live)
    monkeypatch.setattr(RemoteAction, "run", broken)
    rasa_adaptation.install()
    action, tracker = SimpleNamespace(name=lambda: "a"), DialogueStateTracker("c", [])

    def phone() -> str:
        (event,) = asyncio.run(RemoteAction.run(action, None, None, tracker, None))
        return str(event.metadata["reply"]["phone"])

    assert phone() == "661-480-5956"
    clinic = facts / "clinic.yml"
    clinic.write_text(clinic.read_text().replace("661-480-5956", "661-555-0143") + "# new\n")
    assert phone() == "661-555-0143"


@pytest.mark.usefixtures("as_it_was")
def test_a_tracker_store_that_fails_is_logged_by_the_kind_of_its_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken(TrackerStore):
        async def save(self, tracker: DialogueStateTracker) -> None:
            raise ValueError(f"insert {WORD}")

        async def retrieve(self, sender_id: str) -> None:
            raise ValueError(f"select {WORD}")

    rasa_adaptation.install()
    store = FailSafeTrackerStore(Broken(Domain.empty()))
    asyncio.run(store.save(DialogueStateTracker("c", [])))
    assert asyncio.run(store.retrieve("c")) is None
    assert caplog.text.count("The tracker store failed (ValueError)") == 2
    assert WORD not in caplog.text

    told: list[Exception] = []
    asyncio.run(FailSafeTrackerStore(Broken(Domain.empty()), told.append).retrieve("c"))
    assert len(told) == 1
