"""Mend six things of Rasa 3.6 in the server's own process, and say so in the log.

1. Silence: where the action server is away, slow or broken, Rasa logs an error and
   the patient gets nothing. Here they get the failure reply with the clinic's phone.
2. Every action reply is checked with ``jsonschema.validate``, which checks the schema
   itself anew each time. Here one compiled validator serves all.
3. Every action call opens a new HTTP session and ships the whole conversation. Here
   one session is kept, and only the last turns are shipped: a long conversation
   costs what a short one costs.
4. Rasa reads each message as if it were the first. Here what was answered before goes
   with it, so that "how much of it do they use?" can be understood.
5. Rasa's structured log lines carry texts, slots and local variables. Here they keep
   the name of what happened.
6. Where the tracker store fails, Rasa logs what the error says, and a failed insert says
   its row, the patient's message in it. Here the log gets the kind of the error.
"""

from __future__ import annotations

import asyncio
import copy
import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
import rasa
from jsonschema import Draft7Validator
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import BotUttered, Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils import log_utils
from rasa.utils.endpoints import ClientResponseError, EndpointConfig, concat_url

from actions.patient_action import FACTS, failure_reply
from knowledge.loader import live_store
from knowledge.records import FactStore
from nlu_components.earlier import EARLIER, earlier_in

logger = logging.getLogger(__name__)

# The website channel answers within ten seconds; the action server gets eight.
_ACTION_TIMEOUT = aiohttp.ClientTimeout(total=8.0, connect=2.0)
# Events of about four turns: what an action may look back on.
_SHIPPED_EVENTS = 40


def install() -> None:
    """Put the adaptations in place. Call once, before Rasa starts.

    Raises:
        ContentError: the fact store is broken.
    """
    # Read now: a broken one stops the server at its start.
    live_store(FACTS)
    validator = Draft7Validator(RemoteAction.action_response_format_spec())
    original_run = RemoteAction.run
    original_parse = MessageProcessor._parse_message_with_graph

    async def run(self: RemoteAction, *args: Any, **kwargs: Any) -> list[Event]:
        try:
            return await original_run(self, *args, **kwargs)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            # The error's text may hold the tracker: only its kind is logged.
            logger.error(
                "Action '%s' failed (%s); the patient gets the failure reply.",
                self.name(),
                type(error).__name__,
            )
            tracker: DialogueStateTracker = kwargs.get("tracker") or args[2]
            return [failure_event(tracker, live_store(FACTS).current())]

    def parse(
        self: MessageProcessor,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        if tracker:
            message = with_earlier(message, tracker.current_slot_values())
        return original_parse(self, message, tracker, only_output_properties)

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    def call_format(self: RemoteAction, tracker: Any, domain: Any) -> dict[str, Any]:
        state = tracker.current_state(EventVerbosity.NONE)
        recent = list(tracker.events)[-_SHIPPED_EVENTS:]
        state["events"] = [event.as_dict() for event in recent]
        return {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": state,
            "version": rasa.__version__,
        }

    RemoteAction.run = run
    MessageProcessor._parse_message_with_graph = parse
    RemoteAction._validate_action_result = validate
    RemoteAction._action_call_format = call_format
    EndpointConfig.request = _request_with_kept_session
    FailSafeTrackerStore.on_tracker_store_error = _store_failed
    FailSafeTrackerStore.on_tracker_store_retrieve_error = _store_failed
    # The hook that Rasa has for this; in the open version it changes nothing.
    log_utils._anonymizer = _name_alone
    logger.info("Adapted Rasa's action calls; see launch/rasa_adaptation.py.")


def with_earlier(message: UserMessage, slots: Mapping[str, Any]) -> UserMessage:
    """The message with what was answered before it, as the conversation has it, not the client."""
    # A copy: what goes with the message is to be read, not kept with it.
    copied = copy.copy(message)
    copied.metadata = {**(message.metadata or {}), EARLIER: earlier_in(slots)}
    return copied


def failure_event(tracker: DialogueStateTracker, store: FactStore) -> BotUttered:
    """The failure reply as the event that Rasa sends out and remembers."""
    parsed = tracker.latest_message.parse_data if tracker.latest_message else {}
    reply = failure_reply(store, parsed)
    return BotUttered(text=reply.plain_text(), metadata={"reply": reply.payload()})


def _store_failed(self: FailSafeTrackerStore, error: Exception) -> None:
    if self._on_tracker_store_error:
        self._on_tracker_store_error(error)
        return
    logger.error("The tracker store failed (%s); Rasa goes on in memory.", type(error).__name__)


def _name_alone(logger: Any, method: str, line: dict[str, Any]) -> dict[str, Any]:
    # "exc_info" is told apart from a missing one: Rasa would add a traceback with locals.
    return {"event": line.get("event"), "exc_info": False}


# The action server closes a connection that was idle for 5 s; one that is kept longer
# here would meet a closed door.
_KEEP_ALIVE = 4
_sessions: dict[int, aiohttp.ClientSession] = {}


async def _request_with_kept_session(
    self: EndpointConfig,
    method: str = "post",
    subpath: str | None = None,
    content_type: str | None = "application/json",
    compress: bool = False,
    **kwargs: Any,
) -> Any:
    """``EndpointConfig.request`` on one session per event loop."""
    loop = id(asyncio.get_running_loop())
    session = _sessions.get(loop)
    if session is None or session.closed:
        session = _sessions[loop] = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(keepalive_timeout=_KEEP_ALIVE)
        )
    headers = {"Content-Type": content_type} if content_type else {}
    headers.update(kwargs.pop("headers", None) or {})
    headers.update(self.headers)
    kwargs["timeout"] = _ACTION_TIMEOUT
    async with session.request(
        method,
        concat_url(self.url, subpath),
        headers=headers,
        params=self.combine_parameters(kwargs),
        compress=compress,
        **kwargs,
    ) as response:
        if response.status >= 400:
            raise ClientResponseError(response.status, response.reason or "", await response.text())
        return await response.json()
