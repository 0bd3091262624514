"""What was understood of each message, read from the tracker store of the run."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from evaluation.heard import Understood, understood_of

_EVENTS = """
SELECT sender_id, type_name, data FROM events
WHERE type_name IN ('user', 'bot') ORDER BY sender_id, id
"""


def understood_by_reply(database: Path) -> dict[str, Understood]:
    """By the id of the reply that followed. The client knows its replies' ids, and no other."""
    found: dict[str, Understood] = {}
    # By conversation, for the welcome follows no message.
    last: dict[str, Understood] = {}
    with closing(sqlite3.connect(database)) as connection:
        for sender, kind, data in connection.execute(_EVENTS):
            event = json.loads(data)
            if kind == "user":
                last[sender] = understood_of(event.get("parse_data") or {})
                continue
            reply = (event.get("metadata") or {}).get("reply") or {}
            if sender in last and reply.get("id"):
                found[reply["id"]] = last[sender]
    return found
