"""A dead action server is told to the patient, never silence."""

from __future__ import annotations

from pathlib import Path

from knowledge.records import FactStore
from launch.servers import action_server, free_port, own_endpoints, rasa_server
from tests.assistant.conftest import post


def test_the_action_server_dies_and_comes_back(
    model: Path, tmp_path: Path, store: FactStore
) -> None:
    credentials = tmp_path / "credentials.yml"
    credentials.write_text("rest:\n")
    port, action_port = free_port(), free_port()
    endpoints = own_endpoints(tmp_path / "c.db")
    with rasa_server(model, port, action_port, tmp_path / "rasa.log", credentials, endpoints):
        for question in ("hello", "do I need a driver"):
            (reply,) = post(port, "patient", question)
            assert store.clinic.phone in reply["text"]
            assert reply["text"].endswith(store.disclaimer.short)
        with action_server(action_port, tmp_path / "actions.log"):
            (reply,) = post(port, "patient", "do I need a driver")
            assert "sedation" in reply["text"]
    assert "do I need a driver" not in (tmp_path / "rasa.log").read_text()
