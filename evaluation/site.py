"""The assistant as "make run" serves it, on free ports and with conversations of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from launch.environment import CACHE, LOOPBACK, ROOT
from launch.servers import action_server, free_port, own_endpoints, rasa_server

LOG = CACHE / "evaluation.log"
_CHANNEL = "channels.website.WebsiteInput"
# One program asks what many patients would ask, so the limits are lifted; all else is
# what the operator configured.
_LIFTED = {
    "turns_per_minute": 1_000_000,
    "turns_per_minute_per_address": 1_000_000,
    "conversations_per_hour_per_address": 1_000_000,
}


@dataclass(frozen=True)
class Site:
    """A running assistant.

    Attributes:
        base: address of the website channel's calls.
        database: SQLite file of the conversations.
        processes: ids of the Rasa server and of the action server.
    """

    base: str
    database: Path
    processes: tuple[int, int]


def lifted(credentials: dict[str, Any]) -> dict[str, Any]:
    """The website channel of these credentials, without its limits on how many messages."""
    return {_CHANNEL: {**(credentials.get(_CHANNEL) or {}), **_LIFTED}}


@contextmanager
def running(model: Path) -> Iterator[Site]:
    """Both servers, ready when the block begins; its conversations are gone after it."""
    CACHE.mkdir(exist_ok=True)
    LOG.unlink(missing_ok=True)
    configured = yaml.safe_load((ROOT / "credentials.yml").read_text())
    with tempfile.TemporaryDirectory() as folder:
        credentials, database = Path(folder) / "credentials.yml", Path(folder) / "conversations.db"
        credentials.write_text(yaml.safe_dump(lifted(configured)))
        endpoints = own_endpoints(database)
        port, action_port = free_port(), free_port()
        with (
            action_server(action_port, LOG) as actions,
            rasa_server(model, port, action_port, LOG, credentials, endpoints) as rasa,
        ):
            base = f"http://{LOOPBACK}:{port}/webhooks/website"
            yield Site(base, database, (rasa.pid, actions.pid))
