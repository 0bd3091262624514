"""Conversations in the ``events`` table of Rasa's SQL tracker store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from channels.stores.base import TURN, ConversationStore, Event, turns_since_start


class SQLConversations(ConversationStore):
    """One row for each event."""

    def __init__(self, store: SQLTrackerStore) -> None:
        self.engine = overwriting(store.engine)
        self._events = store.SQLEvent.__table__

    def session_turns(self, conversation: str, most: int) -> int | None:
        types = self._newest(self._events.c.type_name, conversation, TURN, most)
        return turns_since_start(types) if types else None

    def recent(self, conversation: str, types: Collection[str], most: int) -> list[Event]:
        newest = self._newest(self._events.c.data, conversation, types, most)
        return [json.loads(data) for data in newest][::-1]

    def _newest(
        self, column: sa.Column[str], conversation: str, types: Collection[str], most: int
    ) -> list[str]:
        """A column of a conversation's events of some types, newest first.

        Cut off at once: a long conversation costs what a short one does.
        """
        events = self._events
        query = (
            sa.select(column)
            .where(events.c.sender_id == conversation, events.c.type_name.in_(types))
            .order_by(events.c.id.desc())
            .limit(most)
        )
        with connected(self.engine) as connection:
            return list(connection.execute(query).scalars())

    def delete(self, conversation: str) -> None:
        with connected(self.engine) as connection, connection.begin():
            connection.execute(
                sa.delete(self._events).where(self._events.c.sender_id == conversation)
            )

    def started_before(self, moment: float) -> list[str]:
        events = self._events
        with connected(self.engine) as connection:
            rows = connection.execute(
                sa.select(events.c.sender_id)
                .group_by(events.c.sender_id)
                .having(sa.func.min(events.c.timestamp) < moment)
            )
            return [row.sender_id for row in rows]


def overwriting(engine: Engine) -> Engine:
    """The engine, whose SQLite connections overwrite what they delete.

    Otherwise a text stays in the file until its page is used again.
    """
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _overwrite)
    return engine


def _overwrite(connection: sqlite3.Connection, record: object) -> None:
    connection.execute("PRAGMA secure_delete = ON")


def connected(engine: Engine) -> Connection:
    """A connection that works; one kept from before a restart of the database is replaced."""
    connection = engine.connect()
    try:
        connection.execute(sa.text("SELECT 1"))
    except DBAPIError as error:
        connection.close()
        if not error.connection_invalidated:
            raise
        return engine.connect()
    return connection
