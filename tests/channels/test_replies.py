"""One whole reply, and a history as the patient saw it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

import pytest

from channels import history
from channels.replies import OneReply, failure, is_reply, welcome
from channels.stores.base import ConversationStore, Event
from knowledge.records import FactStore
from tests.disclaimers import assert_carries_disclaimer

GOOD = {"id": "1", "kind": "answer", "text": "Yes.", "disclaimer": "Ask your team. 911."}


def said(*messages: dict[str, Any]) -> OneReply:
    output = OneReply()
    for message in messages:
        asyncio.run(output.send_response("someone", message))
    return output


def test_a_reply_is_taken_whole() -> None:
    long = {**GOOD, "text": "One.\n\nTwo.", "table": {"columns": []}}
    assert said({"text": "One.\n\nTwo.", "reply": long}).reply == long


@pytest.mark.parametrize(
    "messages",
    [
        (),
        ({"text": "bare"},),
        ({"reply": GOOD}, {"reply": GOOD}),
        ({"reply": GOOD}, {"text": "and more"}),
        ({"reply": {**GOOD, "disclaimer": " "}},),
        ({"reply": {**GOOD, "text": ""}},),
        ({"reply": {k: v for k, v in GOOD.items() if k != "id"}},),
        ({"reply": "text"},),
    ],
)
def test_all_else_is_no_reply(messages: tuple[dict[str, Any], ...]) -> None:
    output = said(*messages)
    assert output.reply is None
    assert output.empty == (not messages)


def test_the_channels_own_replies_carry_the_disclaimer(
    store: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reply in (failure(), welcome()):
        assert is_reply(reply.payload())
        assert_carries_disclaimer(reply.payload(), store)
    assert failure().payload()["phone"] == store.clinic.phone
    assert welcome().kind == "greet"


class Events(ConversationStore):
    """Events of one conversation, from a list."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events
        self.asked: list[int] = []

    def session_turns(self, conversation: str, most: int) -> int | None:
        raise NotImplementedError

    def recent(self, conversation: str, types: Collection[str], most: int) -> list[Event]:
        self.asked.append(most)
        return [event for event in self.events if event["event"] in types][-most:]

    def delete(self, conversation: str) -> None:
        raise NotImplementedError

    def started_before(self, moment: float) -> list[str]:
        raise NotImplementedError


def user(text: str | None) -> Event:
    return {"event": "user", "text": text}


def bot(number: int, **more: Any) -> Event:
    return {"event": "bot", "metadata": {"reply": {**GOOD, "id": str(number), **more}}}


def test_history_is_what_the_patient_saw() -> None:
    events = [bot(0), user("How?"), bot(1), bot(2), user(None), user("Why?"), {"event": "bot"}]
    shown = history.turns(Events(events), "c")
    assert [turn.get("id") or turn["text"] for turn in shown] == ["0", "How?", "2", "Why?"]
    assert [turn["from"] for turn in shown] == ["assistant", "patient", "assistant", "patient"]


def test_history_is_bounded() -> None:
    events = [event for n in range(500) for event in (user(str(n)), bot(n))]
    shown = history.turns(Events(events), "c")
    assert len(shown) == 200
    assert shown[-1]["id"] == "499"


def test_a_choice_must_have_been_offered() -> None:
    offer = [{"id": "ask_risks", "title": "What are the risks?"}]
    events = Events([bot(0, suggestions=offer), *(bot(n) for n in range(1, 50))])
    assert history.offered(events, "c", "ask_risks") == "What are the risks?"
    assert history.offered(events, "c", "restart") is None
    assert history.offered(Events([]), "c", "ask_risks") is None


def test_the_last_replies_are_looked_at_first() -> None:
    offer = [{"id": "ask_risks", "title": "What are the risks?"}]
    events = Events([*(bot(n) for n in range(50)), bot(51, suggestions=offer)])
    assert history.offered(events, "c", "ask_risks")
    assert events.asked == [5]


def test_a_reply_is_found_by_its_id() -> None:
    events = Events([bot(n) for n in range(50)])
    found = history.reply_with_id(events, "c", "3")
    assert found
    assert found["id"] == "3"
    assert history.reply_with_id(events, "c", "99") is None
    assert history.reply_ids(events, "c") == [str(n) for n in range(50)]
