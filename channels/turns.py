"""From a patient's message to the one reply, in time.

Threat model: silence. Whatever happens behind this module (an action that fails, two
answers, none, an exception, a server that hangs), the patient reads a reply with the
clinic's phone number before the time is up; only where their message cannot be stored
at all are they told to try again. Nothing of what they wrote is logged.
"""

from __future__ import annotations

import asyncio
import logging
import time

from rasa.core.channels.channel import UserMessage

from channels.assistant import Assistant, NoConversationError, OutageError
from channels.lines import LineFullError, Lines
from channels.metrics import Metrics
from channels.problems import too_many, unauthorized, unavailable
from channels.replies import OneReply, Payload, failure
from channels.settings import Settings

logger = logging.getLogger(__name__)

CHANNEL = "website"
# "make run" gives its servers ten seconds to end.
_SETTLE = 8.0
_TOO_MANY_WAITING = "Earlier messages are still being answered. Please wait for them."


class Turns:
    """Answers messages, each conversation's in the order of their arrival."""

    def __init__(self, settings: Settings, assistant: Assistant, metrics: Metrics) -> None:
        self._assistant = assistant
        self._metrics = metrics
        self._timeout = settings.reply_timeout_seconds
        self._lines = Lines()

    async def answer(self, message: UserMessage) -> Payload:
        """The reply to the message.

        Raises:
            ProblemError: 401 deleted, 429 too many waiting.
            OutageError: it cannot be stored.
        """
        started = time.monotonic()
        try:
            task = self._lines.join(message.sender_id, lambda: self._served(message))
        except LineFullError:
            self._metrics.rate_limited.labels("waiting").inc()
            raise too_many(self._timeout, _TOO_MANY_WAITING) from None
        reply = await self._await(task)
        self._metrics.answered(reply["kind"], time.monotonic() - started)
        return reply

    async def forget(self, conversation: str) -> None:
        """Delete the conversation; what is being answered in it is dropped.

        Raises:
            ProblemError: 503, it took too long.
            OutageError: a store is away.
        """
        task = self._lines.jump(conversation, lambda: self._assistant.forget(conversation))
        try:
            await asyncio.wait_for(asyncio.shield(task), self._timeout)
        except asyncio.TimeoutError:
            raise unavailable("The conversation could not be deleted. Please try again.") from None
        except asyncio.CancelledError:
            # A second request to delete took over.
            if not task.cancelled():
                raise

    async def settle(self) -> None:
        """Let the turns that run now come to their end, at the server's own end."""
        await self._lines.settle(_SETTLE)

    async def _await(self, task: asyncio.Task[Payload]) -> Payload:
        try:
            # Shielded: neither the time limit nor a client that leaves ends the turn.
            return await asyncio.wait_for(asyncio.shield(task), self._timeout)
        except asyncio.TimeoutError:
            return self.failed("timeout")
        except asyncio.CancelledError:
            if task.cancelled():
                raise unauthorized() from None
            raise

    async def _served(self, message: UserMessage) -> Payload:
        fallback, output = failure(), OneReply()
        message.output_channel = output
        try:
            # Twice the time: a turn that hangs must not hold its conversation for ever.
            turn = self._assistant.turn(message, output, fallback)
            await asyncio.wait_for(turn, 2 * self._timeout)
        except NoConversationError:
            raise unauthorized() from None
        except OutageError as error:
            self._metrics.errors.labels(str(error)).inc()
            raise
        except asyncio.TimeoutError:
            return self.failed("timeout")
        except Exception as error:
            # Not logger.exception: the text of an error may quote the patient.
            return self.failed(type(error).__name__)
        if output.empty:
            self._metrics.empty.inc()
        return output.reply or self.failed("no single reply", fallback.payload())

    def failed(self, reason: str, reply: Payload | None = None) -> Payload:
        """The failure reply, counted and logged by its reason alone."""
        self._metrics.errors.labels(reason).inc()
        logger.error("A turn failed (%s); the patient gets the failure reply.", reason)
        return reply or failure().payload()
