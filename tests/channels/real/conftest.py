"""The trained model behind the channel; all else of ``tests/channels`` does without it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from launch.model import ensure_model
from launch.servers import action_server, free_port, own_endpoints, rasa_server
from tests.channels.real.relay import Relay
from tests.channels.site import CHANNEL, OPEN, Site, Visitor, until_it_answers


@pytest.fixture(scope="session")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """What stands between the real Rasa and its action server."""
    action_port = free_port()
    log = tmp_path_factory.mktemp("actions") / "actions.log"
    with action_server(action_port, log), Relay(action_port) as between:
        yield between


@pytest.fixture(scope="session")
def real(relay: Relay, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The channel in a real Rasa server with the real model and action server.

    ``CHANNEL_MODEL`` names a model to take instead of one that fits the present data.
    """
    folder = tmp_path_factory.mktemp("real")
    given = os.environ.get("CHANNEL_MODEL")
    model = Path(given) if given else ensure_model()
    credentials, port = folder / "credentials.yml", free_port()
    settings = {**OPEN, "mask_identifiers": True}
    credentials.write_text(yaml.safe_dump({CHANNEL: settings}))
    endpoints = own_endpoints(folder / "c.db")
    with rasa_server(model, port, relay.port, folder / "server.log", credentials, endpoints):
        site = Site(port, folder)
        until_it_answers(None, site)
        yield site


@pytest.fixture
def patient(real: Site, relay: Relay) -> Iterator[Visitor]:
    """A visitor of the real server; afterwards its action server answers again."""
    yield real.visitor()
    relay.mode = "pass"
