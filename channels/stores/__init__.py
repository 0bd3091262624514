"""What Rasa's tracker stores cannot do: look up cheaply, and forget.

Threat model: a patient deletes their conversation and it stays; a look-up that reads
all of a long conversation makes the server slow for everyone. Rasa's stores have no
delete and read whole sessions, so this package works on their own tables and keys.
"""

from __future__ import annotations

from rasa.core.tracker_store import (
    AwaitableTrackerStore,
    FailSafeTrackerStore,
    InMemoryTrackerStore,
    RedisTrackerStore,
    SQLTrackerStore,
    TrackerStore,
)

from channels.settings import SettingsError
from channels.stores.base import ConversationStore
from channels.stores.serialized import MemoryConversations, RedisConversations
from channels.stores.sql import SQLConversations


def conversations_of(store: TrackerStore) -> ConversationStore:
    """The conversations behind the tracker store that Rasa was given.

    Raises:
        SettingsError: a kind of store that this channel cannot make forget.
    """
    while isinstance(store, (FailSafeTrackerStore, AwaitableTrackerStore)):
        store = store._tracker_store
    if isinstance(store, SQLTrackerStore):
        return SQLConversations(store)
    if isinstance(store, RedisTrackerStore):
        return RedisConversations(store)
    if isinstance(store, InMemoryTrackerStore):
        return MemoryConversations(store)
    raise SettingsError(
        f"endpoints.yml: the website channel cannot delete conversations from a "
        f"{type(store).__name__}. Use an SQL or a Redis tracker store."
    )
