"""Ready means that a question was answered just now.

Threat model: a health page that stays green through every outage, a check that fills
the store or the figures with its own questions, and a check so dear that calling it is
an attack. A canary question goes the whole way on a conversation of its own, which is
deleted afterwards; the outcome holds for two seconds, and one check runs at a time.
"""

from __future__ import annotations

import asyncio
import time

from rasa.core.channels.channel import UserMessage

from channels import history
from channels.assistant import Assistant, OutageError
from channels.replies import OneReply, failure, welcome
from channels.tokens import new_conversation
from channels.turns import CHANNEL

_HOLDS = 2.0
_QUESTION = "What is kyphoplasty?"


class Readiness:
    """Asks the canary question.

    Args:
        timeout: seconds for the whole check.
    """

    def __init__(self, assistant: Assistant, timeout: float) -> None:
        self._assistant = assistant
        self._timeout = timeout
        self._lock = asyncio.Lock()
        self._until = 0.0
        self._failed: str | None = None

    async def failed(self) -> str | None:
        """What is away, None where the assistant answers."""
        async with self._lock:
            if time.monotonic() >= self._until:
                self._failed = await self._check()
                self._until = time.monotonic() + _HOLDS
            return self._failed

    async def _check(self) -> str | None:
        try:
            return await asyncio.wait_for(self._canary(), self._timeout)
        except OutageError as outage:
            return str(outage)
        except asyncio.TimeoutError:
            return "time limit"
        except Exception:
            return "understanding"

    async def _canary(self) -> str | None:
        assistant, conversation = self._assistant, new_conversation()
        output = OneReply()
        message = UserMessage(_QUESTION, output, conversation, input_channel=CHANNEL)
        await assistant.begin(conversation, welcome())
        try:
            await assistant.turn(message, output, failure())
            if output.reply is None or output.reply["kind"] == "error":
                return "action server"
            reply = output.reply["id"]
            kept = await assistant.ask_store(
                lambda store: history.reply_with_id(store, conversation, reply)
            )
            return None if kept else "tracker store"
        finally:
            await assistant.forget(conversation)
