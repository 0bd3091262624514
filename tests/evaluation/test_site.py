"""The servers that are measured keep their conversations apart from the patients'."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import yaml

from benchmarks import long_conversation
from evaluation import site


class StartedError(Exception):
    """Instead of a Rasa server; holds what its endpoints file says."""


@contextmanager
def no_actions(*args: Any) -> Iterator[SimpleNamespace]:
    yield SimpleNamespace(pid=1)


def no_rasa(
    model: Path, port: int, action_port: int, log: Path, credentials: Path, endpoints: Path
) -> None:
    assert endpoints.parent == credentials.parent
    raise StartedError(yaml.safe_load(endpoints.read_text()), endpoints.parent)


def evaluate() -> None:
    with site.running(Path("model")):
        pass


@pytest.mark.parametrize(
    ("module", "start"),
    [(site, evaluate), (long_conversation, lambda: long_conversation.measure(1))],
    ids=["evaluation", "long_conversation"],
)
def test_conversations_are_not_in_the_operators_store(
    module: ModuleType, start: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(site, "CACHE", tmp_path)
    monkeypatch.setattr(site, "LOG", tmp_path / "evaluation.log")
    monkeypatch.setattr(long_conversation, "ensure_model", lambda: Path("model"))
    monkeypatch.setattr(module, "action_server", no_actions)
    monkeypatch.setattr(module, "rasa_server", no_rasa)
    with pytest.raises(StartedError) as started:
        start()
    points, folder = started.value.args
    store = points["tracker_store"]
    assert (store["type"], store["dialect"]) == ("SQL", "sqlite")
    assert Path(store["db"]).parent == folder
    assert points["action_endpoint"] == {"url": "${ACTION_ENDPOINT}"}
