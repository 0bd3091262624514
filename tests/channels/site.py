"""A server of the website channel, and a visitor of it, as far as tests need them."""

from __future__ import annotations

import json
import multiprocessing
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import requests
import yaml

from launch.environment import LOOPBACK, ROOT, process_environment
from launch.servers import free_port

CHANNEL = "channels.website.WebsiteInput"
# So many that no test meets a limit that it does not ask for.
OPEN = {
    "mask_identifiers": False,
    "turns_per_minute": 1_000_000,
    "turns_per_minute_per_address": 1_000_000,
    "conversations_per_hour_per_address": 1_000_000,
}
# One process imports Rasa, which takes six seconds; each straw server is a copy of it.
_COPIES = multiprocessing.get_context("forkserver")
_COPIES.set_forkserver_preload(["tests.channels.stub_server"])


@dataclass
class Site:
    """A running server."""

    port: int
    folder: Path
    http: requests.Session = field(default_factory=requests.Session)

    @property
    def base(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/webhooks/website"

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        options.setdefault("timeout", 60)
        options.setdefault("allow_redirects", False)
        return self.http.request(method, self.base + path, **options)

    def visitor(self) -> Visitor:
        answer = self.call("POST", "/conversations", json={})
        assert answer.status_code == 201, answer.text
        return Visitor(self, answer.json())

    def metric(self, line: str) -> float:
        """Value of one line of the metrics, 0 where it is missing."""
        for each in self.call("GET", "/metrics").text.splitlines():
            if each.startswith(line + " "):
                return float(each.rsplit(" ", 1)[1])
        return 0.0

    def until(self, **state: int) -> None:
        """Until so many messages are ``in_line`` or ``held``; see ``stub_server.py``."""
        address = f"http://{LOOPBACK}:{self.port}/straw"
        until(lambda: state.items() <= self.http.get(address, timeout=60).json().items())

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")


@dataclass
class Visitor:
    """A patient with a conversation of their own."""

    site: Site
    started: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.started['token']}"}

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        return self.site.call(method, path, headers=self.headers, **options)

    def send(self, **body: Any) -> requests.Response:
        return self.call("POST", "/messages", json=body)

    def ask(self, text: str) -> dict[str, Any]:
        """The one reply to the text."""
        answer = self.send(text=text)
        assert answer.status_code == 200, answer.text
        (reply,) = answer.json()["replies"]
        return dict(reply)

    @contextmanager
    def sending(self, text: str) -> Iterator[None]:
        """Sends the text, and is gone at the end without the reply."""
        body = json.dumps({"text": text})
        head = (
            "POST /webhooks/website/messages HTTP/1.1\r\nHost: x\r\n"
            f"Authorization: {self.headers['Authorization']}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection((LOOPBACK, self.site.port)) as line:
            line.sendall((head + body).encode())
            yield

    def turns(self) -> list[dict[str, Any]]:
        answer = self.call("GET", "/messages")
        assert answer.status_code == 200, answer.text
        return list(answer.json()["turns"])


@contextmanager
def straw_site(
    folder: Path, settings: dict[str, Any] | None = None, endpoints: dict[str, Any] | None = None
) -> Iterator[Site]:
    """The channel with an assistant of straw behind it; see ``stub_server.py``."""
    credentials, points = folder / "credentials.yml", folder / "endpoints.yml"
    credentials.write_text(yaml.safe_dump({CHANNEL: {**OPEN, **(settings or {})}}))
    points.write_text(yaml.safe_dump(endpoints or sqlite(folder)))
    site = Site(free_port(), folder)
    process = _COPIES.Process(
        target=_serve_straw,
        args=(site.port, credentials, points, process_environment(0), folder / "server.log"),
    )
    process.start()
    try:
        until_it_answers(process, site)
        yield site
    finally:
        process.terminate()
        process.join(30)
        assert process.exitcode is not None, "The server did not end."


def _serve_straw(
    port: int, credentials: Path, endpoints: Path, env: dict[str, str], log: Path
) -> None:
    """In a process of its own, with what it prints in a file."""
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(env)
    with log.open("ab") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    # Here it is there already; the tests themselves do without Rasa.
    from tests.channels.stub_server import serve

    serve(port, credentials, endpoints)


def sqlite(folder: Path) -> dict[str, Any]:
    """Endpoints with conversations in a file of the folder."""
    return {"tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(folder / "c.db")}}


def until(holds: Callable[[], bool]) -> None:
    """Until it is so, for a minute at most."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "It did not come to be so."
        time.sleep(0.05)


def until_it_answers(process: BaseProcess | None, site: Site) -> None:
    """Until the channel says that it is ready."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process is None or process.is_alive(), site.log()
        with suppress(requests.RequestException):
            if site.call("GET", "/ready", timeout=20).status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"The server did not start.\n{site.log()}")
