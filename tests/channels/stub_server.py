"""The channel in Rasa's own web server, with an assistant of straw behind it.

What the straw assistant does is written in the message: "nothing" says nothing,
"twice" two things, "raise" raises with the text in the error, "bare" a text without a
reply, "wait 0.5" takes its time, "hold x" waits until "release x" is said in another
conversation, "remember x" sets a slot. All else is echoed with the slot, the message
before, the length of the session and suggestions. GET /straw tells how many messages
are being answered or wait for it (``in_line``), and how many are ``held``.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.run import configure_app, create_http_input_channels
from rasa.core.tracker_store import FailSafeTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json

from actions.answer import compose
from actions.patient_action import FACTS
from actions.phrase_action import STARTERS
from channels.replies import as_event
from knowledge.loader import live_store


class StrawProcessor:
    """Rasa's processor as far as the channel knows it."""

    def __init__(self, store: TrackerStore, domain: Domain) -> None:
        self._store = store
        self._domain = domain
        self._released: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.held = 0

    async def get_tracker(self, conversation: str) -> DialogueStateTracker:
        return await self._store.get_or_create_tracker(conversation, append_action_listen=False)

    async def handle_message(self, message: UserMessage) -> None:
        tracker = await self.get_tracker(message.sender_id)
        asked = sum(isinstance(event, UserUttered) for event in tracker.events)
        data = message.parse_data or {"intent": {"name": "out_of_scope"}, "entities": []}
        tracker.update(
            UserUttered(
                message.text,
                data["intent"],
                data["entities"],
                input_channel=message.input_channel,
                metadata=message.metadata,
            )
        )
        for event in await self._events(message.text, tracker, asked):
            tracker.update(event)
            if isinstance(event, BotUttered):
                await message.output_channel.send_response(message.sender_id, event.message())
        tracker.update(ActionExecuted("action_listen"))
        await self._store.save(tracker)

    async def _events(self, text: str, tracker: DialogueStateTracker, asked: int) -> list[Event]:
        word, _, rest = text.partition(" ")
        if word == "raise":
            raise RuntimeError(f"cannot do {text}")
        if word == "nothing":
            return []
        if word == "bare":
            return [BotUttered("A text without a reply.")]
        if word == "wait":
            await asyncio.sleep(float(rest))
        if word == "hold":
            await self._hold(rest)
        if word == "release":
            self._released[rest].set()
        if word == "remember":
            return [SlotSet("subject", rest), echo("I will.", tracker, asked)]
        return [echo(text, tracker, asked)] * (2 if word == "twice" else 1)

    async def _hold(self, name: str) -> None:
        self.held += 1
        try:
            await self._released[name].wait()
        finally:
            self.held -= 1


def echo(text: str, tracker: DialogueStateTracker, asked: int) -> BotUttered:
    before = [event.text for event in tracker.events if isinstance(event, UserUttered)][:-1]
    after = before[-1] if before else "nothing"
    said = f"{text} | subject {tracker.get_slot('subject')} | after {after} | asked {asked}"
    reply = compose(
        live_store(FACTS).current(), "answer", [said.replace("\n", " ")], suggest=STARTERS
    )
    return as_event(reply)


def straw_agent(endpoints: dict[str, Any]) -> SimpleNamespace:
    domain = Domain.load("domain.yml")
    tracker_config = endpoints.get("tracker_store")
    lock_config = endpoints.get("lock_store")
    store = TrackerStore.create(
        EndpointConfig.from_dict(tracker_config) if tracker_config else None, domain
    )
    safe = FailSafeTrackerStore(store)
    return SimpleNamespace(
        tracker_store=safe,
        lock_store=LockStore.create(EndpointConfig.from_dict(lock_config) if lock_config else None),
        domain=domain,
        processor=StrawProcessor(safe, domain),
        is_ready=lambda: True,
    )


def serve(port: int, credentials: Path, endpoints: Path) -> None:
    channels = create_http_input_channels(None, str(credentials))
    app = configure_app(channels, enable_api=False, port=port)

    async def load(app: Sanic, loop: Any) -> None:
        app.ctx.agent = straw_agent(yaml.safe_load(endpoints.read_text()) or {})

    @app.get("/straw")
    async def state(request: Request) -> HTTPResponse:
        (website,) = channels
        waiting = website._routes.turns._lines._running.all()
        return json({"in_line": len(waiting), "held": app.ctx.agent.processor.held})

    app.register_listener(load, "before_server_start")
    app.run("127.0.0.1", port, access_log=False)
