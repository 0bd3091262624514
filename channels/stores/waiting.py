"""Let Rasa wait for its tracker store in a thread, and not for ever.

Threat model: a database that hangs, as behind a network that swallows packets. Rasa
asks it from the event loop, so everyone would wait with the one whose message it is,
and nobody would be told anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore

Method = Callable[..., Coroutine[Any, Any, Any]]


def off_the_loop(store: TrackerStore, seconds: float) -> None:
    """Make the store's calls raise ``TimeoutError`` after so many seconds."""
    # A dictionary of this process never hangs; an event broker belongs to its loop.
    if not isinstance(store, InMemoryTrackerStore) and store.event_broker is None:
        store.save = _in_thread(store.save, seconds)
        store.retrieve = _in_thread(store.retrieve, seconds)


def _in_thread(method: Method, seconds: float) -> Method:
    async def called(*given: Any) -> Any:
        # Rasa's stores are asynchronous in name only: what they do, they do at once.
        work = asyncio.to_thread(lambda: asyncio.run(method(*given)))
        return await asyncio.wait_for(work, seconds)

    return called
