"""A real Rasa server and a real action server, started once for this room."""

from __future__ import annotations

import json
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from launch.environment import LOOPBACK
from launch.model import ensure_model
from launch.servers import action_server, free_port, own_endpoints, rasa_server

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def model() -> Path:
    return ensure_model()


@pytest.fixture(scope="session")
def ports(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Ports of Rasa and of its action server."""
    folder = tmp_path_factory.mktemp("servers")
    credentials = folder / "credentials.yml"
    # Rasa's REST channel lets a test name any intent; patients never meet it.
    credentials.write_text("rest:\n")
    endpoints = own_endpoints(folder / "c.db")
    port, action_port = free_port(), free_port()
    with (
        action_server(action_port, folder / "actions.log"),
        rasa_server(model, port, action_port, folder / "rasa.log", credentials, endpoints),
    ):
        yield port, action_port


def post(port: int, sender: str, message: str) -> list[dict[str, Any]]:
    request = urllib.request.Request(
        f"http://{LOOPBACK}:{port}/webhooks/rest/webhook",
        data=json.dumps({"sender": sender, "message": message}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=300) as response:
        return list(json.load(response))


@pytest.fixture
def ask(ports: tuple[int, int]) -> Ask:
    """Ask in a conversation of its own; gives the plain texts."""
    sender = uuid.uuid4().hex

    def say(message: str) -> list[dict[str, Any]]:
        return post(ports[0], sender, message)

    return say
