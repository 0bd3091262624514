"""Ports that servers are started on."""

from __future__ import annotations

import socket
from itertools import cycle

import pytest

from launch import servers
from launch.environment import LOOPBACK
from launch.servers import free_port


def test_no_port_is_given_twice_or_can_be_given_to_an_outgoing_connection() -> None:
    given = [free_port() for _ in range(200)]
    assert len(set(given)) == 200
    assert max(given) < 32_768


def test_a_port_that_is_taken_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    free = free_port()
    with socket.create_server((LOOPBACK, 0)) as server:
        taken = server.getsockname()[1]
        monkeypatch.setattr(servers, "_untried", cycle([taken, free]))
        assert free_port() == free
        monkeypatch.setattr(servers, "_untried", cycle([taken]))
        with pytest.raises(SystemExit, match="No port"):
            free_port()
