"""Start the action server and Rasa, wait until they answer, end both together."""

from __future__ import annotations

import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from pathlib import Path

import yaml

from launch.environment import LOOPBACK, ROOT, process_environment

_START_LIMIT = 120.0
_STOP_LIMIT = 10.0
# Below those that an outgoing connection is given (Linux: from 32768): it would take the
# port before the server does. In an order of this process's own, as others choose too.
_PORTS = random.sample(range(20_000, 32_000), 12_000)
_untried = cycle(_PORTS)


def free_port() -> int:
    """A port that nothing listens on, and that this process was not given before.

    Raises:
        SystemExit: there is none.
    """
    for port in islice(_untried, len(_PORTS)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind((LOOPBACK, port))
            return port
    raise SystemExit("No port from 20000 to 31999 is free; end what listens there.")


def port_is_taken(port: int) -> bool:
    """True if something answers on the port."""
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((LOOPBACK, port)) == 0


@contextmanager
def action_server(
    port: int, log: Path | None = None, program: str = "launch.action_server"
) -> Iterator[subprocess.Popen[bytes]]:
    """The action server on loopback, ready when the block begins.

    Args:
        program: the module to run; tests have one with actions that break.

    Raises:
        SystemExit: it ended or gave no answer; its log says why.
    """
    command = [sys.executable, "-m", program, "-p", str(port)]
    with _process(command, port, log) as process:
        _wait(process, f"http://{LOOPBACK}:{port}/health", "The action server", log)
        yield process


@contextmanager
def rasa_server(
    model: Path,
    port: int,
    action_port: int,
    log: Path | None = None,
    credentials: Path = ROOT / "credentials.yml",
    endpoints: Path = ROOT / "endpoints.yml",
    program: str = "launch.rasa_server",
) -> Iterator[subprocess.Popen[bytes]]:
    """Rasa with the model on loopback, ready when the block begins."""
    command = [sys.executable, "-m", program, "run", "-m", str(model)]
    command += ["-i", LOOPBACK, "-p", str(port), "--endpoints", str(endpoints)]
    command += ["--credentials", str(credentials)]
    with _process(command, action_port, log) as process:
        _wait(process, f"http://{LOOPBACK}:{port}/", "The Rasa server", log)
        yield process


def own_endpoints(database: Path) -> Path:
    """An endpoints file beside this SQLite file, in which the conversations are kept.

    The operator's may name the database of the patients.
    """
    path = database.with_name("endpoints.yml")
    points = {
        "action_endpoint": {"url": "${ACTION_ENDPOINT}"},
        "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(database)},
    }
    path.write_text(yaml.safe_dump(points))
    return path


@contextmanager
def _process(
    command: Sequence[str], action_port: int, log: Path | None
) -> Iterator[subprocess.Popen[bytes]]:
    output = log.open("ab") if log else None
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=process_environment(action_port),
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        # Ctrl-C reaches this program alone; it ends both servers in order.
        start_new_session=True,
    )
    try:
        yield process
    finally:
        _stop(process)
        if output:
            output.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_STOP_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, name: str, log: Path | None) -> None:
    said = f"see {log}" if log else "its output stands above"
    deadline = time.monotonic() + _START_LIMIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"{name} ended with code {process.returncode}; {said}.")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise SystemExit(f"{name} did not answer within {_START_LIMIT:.0f} s; {said}.")
