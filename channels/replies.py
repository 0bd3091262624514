"""One message, one reply.

Threat model: silence, a reply cut in two at a blank line, or a bare text without its
disclaimer. The output channel takes the structured reply whole; whatever is not exactly
one good reply becomes the failure reply, which names the clinic's phone number.
"""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.events import BotUttered

from actions.answer import Reply
from actions.greet import ActionGreet
from actions.patient_action import FACTS, failure_reply
from actions.turn import Turn
from knowledge.loader import live_store

Payload = dict[str, Any]

_SAID = ("answer", "clarify", "out_of_scope", "personal_advice", "handoff", "sources", "simplify")
_ALARMS = ("emergency", "urgent", "crisis")
_TALK = ("greet", "goodbye", "bot_challenge", "error")
KINDS = frozenset((*_SAID, *_ALARMS, *_TALK))
_NEEDED = ("id", "kind", "text", "disclaimer")


class OneReply(OutputChannel):
    """Takes what Rasa says in one turn."""

    def __init__(self) -> None:
        self._said: list[Payload | None] = []

    @classmethod
    def name(cls) -> str:
        return "website"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the structured reply whole; Rasa's own method would cut its text."""
        reply = message.get("reply")
        self._said.append(reply if is_reply(reply) else None)

    @property
    def empty(self) -> bool:
        """True if Rasa said nothing."""
        return not self._said

    @property
    def reply(self) -> Payload | None:
        """The reply, None unless there is exactly one and it is whole."""
        return self._said[0] if len(self._said) == 1 else None


def is_reply(value: object) -> bool:
    """True if it can be shown to a patient: named, worded and with its disclaimer."""
    return isinstance(value, dict) and all(
        isinstance(value.get(key), str) and value[key].strip() for key in _NEEDED
    )


def failure() -> Reply:
    """What a patient reads when something of ours broke."""
    return failure_reply(live_store(FACTS).current())


def apology() -> str:
    """The same in one sentence or two, for a problem document: phone number and 911 too."""
    reply = failure()
    return f"{reply.text} {reply.disclaimer}"


def welcome() -> Reply:
    """What a conversation opens with: the same words as the answer to a greeting."""
    return ActionGreet().respond(Turn(parts=()), live_store(FACTS).current()).reply


def as_event(reply: Reply) -> BotUttered:
    """The reply as Rasa remembers replies."""
    return BotUttered(text=reply.plain_text(), metadata={"reply": reply.payload()})
