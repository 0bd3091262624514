"""The one place where the channel touches Rasa's agent.

Threat model: Rasa hides its outages. A tracker store that is away becomes an empty
conversation, a failed save goes to memory, a missing model answers with nothing. Here
every outage is an exception; what it quotes is never logged. A conversation exists
only if this server or one beside it began it, so a deleted one cannot come back.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NoReturn, TypeVar

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.answer import Reply
from channels import history
from channels.feedback import FeedbackBook
from channels.forgetting import erase, purge
from channels.replies import OneReply, as_event
from channels.running import RunningTasks
from channels.stores import conversations_of
from channels.stores.base import ConversationStore
from channels.stores.waiting import off_the_loop
from launch.environment import CACHE

Result = TypeVar("Result")

_STORE_TIMEOUT = 3.0


class OutageError(Exception):
    """Something that a turn needs is away; the text says what."""


class NoConversationError(Exception):
    """There is no such conversation, or no longer."""


class Assistant:
    """Conversations of Rasa's agent, under Rasa's own lock.

    Args:
        session_turns: messages after which a new session begins.
    """

    def __init__(self, session_turns: int) -> None:
        self._session_turns = session_turns
        self._agent: Agent | None = None
        self._store: ConversationStore | None = None
        self._feedback: FeedbackBook | None = None
        self._saves = RunningTasks()

    def connect(self, agent: Agent) -> None:
        """Use this agent.

        Raises:
            SettingsError: its tracker store cannot forget.
        """
        store = agent.tracker_store
        if isinstance(store, FailSafeTrackerStore):
            store._on_tracker_store_error = _store_is_away
            store = store._tracker_store
        self._store = conversations_of(store)
        self._saves = off_the_loop(store, _STORE_TIMEOUT)
        self._feedback = FeedbackBook(self._store, CACHE / "feedback.db")
        self._agent = agent

    @property
    def agent(self) -> Agent:
        """Rasa's agent.

        Raises:
            OutageError: it has no model yet.
        """
        if self._agent is None or not self._agent.is_ready():
            raise OutageError("model")
        return self._agent

    @property
    def feedback(self) -> FeedbackBook:
        """The table of ratings.

        Raises:
            OutageError: the agent is not connected yet.
        """
        if self._feedback is None:
            raise OutageError("model")
        return self._feedback

    async def ask_store(self, question: Callable[[ConversationStore], Result]) -> Result:
        """The store's answer to a question that is put in a thread.

        Raises:
            OutageError: the store failed, or took too long.
        """
        if self._store is None:
            raise OutageError("model")
        try:
            return await asyncio.wait_for(asyncio.to_thread(question, self._store), _STORE_TIMEOUT)
        except Exception as error:
            raise OutageError("tracker store") from error

    async def exists(self, conversation: str) -> bool:
        """True if the conversation was begun and not deleted."""
        turns = await self.ask_store(lambda store: store.session_turns(conversation, most=1))
        return turns is not None

    async def begin(self, conversation: str, welcome: Reply) -> None:
        """Start a conversation that opens with the welcome.

        Raises:
            OutageError: the tracker store or the model is away.
        """
        # Asked in a thread first: with an event broker Rasa itself would wait for a dead
        # database in the event loop, and everyone with it.
        await self.exists(conversation)
        events = [*_session({}), as_event(welcome), ActionExecuted(ACTION_LISTEN_NAME)]
        await self._append(conversation, events)

    async def turn(self, message: UserMessage, output: OneReply, fallback: Reply) -> None:
        """Hand the message to Rasa; what it says goes to ``output``.

        Args:
            fallback: remembered as the reply where Rasa gave none, or several.

        Raises:
            NoConversationError: it was deleted meanwhile.
            OutageError: the lock store, the tracker store or the model is away.
        """
        agent, conversation = self.agent, message.sender_id
        async with self._locked(conversation):
            turns = await self.ask_store(
                lambda store: store.session_turns(conversation, self._session_turns + 1)
            )
            if turns is None:
                raise NoConversationError
            if turns >= self._session_turns and self._store and self._store.keeps_sessions:
                await self._start_session(conversation)
            await agent.processor.handle_message(message)
            if output.reply is None:
                await self._append(conversation, [as_event(fallback)])

    async def forget(self, conversation: str) -> None:
        """Remove the conversation and its ratings from the stores.

        Raises:
            OutageError: a store is away, or a save that is under way takes too long.
        """
        async with self._locked(conversation):
            # A turn that was dropped may still be writing: erased now, it would come back.
            if saves := self._saves.of(conversation):
                _, writing = await asyncio.wait(saves, timeout=_STORE_TIMEOUT)
                if writing:
                    raise OutageError("tracker store")
            await self.ask_store(lambda store: erase(store, self.feedback, conversation))

    async def rate(
        self, conversation: str, reply: str, facts: list[str], helpful: bool, comment: str
    ) -> None:
        """Keep a rating of a reply of the conversation.

        Raises:
            NoConversationError: it was deleted meanwhile.
            OutageError: the store is away.
        """

        def write(store: ConversationStore) -> bool:
            self.feedback.write(reply, facts, helpful, comment)
            # Looked at afterwards, so that no deletion comes between the two.
            exists = store.session_turns(conversation, most=1) is not None
            if not exists:
                self.feedback.forget([reply])
            return exists

        if not await self.ask_store(write):
            raise NoConversationError

    async def purge(self, days: int) -> int:
        """Remove conversations that began more than so many days ago; how many."""
        if self._store is None:
            return 0
        # Not by ask_store: a first purge may take longer than a look-up.
        return await asyncio.to_thread(purge, self._store, self.feedback, days)

    async def _start_session(self, conversation: str) -> None:
        # Rasa reads a conversation from its last session's start. Its own action for
        # this carries over every SlotSet there ever was; the last values are enough.
        tracker = await self.agent.processor.get_tracker(conversation)
        values = {n: slot.value for n, slot in tracker.slots.items() if slot.value is not None}
        start = [*_session(values), ActionExecuted(ACTION_LISTEN_NAME)]
        await self._append(conversation, start + _last_exchange(tracker))

    async def _append(self, conversation: str, events: list[Event]) -> None:
        agent = self.agent
        tracker = await agent.processor.get_tracker(conversation)
        tracker.update_with_events(events, agent.domain)
        try:
            await agent.tracker_store.save(tracker)
        except OutageError:
            raise
        except Exception as error:
            raise OutageError("tracker store") from error

    @asynccontextmanager
    async def _locked(self, conversation: str) -> AsyncIterator[None]:
        store = self.agent.lock_store
        lock = store.lock(conversation, wait_time_in_seconds=0.1)
        try:
            # Asked in a thread first, as the tracker store is: a lock store that hangs
            # would hold the event loop, and everyone with it.
            look = asyncio.to_thread(store.get_lock, conversation)
            await asyncio.wait_for(look, _STORE_TIMEOUT)
            await lock.__aenter__()
        except Exception as error:
            raise OutageError("lock store") from error
        try:
            yield
        finally:
            try:
                await lock.__aexit__(None, None, None)
            except Exception as error:
                raise OutageError("lock store") from error


def _session(slots: dict[str, Any]) -> list[Event]:
    start: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    return start + [SlotSet(name, value) for name, value in slots.items()]


def _last_exchange(tracker: DialogueStateTracker) -> list[Event]:
    """Copies of what was said last: a red flag may be told in two messages."""
    said: list[Event] = []
    for event in reversed(tracker.events):
        copied = copy.deepcopy(event)
        copied.metadata[history.CARRIED] = True
        said.insert(0, copied)
        if isinstance(event, UserUttered):
            return said
    return []


def _store_is_away(error: Exception) -> NoReturn:
    raise OutageError("tracker store") from error
