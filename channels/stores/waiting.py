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

from channels.running import RunningTasks

Method = Callable[..., Coroutine[Any, Any, Any]]


def off_the_loop(store: TrackerStore, seconds: float) -> RunningTasks:
    """Make the store's calls raise ``TimeoutError`` after so many seconds.

    Returns:
        Its saves, which may go on after that.
    """
    saves = RunningTasks()
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
