"""What the channel asks of a store of conversations."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import Any

Event = dict[str, Any]

# The events that tell how long a session is.
TURN = ("user", "session_started")


class ConversationStore(ABC):
    """The conversations of one tracker store. Calls block: make them in a thread."""

    # False where a new session makes the store drop the older ones.
    keeps_sessions = True

    @abstractmethod
    def session_turns(self, conversation: str, most: int) -> int | None:
        """Messages of the patient in Rasa's present session, counted up to ``most``.

        None where there is no such conversation.
        """

    @abstractmethod
    def recent(self, conversation: str, types: Collection[str], most: int) -> list[Event]:
        """The last events of these types as Rasa writes them, oldest first."""

    @abstractmethod
    def delete(self, conversation: str) -> None:
        """Remove every event of the conversation."""

    @abstractmethod
    def started_before(self, moment: float) -> list[str]:
        """Conversations whose first event is older; seconds since the epoch."""


def turns_since_start(newest_first: Sequence[str]) -> int:
    """Messages of the patient since the session's start."""
    if "session_started" in newest_first:
        return newest_first.index("session_started")
    return len(newest_first)
