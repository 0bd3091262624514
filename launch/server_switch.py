"""Both servers, to be killed, held and started while browser tests look on.

The tests run in Node and cannot start the servers by themselves: they POST to
``/{rasa|actions}/{start|kill|hold|go_on}`` on a free port of loopback.
"""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

from launch.environment import LOOPBACK
from launch.servers import action_server, free_port, rasa_server

Start = Callable[[], AbstractContextManager["subprocess.Popen[bytes]"]]


class ServerSwitch:
    """Runs both servers while the block lasts.

    Args:
        folder: for the servers' logs.

    Attributes:
        channel: address of the website channel.
        address: where the tests POST to.
    """

    def __init__(self, model: Path, credentials: Path, endpoints: Path, folder: Path) -> None:
        port, action_port = free_port(), free_port()
        self._starts: dict[str, Start] = {
            "actions": lambda: action_server(action_port, folder / "actions.log"),
            "rasa": lambda: rasa_server(
                model, port, action_port, folder / "rasa.log", credentials, endpoints
            ),
        }
        self._running: dict[str, tuple[ExitStack, subprocess.Popen[bytes]]] = {}
        self._orders: dict[str, Callable[[str], None]] = {
            "start": self._start,
            "kill": self._kill,
            "hold": lambda name: self._signal(name, signal.SIGSTOP),
            "go_on": lambda name: self._signal(name, signal.SIGCONT),
        }
        self._door = ThreadingHTTPServer((LOOPBACK, 0), _handler(self._obey))
        self.channel = f"http://{LOOPBACK}:{port}/webhooks/website"
        self.address = f"http://{LOOPBACK}:{self._door.server_address[1]}"

    def __enter__(self) -> ServerSwitch:
        try:
            with ThreadPoolExecutor() as both:
                list(both.map(self._start, self._starts))
        except BaseException:
            self._end()
            raise
        threading.Thread(target=self._door.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._door.shutdown()
        self._end()

    def _end(self) -> None:
        for name in list(self._running):
            self._kill(name)

    def _obey(self, path: str) -> None:
        _, name, order = path.split("/")
        self._orders[order](name)

    def _start(self, name: str) -> None:
        stack = ExitStack()
        self._running[name] = stack, stack.enter_context(self._starts[name]())

    def _kill(self, name: str) -> None:
        """SIGKILL: the server has no time to finish anything."""
        stack, process = self._running.pop(name)
        process.kill()
        process.wait()
        stack.close()

    def _signal(self, name: str, number: signal.Signals) -> None:
        self._running[name][1].send_signal(number)


def _handler(obey: Callable[[str], None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            try:
                obey(self.path)
            except (Exception, SystemExit) as error:
                self.send_error(500, explain=repr(error))
                return
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the tests say what they do."""

    return Handler
