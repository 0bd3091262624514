"""Every intent through real servers: one message, with its disclaimer."""

from __future__ import annotations

import uuid

import pytest
import yaml

from knowledge.records import FactStore
from launch.environment import ROOT
from tests.assistant.conftest import Ask, post
from tests.disclaimers import assert_carries_disclaimer

INTENTS = yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]


@pytest.mark.parametrize("intent", INTENTS)
def test_one_message_with_the_disclaimer(
    intent: str, ports: tuple[int, int], store: FactStore
) -> None:
    replies = post(ports[0], uuid.uuid4().hex, f"/{intent}")
    assert len(replies) == 1, replies
    text = replies[0]["text"]
    assert_carries_disclaimer(text, store)
    if intent in store.questions:
        assert "\nSource: " in text
        assert "Last reviewed " in text


CONVERSATION = [
    ("Hi there", "Hello"),
    ("do i need a drivver to take me home?", "driver"),
    ("how long is the recovry in the recovery room", "3 to 4 hours"),
    ("what are the risks of kyphoplasty", "risks"),
    ("and for vertebroplasty?", "infection"),
    ("say it more simply", "A nerve may be hurt"),
    ("where does that come from", "in the part"),
    ("is it done under local anesthesia and can I go home the same day?", "Will I be asleep?"),
    ("how much does it cost", "I can't answer that"),
    ("are you a robot", "computer program"),
    ("I want to talk to a nurse", "call"),
]


def test_a_conversation(ask: Ask, store: FactStore) -> None:
    for said, expected in CONVERSATION:
        replies = ask(said)
        assert len(replies) == 1, said
        assert_carries_disclaimer(replies[0]["text"], store)
        assert expected in replies[0]["text"], (said, replies[0]["text"])


def test_after_an_alarm_nothing_sounds_as_if_all_were_well(ask: Ask) -> None:
    for said in ("my legs are weak and tingly since this morning", "so should I wait till monday"):
        (reply,) = ask(said)
        assert "Call 911 now" in reply["text"] or "call 911 now" in reply["text"], said
