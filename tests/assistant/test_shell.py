"""``make shell`` as staff use it: typed into a terminal, answered in it, masked."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.records import FactStore
from launch.environment import ROOT

# How a terminal moves its cursor and colors its text.
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\r")


class Terminal:
    """A terminal with ``make shell`` in it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._line, end = pty.openpty()
        self.process = subprocess.Popen(
            ["make", "-s", "shell"],
            cwd=ROOT,
            env={**os.environ, **environment, "TERM": "xterm", "COLUMNS": "400"},
            stdin=end,
            stdout=end,
            stderr=end,
            start_new_session=True,
        )
        os.close(end)
        self.shown = ""

    def until(self, words: str, seconds: float = 300) -> str:
        """What is shown up to these words; waits for them."""
        deadline = time.monotonic() + seconds
        while words not in self.shown:
            assert time.monotonic() < deadline, f"no {words!r} in: {self.shown[-2000:]}"
            if select.select([self._line], [], [], 0.5)[0]:
                raw = os.read(self._line, 65536).decode(errors="replace")
                if "\x1b[6n" in raw:
                    # The prompt asks where the cursor is.
                    os.write(self._line, b"\x1b[1;1R")
                self.shown += _CONTROL.sub("", raw)
        seen, _, self.shown = self.shown.partition(words)
        return seen + words

    def type(self, text: str) -> None:
        self.until("Your input ->")
        os.write(self._line, text.encode() + b"\r")

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(20)
        os.close(self._line)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal({"TRACKER_DB": str(tmp_path / "c.db")})
    yield opened
    opened.close()


def test_staff_ask_and_are_answered(terminal: Terminal, tmp_path: Path, store: FactStore) -> None:
    terminal.type("do I need a driver to take me home?")
    answer = terminal.until(store.disclaimer.full[-30:])
    assert "sedation" in answer
    assert "Source: " in answer
    terminal.type("call me at 661-555-0147, how long is the recovery?")
    assert "Last reviewed" in terminal.until(store.disclaimer.full[-30:])
    terminal.type("/stop")
    assert terminal.process.wait(30) == 0
    kept = (tmp_path / "c.db").read_bytes()
    assert b"[phone]" in kept
    assert b"555-0147" not in kept
