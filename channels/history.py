"""A conversation as the patient saw it, read from the events that Rasa keeps.

Threat model: a history without bound that is slow to read, and a choice or a rating
that names something this conversation was never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from channels.replies import Payload, is_reply
from channels.stores.base import ConversationStore, Event

# Mark of an event that a new session repeats from the one before.
CARRIED = "carried"

# Events: about a hundred questions with their answers.
_LONGEST = 200
# Most choices and ratings are of the last replies; older ones cost a second look.
_LOOKS = (5, _LONGEST)


def turns(store: ConversationStore, conversation: str) -> list[dict[str, Any]]:
    """The last turns, oldest first, in the shape of the channel's contract.

    The mask's marks stand where identifiers stood; a pressed choice has its title.
    """
    shown: list[dict[str, Any]] = []
    for event in store.recent(conversation, ("user", "bot"), _LONGEST):
        if (event.get("metadata") or {}).get(CARRIED):
            continue
        if event["event"] == "user":
            if event.get("text"):
                shown.append({"from": "patient", "text": event["text"]})
            continue
        reply = _reply(event)
        if reply is None:
            continue
        if shown and shown[-1]["from"] == "assistant":
            # Where Rasa said two things, the patient saw what came after: the failure reply.
            shown.pop()
        shown.append({"from": "assistant", **reply})
    return shown


def offered(store: ConversationStore, conversation: str, choice: str) -> str | None:
    """Title of the suggestion with this id, None if the conversation was not offered it."""
    for reply in _replies(store, conversation):
        for suggestion in reply.get("suggestions") or ():
            if suggestion["id"] == choice:
                return str(suggestion["title"])
    return None


def reply_with_id(store: ConversationStore, conversation: str, reply_id: str) -> Payload | None:
    """The reply, None if the conversation has no such one."""
    for reply in _replies(store, conversation):
        if reply["id"] == reply_id:
            return reply
    return None


def reply_ids(store: ConversationStore, conversation: str) -> list[str]:
    """Ids of all replies of the conversation."""
    events = store.recent(conversation, ("bot",), most=1_000_000)
    return [reply["id"] for reply in _readable(events)]


def _replies(store: ConversationStore, conversation: str) -> Iterable[Payload]:
    """Replies, newest first; the same one may come twice."""
    for most in _LOOKS:
        events = store.recent(conversation, ("bot",), most)
        yield from _readable(events[::-1])
        if len(events) < most:
            return


def _readable(events: Sequence[Event]) -> Iterable[Payload]:
    return (reply for reply in map(_reply, events) if reply)


def _reply(event: Event) -> Payload | None:
    reply = (event.get("metadata") or {}).get("reply")
    return reply if is_reply(reply) else None
