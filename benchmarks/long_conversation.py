"""What a turn costs late in a conversation, beside what it cost at its beginning.

    python -m benchmarks.long_conversation [TURNS]

Real Rasa, real action server, SQLite, over HTTP on this machine. Stock Rasa ships the
whole conversation at each turn: its median goes from 42 to 239 ms in 300 turns.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import yaml

from launch.environment import LOOPBACK
from launch.model import ensure_model
from launch.servers import action_server, free_port, own_endpoints, rasa_server

_QUESTIONS = [
    "How long is the recovery after kyphoplasty?",
    "What are the risks?",
    "Who does the procedure?",
    "What is the cement made of?",
    "Will it hurt?",
]
_PLENTY = 1_000_000


def main(turns: int) -> None:
    """Ask, and print the medians of the first and the last twenty turns."""
    took = measure(turns)
    first, last = statistics.median(took[:20]), statistics.median(took[-20:])
    print(f"turns 1-20: p50 {first:.0f} ms; {turns - 19}-{turns}: p50 {last:.0f} ms")
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"all {turns}: p50 {statistics.median(took):.0f} ms, p95 {p95:.0f} ms")


def measure(turns: int) -> list[float]:
    """Milliseconds of each turn of one conversation."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        endpoints = own_endpoints(folder / "c.db")
        limits = dict.fromkeys(("turns_per_minute", "turns_per_minute_per_address"), _PLENTY)
        credentials = folder / "credentials.yml"
        credentials.write_text(yaml.safe_dump({"channels.website.WebsiteInput": limits}))
        port, actions = free_port(), free_port()
        log = folder / "servers.log"
        with (
            action_server(actions, log),
            rasa_server(ensure_model(), port, actions, log, credentials, endpoints),
        ):
            token = _call(port, "/conversations", {})["token"]
            # The first turn of a server loads what it needs; it is not counted.
            _call(port, "/messages", {"text": "hello"}, token)
            took = []
            for number in range(turns):
                body = {"text": _QUESTIONS[number % len(_QUESTIONS)]}
                started = time.perf_counter()
                (reply,) = _call(port, "/messages", body, token)["replies"]
                took.append((time.perf_counter() - started) * 1000)
                if reply["kind"] != "answer":
                    raise SystemExit(f"Turn {number + 1} got a reply of kind {reply['kind']}.")
            return took


def _call(port: int, path: str, body: dict[str, str], token: str = "") -> Any:
    request = urllib.request.Request(
        f"http://{LOOPBACK}:{port}/webhooks/website{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
