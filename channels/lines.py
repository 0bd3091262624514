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
        self._locks: dict[str, asyncio.Lock] = {}
        self._tasks: dict[str, list[asyncio.Task[object]]] = {}

    def join(
        self, conversation: str, work: Callable[[], Awaitable[Result]]
    ) -> asyncio.Task[Result]:
        """Line up; the task ends with the work's result.

        Raises:
            LineFullError: the line is as long as it may be.
        """
        tasks = self._tasks.setdefault(conversation, [])
        if len(tasks) >= self._most:
            raise LineFullError
        return self._start(conversation, work)

    def jump(
        self, conversation: str, work: Callable[[], Awaitable[Result]]
    ) -> asyncio.Task[Result]:
        """End all that is served or waits in this conversation, then do this work."""
        for task in self._tasks.get(conversation, []):
            task.cancel()
        return self._start(conversation, work)

    async def settle(self, seconds: float) -> None:
        """Wait until all work is done, not longer than the time given."""
        tasks = [task for line in self._tasks.values() for task in line]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)

    def _start(
        self, conversation: str, work: Callable[[], Awaitable[Result]]
    ) -> asyncio.Task[Result]:
        lock = self._locks.setdefault(conversation, asyncio.Lock())

        async def served() -> Result:
            async with lock:
                return await work()

        task = asyncio.create_task(served())
        self._tasks.setdefault(conversation, []).append(task)
        task.add_done_callback(lambda done: self._leave(conversation, done))
        return task

    def _leave(self, conversation: str, task: asyncio.Task[Result]) -> None:
        if not task.cancelled():
            # Looked at, so that asyncio does not log it with its text when nobody waits.
            task.exception()
        tasks = self._tasks[conversation]
        tasks.remove(task)
        if not tasks:
            del self._tasks[conversation], self._locks[conversation]
