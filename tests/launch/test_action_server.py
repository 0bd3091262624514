"""The action server answers Rasa and little else, and quotes nobody."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from launch.action_server import LARGEST_CALL
from launch.environment import LOOPBACK
from launch.servers import action_server, free_port

WORD = "tamarillo"
CALL = {"next_action": "action_greet", "sender_id": "x", "tracker": {}, "version": "3.6.21"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    log, port = tmp_path_factory.mktemp("actions") / "actions.log", free_port()
    with action_server(port, log):
        yield f"http://{LOOPBACK}:{port}/webhook", log


def post(url: str, data: bytes, **headers: str) -> requests.Response:
    return requests.post(url, data=data, headers=headers, timeout=30)


def test_a_broken_call_is_not_repeated_to_whoever_made_it(server: tuple[str, Path]) -> None:
    url, log = server
    for data in (
        WORD.encode(),
        json.dumps([WORD]).encode(),
        json.dumps({**CALL, "tracker": WORD}).encode(),
    ):
        answer = post(url, data)
        assert 400 <= answer.status_code < 600
        assert WORD not in answer.text
    assert WORD not in log.read_text()


def test_no_page_may_call(server: tuple[str, Path]) -> None:
    answer = post(server[0], json.dumps(CALL).encode(), Origin="https://attacker.test")
    assert answer.status_code == 403


def test_nothing_packed_and_nothing_large_is_read(server: tuple[str, Path]) -> None:
    bomb = {"Content-Encoding": "deflate"}
    assert post(server[0], zlib.compress(b"x" * 10_000_000), **bomb).status_code == 415
    assert post(server[0], b"x" * (LARGEST_CALL + 1)).status_code == 413
