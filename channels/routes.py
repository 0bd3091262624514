"""The calls of the contract, each in the order: limit of the address, token, the rest.

Threat model: work that is done for callers who have no right to it. What costs little
comes first: a body is read at the door, bounded, but looked at only with a signed token,
as the store is; Rasa is asked only for a conversation that exists, and a choice is taken
only if this conversation was offered it.
"""

from __future__ import annotations

from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from rasa.core.channels.channel import UserMessage
from sanic.response import HTTPResponse

from channels import history
from channels.assistant import Assistant, NoConversationError
from channels.bodies import Pressed, Typed, read_message, read_rating
from channels.doors import Call, Doors, as_json
from channels.limits import RateLimits
from channels.masking import Mask
from channels.metrics import Metrics
from channels.problems import ProblemError, unauthorized, unavailable
from channels.readiness import Readiness
from channels.replies import welcome
from channels.settings import Settings
from channels.tokens import Tokens, new_conversation
from channels.turns import CHANNEL, Turns


class Routes:
    """The handlers. Each raises ``ProblemError`` for what it refuses."""

    def __init__(self, settings: Settings, assistant: Assistant, mask: Mask) -> None:
        self._most = settings.max_characters
        self._assistant = assistant
        self._mask = mask
        self._metrics = Metrics()
        self._limits = RateLimits(settings, self._metrics)
        self._tokens = Tokens(settings.secret, settings.conversation_lifetime_days * 86_400)
        self._readiness = Readiness(assistant, settings.reply_timeout_seconds)
        self.turns = Turns(settings, assistant, self._metrics)

    def open(self, doors: Doors) -> None:
        """Serve every call."""
        doors.open("/conversations", {"POST": self._start, "DELETE": self._forget})
        doors.open("/messages", {"POST": self._send, "GET": self._history})
        doors.open("/feedback", {"POST": self._rate})
        doors.open("/ready", {"GET": self._ready})
        doors.open("/metrics", {"GET": self._figures})

    def purged(self, count: int) -> None:
        """Count conversations that reached the end of their time."""
        self._metrics.forgotten.labels("expired").inc(count)

    async def _start(self, call: Call) -> HTTPResponse:
        await self._limit("start", call)
        conversation, reply = new_conversation(), welcome()
        await self._assistant.begin(conversation, reply)
        self._metrics.conversations.inc()
        started = {
            "token": self._tokens.issue(conversation),
            "expires_in": self._tokens.lifetime,
            "welcome": [reply.payload()],
        }
        return as_json(started, status=201)

    async def _send(self, call: Call) -> HTTPResponse:
        await self._limit("messages", call)
        conversation = self._tokens.conversation(call.authorization)
        said = read_message(call.body, call.content_type, self._most)
        await self._limits.spend("conversation", conversation)
        if not await self._assistant.exists(conversation):
            raise unauthorized()
        if isinstance(said, Pressed):
            message = await self._pressed(conversation, said)
        else:
            try:
                message = self._typed(conversation, said)
            except Exception:
                return as_json({"replies": [self.turns.failed("mask")]})
        return as_json({"replies": [await self.turns.answer(message)]})

    async def _history(self, call: Call) -> HTTPResponse:
        conversation = await self._known("history", call)
        turns = await self._assistant.ask_store(lambda store: history.turns(store, conversation))
        return as_json({"turns": turns})

    async def _rate(self, call: Call) -> HTTPResponse:
        conversation = await self._known("feedback", call)
        rating = read_rating(call.body, call.content_type, self._most)
        reply = await self._assistant.ask_store(
            lambda store: history.reply_with_id(store, conversation, rating.reply)
        )
        if reply is None:
            raise ProblemError(404, "This conversation has no such reply.")
        facts = [fact["id"] for fact in reply.get("facts") or ()]
        comment = self._masked(rating.comment) if rating.comment else ""
        try:
            await self._assistant.rate(conversation, reply["id"], facts, rating.helpful, comment)
        except NoConversationError:
            raise unauthorized() from None
        self._metrics.feedback.labels("yes" if rating.helpful else "no").inc()
        return HTTPResponse(status=204)

    async def _forget(self, call: Call) -> HTTPResponse:
        conversation = await self._known("forget", call)
        await self.turns.forget(conversation)
        await self._limits.forget(conversation)
        self._metrics.forgotten.labels("patient").inc()
        return HTTPResponse(status=204)

    async def _ready(self, call: Call) -> HTTPResponse:
        failed = await self._readiness.failed()
        if failed:
            raise unavailable(f"Not ready: {failed}.", failed=failed)
        return as_json({"status": "ready"})

    async def _figures(self, call: Call) -> HTTPResponse:
        return HTTPResponse(self._metrics.text(), content_type=CONTENT_TYPE_LATEST)

    async def _limit(self, limit: str, call: Call) -> None:
        await self._limits.spend(limit, self._limits.address(call.request))

    async def _known(self, limit: str, call: Call) -> str:
        """The conversation of the token, which exists."""
        await self._limit(limit, call)
        conversation = self._tokens.conversation(call.authorization)
        if not await self._assistant.exists(conversation):
            raise unauthorized()
        return conversation

    async def _pressed(self, conversation: str, said: Pressed) -> UserMessage:
        title = await self._assistant.ask_store(
            lambda store: history.offered(store, conversation, said.choice)
        )
        if title is None:
            raise ProblemError(400, "This conversation was not offered this choice.")
        # The intent is handed over as understood, not as a "/intent" text: the history
        # keeps the title, and the channel needs no command syntax at all.
        intent = {"name": said.choice, "confidence": 1.0}
        understood: dict[str, Any] = {
            "text": title,
            "intent": intent,
            "entities": [],
            "intent_ranking": [intent],
        }
        return UserMessage(title, None, conversation, understood, input_channel=CHANNEL)

    def _typed(self, conversation: str, said: Typed) -> UserMessage:
        return UserMessage(self._masked(said.text), None, conversation, input_channel=CHANNEL)

    def _masked(self, text: str) -> str:
        masked = self._mask(text)
        for kind, count in masked.kinds:
            self._metrics.redactions.labels(kind).inc(count)
        return masked.text
