"""A whole installation: real Rasa, real action server, real stores."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from launch.environment import LOOPBACK
from launch.model import ensure_model
from launch.servers import action_server, free_port, rasa_server
from tests.channels.databases import Server, own_postgres, own_redis, tracker_store
from tests.channels.real.relay import Relay
from tests.channels.site import CHANNEL, OPEN, Site, until_it_answers


@dataclass
class Clinic:
    """Everything that one clinic runs.

    ``folder`` holds the logs of both servers and the stores' own files.
    """

    site: Site
    relay: Relay
    rasa: subprocess.Popen[bytes]
    folder: Path
    postgres: Server | None = None
    redis: Server | None = None


@contextmanager
def clinic(
    folder: Path,
    databases: bool,
    settings: dict[str, Any] | None = None,
    breaking: bool = False,
) -> Iterator[Clinic]:
    """Start it all.

    Args:
        databases: conversations in PostgreSQL, locks and limits in Redis; without them
            conversations are in SQLite and the rest in memory, as on a single server.
        breaking: with errors where a message asks for them.
    """
    given = os.environ.get("CHANNEL_MODEL")
    model = Path(given) if given else ensure_model()
    rasas = "tests.channels.real.breaking_rasa" if breaking else "launch.rasa_server"
    actions = "tests.channels.real.breaking_actions" if breaking else "launch.action_server"
    limits = {**OPEN, "mask_identifiers": True, **(settings or {})}
    points: dict[str, Any] = {"action_endpoint": {"url": "${ACTION_ENDPOINT}"}}
    postgres = redis = None
    with ExitStack() as stack:
        enter = stack.enter_context
        if databases:
            for name in ("postgres", "redis"):
                (folder / name).mkdir()
            postgres = enter(own_postgres(folder / "postgres"))
            redis = enter(own_redis(folder / "redis"))
            points["tracker_store"] = tracker_store(postgres)
            points["lock_store"] = {"type": "redis", "url": LOOPBACK, "port": redis.port}
            limits["limits_storage"] = f"redis://{LOOPBACK}:{redis.port}/2"
        else:
            database = str(folder / "c.db")
            points["tracker_store"] = {"type": "SQL", "dialect": "sqlite", "db": database}
        credentials, endpoints = folder / "credentials.yml", folder / "endpoints.yml"
        credentials.write_text(yaml.safe_dump({CHANNEL: limits}))
        endpoints.write_text(yaml.safe_dump(points))
        # As careless as an operator's shell may be: the servers must not obey it.
        patch = enter(pytest.MonkeyPatch.context())
        patch.setenv("LOG_LEVEL", "DEBUG")
        patch.setenv("LOG_LEVEL_LIBRARIES", "DEBUG")
        patch.setenv("COMPRESS_ACTION_SERVER_REQUEST", "true")
        action_port, port = free_port(), free_port()
        enter(action_server(action_port, folder / "actions.log", actions))
        relay = enter(Relay(action_port))
        log = folder / "server.log"
        started = rasa_server(model, port, relay.port, log, credentials, endpoints, rasas)
        rasa = enter(started)
        site = Site(port, folder)
        until_it_answers(None, site)
        yield Clinic(site, relay, rasa, folder, postgres, redis)
