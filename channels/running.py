"""The tasks that run for each conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class RunningTasks:
    """Each from its start to its end, also those that nobody waits for any more."""

    def __init__(self) -> None:
        self._tasks: dict[str, list[asyncio.Task[Any]]] = {}

    def start(self, conversation: str, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Run the work; the task ends with its result."""
        task = asyncio.create_task(work)
        self._tasks.setdefault(conversation, []).append(task)
        task.add_done_callback(lambda done: self._leave(conversation, done))
        return task

    def of(self, conversation: str) -> list[asyncio.Task[Any]]:
        """Those of the conversation, in the order of their start."""
        return list(self._tasks.get(conversation, ()))

    def all(self) -> list[asyncio.Task[Any]]:
        """Those of every conversation."""
        return [task for tasks in self._tasks.values() for task in tasks]

    def _leave(self, conversation: str, task: asyncio.Task[Any]) -> None:
        if not task.cancelled():
            # Looked at, so that asyncio does not log it with its text when nobody waits.
            task.exception()
        tasks = self._tasks[conversation]
        tasks.remove(task)
        if not tasks:
            del self._tasks[conversation]
