"""The real Rasa server, breaking where a message says so.

"break the model" raises while the message is understood, "break the policy" while the
next action is chosen, "break the listening" in an action of Rasa's own, "break the
store" while it is saved, "break later" in a task that nobody waits for. Each error
quotes the message.

    python -m tests.channels.real.breaking_rasa run ...
"""

from __future__ import annotations

import asyncio
from typing import Any

from launch import rasa_server


def install() -> None:
    from rasa.core.actions.action import ActionListen
    from rasa.core.processor import MessageProcessor
    from rasa.core.tracker_store import SQLTrackerStore

    parse, save, listen = MessageProcessor.parse_message, SQLTrackerStore.save, ActionListen.run
    predict = MessageProcessor.predict_next_with_tracker_if_should

    async def parsed(self: Any, message: Any, *rest: Any, **more: Any) -> Any:
        broken("model", message.text)
        if "break later" in message.text:
            asyncio.get_running_loop().call_soon(asyncio.ensure_future, later(message.text))
        return await parse(self, message, *rest, **more)

    def predicted(self: Any, tracker: Any) -> Any:
        broken("policy", said(tracker))
        return predict(self, tracker)

    async def listened(self: Any, channel: Any, nlg: Any, tracker: Any, *rest: Any) -> Any:
        broken("listening", said(tracker))
        return await listen(self, channel, nlg, tracker, *rest)

    async def saved(self: Any, tracker: Any) -> None:
        broken("store", said(tracker))
        await save(self, tracker)

    MessageProcessor.parse_message = parsed
    MessageProcessor.predict_next_with_tracker_if_should = predicted
    ActionListen.run = listened
    SQLTrackerStore.save = saved


def said(tracker: Any) -> str:
    return (tracker.latest_message and tracker.latest_message.text) or ""


def broken(where: str, text: str) -> None:
    if f"break the {where}" in text:
        try:
            raise ValueError(f"cannot read {text}")
        except ValueError as cause:
            raise RuntimeError(f"cannot go on with {text}") from cause


async def later(text: str) -> None:
    raise RuntimeError(text)


if __name__ == "__main__":
    install()
    rasa_server.main()
