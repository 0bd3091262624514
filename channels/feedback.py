"""What patients think of single replies, for the clinic's staff.

Threat model: a rating that leads back to a person. A row has the reply's id, the facts
it told, yes or no, a masked comment and the day; no conversation and no address. The
rows of a conversation are found through its replies, and go when it goes; none outlives
the days that a conversation is kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from channels.stores.base import ConversationStore
from channels.stores.sql import SQLConversations, connected, overwriting

_ROWS_AT_ONCE = 500

_metadata = sa.MetaData()
_ratings = sa.Table(
    "website_feedback",
    _metadata,
    sa.Column("reply", sa.String(64), primary_key=True),
    sa.Column("facts", sa.Text, nullable=False),  # a JSON list of fact ids
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("day", sa.String(10), nullable=False),  # ISO 8601
)


class FeedbackBook:
    """The table of ratings, beside the conversations where they are in SQL.

    Args:
        file: an SQLite file for where they are not.
    """

    def __init__(self, store: ConversationStore, file: Path) -> None:
        self._engine = (
            store.engine
            if isinstance(store, SQLConversations)
            else overwriting(sa.create_engine(f"sqlite:///{file}"))
        )
        self._made = False

    def write(self, reply: str, facts: Sequence[str], helpful: bool, comment: str) -> None:
        """Keep a rating; a second one of the same reply replaces the first."""
        row = {
            "reply": reply,
            "facts": json.dumps(list(facts)),
            "helpful": helpful,
            "comment": comment,
            "day": _today().isoformat(),
        }
        engine = self._ready()
        with connected(engine) as connection, connection.begin():
            connection.execute(sa.delete(_ratings).where(_ratings.c.reply == reply))
            connection.execute(sa.insert(_ratings).values(**row))

    def forget(self, replies: Sequence[str]) -> None:
        """Remove the ratings of these replies."""
        engine = self._ready()
        with connected(engine) as connection, connection.begin():
            for start in range(0, len(replies), _ROWS_AT_ONCE):
                some = replies[start : start + _ROWS_AT_ONCE]
                connection.execute(sa.delete(_ratings).where(_ratings.c.reply.in_(some)))

    def purge(self, days: int) -> None:
        """Remove the ratings of more than so many days ago."""
        oldest = _today() - timedelta(days=days)
        engine = self._ready()
        with connected(engine) as connection, connection.begin():
            connection.execute(sa.delete(_ratings).where(_ratings.c.day < oldest.isoformat()))

    def _ready(self) -> Engine:
        # Made at the first use: at the server's start the database may be away.
        if not self._made:
            _metadata.create_all(self._engine)
            self._made = True
        return self._engine


def _today() -> date:
    return datetime.now(timezone.utc).date()
