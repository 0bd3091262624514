"""``make run`` and ``make shell``: model, both servers, one place to end them."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from types import FrameType
from typing import Any

from launch.environment import CACHE, LOOPBACK, ROOT, process_environment
from launch.model import ensure_model
from launch.servers import action_server, free_port, port_is_taken, rasa_server
from safety.yaml_file import read_yaml

# The practice of a source page, which facts/clinic.yml ships with.
_SHIPPED = {"name": "Alliance Vascular", "phone": "661-480-5956", "fax": "661-480-5976"}


def main() -> int:
    """Run until Ctrl-C; exit code 0 when ended so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mode", choices=["serve", "shell"])
    mode = parser.parse_args().mode
    signal.signal(signal.SIGTERM, _interrupt)
    CACHE.mkdir(exist_ok=True)
    try:
        return serve() if mode == "serve" else shell()
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 0


def serve() -> int:
    """Both servers until one ends or the user stops them."""
    port = _port()
    if port_is_taken(port):
        print(
            f"Port {port} is in use. Stop what runs there, or choose another: "
            f"make run PORT={port + 1}",
            file=sys.stderr,
        )
        return 1
    model = ensure_model()
    warning = not_ready(read_yaml(ROOT / "facts" / "clinic.yml"))
    if warning:
        print(warning, flush=True)
    action_port = free_port()
    print("Starting the servers (about 15 s) ...", flush=True)
    log = CACHE / "servers.log"
    log.unlink(missing_ok=True)
    with (
        action_server(action_port, log) as actions,
        rasa_server(model, port, action_port, log) as rasa,
    ):
        print(f"The assistant answers on {_page(port)} (Ctrl-C ends it).", flush=True)
        while rasa.poll() is None and actions.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                rasa.wait(1.0)
    print("A server ended by itself; see .cache/servers.log.", file=sys.stderr)
    return 1


def shell() -> int:
    """Rasa's shell in this terminal, with the action server beside it."""
    model = ensure_model()
    action_port = free_port()
    with action_server(action_port, CACHE / "actions.log"):
        command = [sys.executable, "-m", "launch.rasa_server", "shell", "-m", str(model)]
        command += ["-i", LOOPBACK, "-p", str(free_port()), "--endpoints", "endpoints.yml"]
        return subprocess.call(command, cwd=ROOT, env=process_environment(action_port))


def not_ready(clinic: Mapping[str, Any]) -> str | None:
    """What to tell an operator whose clinic profile is not their own yet.

    Args:
        clinic: content of ``facts/clinic.yml``, as ``load_store`` found it good.
    """
    reasons = [
        f"the {key} is still the one that it ships with ({value})"
        for key, value in _SHIPPED.items()
        if clinic[key] == value
    ]
    if not clinic["routines_confirmed"]:
        reasons.append("routines_confirmed is false")
    if not reasons:
        return None
    return (
        f"Not yet for patients. In facts/clinic.yml {'; '.join(reasons)}. An urgent alarm tells "
        'patients to call the phone of that file. See "Before patients use it" in README.md.'
    )


def _port() -> int:
    given = os.environ.get("PORT", "5005")
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise SystemExit(f"PORT={given} is not a port; give a number from 1 to 65535.")
    return int(given)


def _page(port: int) -> str:
    """Where the widget, and the page that shows it, are served."""
    return f"http://{LOOPBACK}:{port}/webhooks/website/"


def _interrupt(signal_number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
