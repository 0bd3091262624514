"""A relay before the action server that can refuse, hang or answer nonsense."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType

from launch.environment import LOOPBACK
from launch.servers import free_port

_NONSENSE = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 9\r\n\r\nnonsense!"


class Relay:
    """Hands connections on to ``target`` while ``mode`` is "pass".

    "hold" lets each call wait until ``release``, and says in ``reached`` that one came;
    "refuse" closes connections at once, "hang" takes them and says nothing, "nonsense"
    answers every request with a 500. What was handed on is in ``seen`` from when a test
    sets it to a ``bytearray``.
    """

    def __init__(self, target: int) -> None:
        self.port = free_port()
        self._target = target
        self._mode = "pass"
        self.seen: bytearray | None = None
        self.reached = threading.Event()
        self._released = threading.Event()
        self._open: list[socket.socket] = []
        self._server = socket.create_server((LOOPBACK, self.port))

    def __enter__(self) -> Relay:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        self._close_all()

    @property
    def mode(self) -> str:
        return self._mode

    @mode.setter
    def mode(self, mode: str) -> None:
        self.reached.clear()
        self._released.clear()
        self._mode = mode
        # Kept connections would go on as before.
        self._close_all()

    def release(self) -> None:
        """Hand on what is held, and what comes after it at once."""
        self._released.set()

    def _close_all(self) -> None:
        while self._open:
            one = self._open.pop()
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            self._open.append(client)
            if self._mode in ("pass", "hold"):
                upstream = socket.create_connection((LOOPBACK, self._target))
                self._open.append(upstream)
                for ends in ((client, upstream, True), (upstream, client, False)):
                    threading.Thread(target=self._pump, args=ends, daemon=True).start()
            elif self._mode == "nonsense":
                threading.Thread(target=_answer, args=(client,), daemon=True).start()
            elif self._mode == "refuse":
                client.close()

    def _pump(self, one: socket.socket, other: socket.socket, is_call: bool) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                if is_call and self._mode == "hold" and data.startswith(b"POST"):
                    self.reached.set()
                    self._released.wait()
                if self.seen is not None:
                    self.seen += data
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)


def _answer(client: socket.socket) -> None:
    with suppress(OSError):
        client.recv(65536)
        client.sendall(_NONSENSE)
        client.close()
