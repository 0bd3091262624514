"""Conversations in Rasa's tracker stores that keep each as one JSON text."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Collection, Iterator

from rasa.core.tracker_store import InMemoryTrackerStore, RedisTrackerStore

from channels.stores.base import TURN, ConversationStore, Event, turns_since_start


class _SerializedConversations(ConversationStore):
    """Stores that keep each conversation as one JSON text."""

    @abstractmethod
    def _read(self, conversation: str) -> str | None: ...

    @abstractmethod
    def _names(self) -> Iterator[str]: ...

    def session_turns(self, conversation: str, most: int) -> int | None:
        events = self._all(conversation)
        types = [event["event"] for event in reversed(events) if event["event"] in TURN]
        return turns_since_start(types[:most]) if types else None

    def recent(self, conversation: str, types: Collection[str], most: int) -> list[Event]:
        return [event for event in self._all(conversation) if event["event"] in types][-most:]

    def started_before(self, moment: float) -> list[str]:
        def old(name: str) -> bool:
            events = self._all(name)
            return bool(events) and float(events[0]["timestamp"]) < moment

        return [name for name in self._names() if old(name)]

    def _all(self, conversation: str) -> list[Event]:
        text = self._read(conversation)
        return list(json.loads(text)["events"]) if text else []


class MemoryConversations(_SerializedConversations):
    """In a dictionary of the server's process."""

    keeps_sessions = False

    def __init__(self, store: InMemoryTrackerStore) -> None:
        self._texts = store.store

    def delete(self, conversation: str) -> None:
        self._texts.pop(conversation, None)

    def _read(self, conversation: str) -> str | None:
        return self._texts.get(conversation)

    def _names(self) -> Iterator[str]:
        return iter(list(self._texts))


class RedisConversations(_SerializedConversations):
    """Under one key each."""

    def __init__(self, store: RedisTrackerStore) -> None:
        self._redis = store.red
        self._prefix = store.key_prefix

    def delete(self, conversation: str) -> None:
        self._redis.delete(self._prefix + conversation)

    def _read(self, conversation: str) -> str | None:
        return self._redis.get(self._prefix + conversation)

    def _names(self) -> Iterator[str]:
        for key in self._redis.scan_iter(match=self._prefix + "*"):
            yield key[len(self._prefix) :]
