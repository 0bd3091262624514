"""Let Rasa wait for its tracker store in a thread, and not for ever.

Threat model: a database that hangs, as behind a network that swallows packets. Rasa
asks it from the event loop, so everyone would wait with the one whose message it is,
and nobody would be told anything. And a save that comes to its end after all, when the
conversation was deleted meanwhile: a thread cannot be ended, only waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker

Method = Callable[..., Coroutine[Any, Any, Any]]


class Saves:
    """The saves under way, also those that nobody waits for any more."""

    def __init__(self) -> None:
        self._running: dict[str, set[asyncio.Task[None]]] = {}

    def start(self, conversation: str, save: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run a save of the conversation."""
        task = asyncio.create_task(save)
        self._running.setdefault(conversation, set()).add(task)
        task.add_done_callback(lambda done: self._end(conversation, done))
        return task

    async def ended(self, conversation: str) -> None:
        """Wait until no save of the conversation is under way."""
        if conversation in self._running:
            await asyncio.wait(self._running[conversation])

    def _end(self, conversation: str, task: asyncio.Task[None]) -> None:
        if not task.cancelled():
            # Looked at, so that asyncio does not log it when nobody waits.
            task.exception()
        running = self._running[conversation]
        running.remove(task)
        if not running:
            del self._running[conversation]


def off_the_loop(store: TrackerStore, seconds: float) -> Saves:
    """Make the store's calls raise ``TimeoutError`` after so many seconds.

    Returns:
        Its saves, which may go on after that.
    """
    saves = Saves()
    # A dictionary of this process never hangs; an event broker belongs to its loop.
    if isinstance(store, InMemoryTrackerStore) or store.event_broker is not None:
        return saves
    save, retrieve = store.save, store.retrieve

    async def saved(tracker: DialogueStateTracker) -> None:
        task = saves.start(tracker.sender_id, _in_thread(save, tracker))
        # Shielded: whoever stops waiting must not make it look ended.
        await asyncio.wait_for(asyncio.shield(task), seconds)

    async def retrieved(conversation: str) -> DialogueStateTracker | None:
        return await asyncio.wait_for(_in_thread(retrieve, conversation), seconds)

    store.save, store.retrieve = saved, retrieved
    return saves


async def _in_thread(method: Method, given: object) -> Any:
    # Rasa's stores are asynchronous in name only: what they do, they do at once.
    return await asyncio.to_thread(lambda: asyncio.run(method(given)))
