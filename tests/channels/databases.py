"""PostgreSQL and Redis of the tests' own, on free ports, gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import psycopg2
import pytest
import redis

from launch.environment import LOOPBACK
from launch.servers import free_port

_POSTGRES = Path("/usr/lib/postgresql")


class Server:
    """A database that a test can stop and start.

    Args:
        answers: raises what databases raise where it does not.
    """

    def __init__(
        self, command: list[str], port: int, folder: Path, answers: Callable[[], object]
    ) -> None:
        self.port = port
        self.folder = folder
        self._command = command
        self._answers = answers
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "database.log").open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        _wait(self._answers)

    def stop(self) -> None:
        if self._process:
            # PostgreSQL: end now, without waiting for its clients.
            self._process.send_signal(signal.SIGINT)
            ended, self._process = self._process.wait(30), None
            assert ended == 0, (self.folder / "database.log").read_text()[-2000:]

    def freeze(self, frozen: bool) -> None:
        """Let it hang, as a network does that swallows packets; or go on."""
        assert self._process
        stopped = [self._process.pid, *_children(self._process.pid)]
        for process in stopped:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGSTOP if frozen else signal.SIGCONT)


@contextmanager
def own_redis(folder: Path) -> Iterator[Server]:
    """Redis with its files in the folder."""
    program = shutil.which("redis-server") or ""
    if not program:
        _missing("redis-server is not installed (Debian: apt install redis-server)")
    port = free_port()
    command = [program, "--port", str(port), "--bind", LOOPBACK, "--dir", str(folder)]
    command += ["--save", "", "--appendonly", "no"]
    server = Server(command, port, folder, lambda: redis.Redis(port=port).ping())
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def own_postgres(folder: Path) -> Iterator[Server]:
    """PostgreSQL with its files in the folder."""
    found = sorted(_POSTGRES.glob("*/bin/postgres"))
    if not found:
        _missing("PostgreSQL is not installed (Debian: apt install postgresql)")
    programs, data, port = found[-1].parent, folder / "data", free_port()
    data.mkdir()
    # It refuses to run as root; its Debian package brings a user of its own.
    user = _as_postgres()
    if user:
        shutil.chown(data, "postgres")
        for parent in (folder, *folder.parents[:3]):
            parent.chmod(parent.stat().st_mode | 0o011)
    initdb = [*user, str(programs / "initdb"), "-D", str(data), "-U", "faq", "-A", "trust"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    command = [*user, str(programs / "postgres"), "-D", str(data), "-k", "", "-F"]
    command += ["-h", LOOPBACK, "-p", str(port)]
    server = Server(command, port, folder, lambda: psycopg2.connect(**login(server)).close())
    try:
        server.start()
        yield server
    finally:
        server.stop()


def login(server: Server) -> dict[str, Any]:
    return {"host": LOOPBACK, "port": server.port, "user": "faq", "dbname": "postgres"}


def tracker_store(server: Server) -> dict[str, Any]:
    """Endpoint of the conversations in this PostgreSQL."""
    url = f"postgresql://faq@{LOOPBACK}:{server.port}/postgres"
    return {"type": "SQL", "dialect": "postgresql", "url": url, "db": "postgres"}


def _wait(works: Callable[[], object], seconds: float = 30) -> None:
    """Until it works."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(psycopg2.Error, redis.RedisError):
            works()
            return
        time.sleep(0.1)
    works()


def _missing(what: str) -> NoReturn:
    """Leave the test out; in CI it fails, where nobody would see that it was left out."""
    if "CI" in os.environ:
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


def _children(parent: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True)
    return [int(line) for line in listed.stdout.split()]


def _as_postgres() -> list[str]:
    # setpriv replaces itself by the server, so that a signal reaches it.
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
