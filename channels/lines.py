"""One line of waiting work for each conversation.

Threat model: two messages sent at once that are answered in the wrong order or on the
same state, a client that piles up work, and a client that leaves while its question is
being answered. Work runs in a task of its own, in the order of arrival; whoever asked
may go, the work goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from weakref import WeakValueDictionary

from channels.running import RunningTasks

Result = TypeVar("Result")


class LineFullError(Exception):
    """Too many wait in this conversation already."""


class Lines:
    """Runs each conversation's work one after the other.

    Args:
        waiting: how many may wait behind the one that is served.
    """

    def __init__(self, waiting: int = 3) -> None:
        self._most = waiting + 1
        # Held by the work of the conversation alone, and gone with the last of it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._running = RunningTasks()

    def join(
        self, conversation: str, work: Callable[[], Awaitable[Result]]
    ) -> asyncio.Task[Result]:
        """Line up; the task ends with the work's result.

        Raises:
            LineFullError: the line is as long as it may be.
        """
        if len(self._running.of(conversation)) >= self._most:
            raise LineFullError
        return self._start(conversation, work)

    def jump(
        self, conversation: str, work: Callable[[], Awaitable[Result]]
    ) -> asyncio.Task[Result]:
        """End all that is served or waits in this conversation, then do this work."""
        for task in self._running.of(conversation):
            task.cancel()
        return self._start(conversation, work)

    async def settle(self, seconds: float) -> None:
        """Wait until all work is done, not longer than the time given."""
        if tasks := self._running.all():
            await asyncio.wait(tasks, timeout=seconds)

    def _start(
        self, conversation: str, work: Callable[[], Awaitable[Result]]
    ) -> asyncio.Task[Result]:
        lock = self._locks.setdefault(conversation, asyncio.Lock())

        async def served() -> Result:
            async with lock:
                return await work()

        return self._running.start(conversation, served())
