"""The real action server, with actions that break where a message says so.

"break in the action" raises in an action of ours, "break in the server" outside of what
ours catch, "break the thread" in a thread, "break later" in a task that nobody waits
for. Each error quotes the message, as errors of libraries do.

    python -m tests.channels.real.breaking_actions -p PORT
"""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from actions.patient_action import PatientAction
from actions.turn import Turn
from launch import action_server

_from_tracker = Turn.from_tracker
_run = PatientAction.run


def broken_turn(latest: dict[str, Any], *rest: Any) -> Turn:
    text = latest.get("text") or ""
    if "break in the action" in text:
        raise ValueError(f"cannot read {text}")
    return _from_tracker(latest, *rest)


def broken_run(self: PatientAction, dispatcher: Any, tracker: Any, domain: Any) -> Any:
    text = tracker.latest_message.get("text") or ""
    if "break in the server" in text:
        raise KeyError(text)
    if "break the thread" in text:
        threading.Thread(target=fail, args=(text,)).start()
    if "break later" in text:
        # In this order nobody holds the task when it fails.
        asyncio.get_running_loop().call_soon(asyncio.ensure_future, fail_later(text))
    return _run(self, dispatcher, tracker, domain)


def fail(text: str) -> None:
    raise RuntimeError(text)


async def fail_later(text: str) -> None:
    raise RuntimeError(text)


if __name__ == "__main__":
    Turn.from_tracker = broken_turn  # type: ignore[assignment,method-assign]
    PatientAction.run = broken_run  # type: ignore[method-assign]
    action_server.main()
