"""``make test``: every check that CI runs, in the order of how soon it can fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from launch.environment import ROOT, process_environment
from launch.model import ensure_model

PYTHON = sys.executable
_RASA_VALIDATE = [PYTHON, "-m", "rasa", "data", "validate", "--fail-on-warnings"]
_RASA_TEST = [PYTHON, "-m", "rasa", "test", "core", "--fail-on-prediction-errors"]
_RASA_TEST += ["--stories", "tests/conversations", "--out", ".cache/results"]
# What needs no model runs beside the training, which leaves half a core: the tests of the
# channel with an assistant of straw, which wait most of the time, and all others, which give
# way to it. Those with the model run in three rows: each waits for a store, a server that
# hangs or a browser a good part of its time.
_STRAW = ["tests/channels", "--ignore=tests/channels/real"]
_STORES = ["tests/channels/real/test_stores.py", "tests/channels/real/test_canaries.py"]
_INSTALLED = [*_STORES, "tests/assistant"]
_REAL = ["tests/channels/real", *(f"--ignore={each}" for each in _STORES)]
_OTHERS = ["tests", "--ignore=tests/channels", "--ignore=tests/assistant"]
_GIVES_WAY = ["nice", "-n", "10"]
# The tests' databases are in memory where there is room: a disk that stalls for seconds
# looks like an outage.
_MEMORY, _ROOM = Path("/dev/shm"), 4 * 2**30
_CODE = [
    "actions",
    "benchmarks",
    "channels",
    "evaluation",
    "knowledge",
    "launch",
    "nlu_components",
    "safety",
    "understanding",
]


def main() -> int:
    """Run all checks; exit code 1 if one fails, at once where the rest needs it."""
    code = [folder for folder in _CODE if any((ROOT / folder).glob("*.py"))]
    lint = str(ROOT / ".venv-lint" / "bin")
    checks = [
        ("lint", [f"{lint}/ruff", "check", *code, "tests"]),
        ("format", [f"{lint}/ruff", "format", "--check", "-q", *code, "tests"]),
        ("types", [f"{lint}/mypy", *code]),
        ("facts", [PYTHON, "-m", "knowledge.check"]),
    ]
    for name, command in checks:
        if not _passes(name, command):
            return 1
    with ThreadPoolExecutor() as aside:
        # Reading the examples takes one core, here and in the training.
        data = aside.submit(_passes, "training data", _RASA_VALIDATE)
        straw = aside.submit(_pytest_passes, "pytest of the channel", _STRAW)
        others = aside.submit(_pytest_passes, "pytest", _OTHERS, _GIVES_WAY)
        model = ensure_model(validated=True)
        # More at once would be too many where there is nothing to train.
        passed = [straw.result(), others.result()]
        if not data.result():
            return 1
        real = aside.submit(_pytest_passes, "pytest of the channel with the model", _REAL)
        installed = aside.submit(_pytest_passes, "pytest of the installed assistant", _INSTALLED)
        passed += [
            _passes("Rasa test stories", [*_RASA_TEST, "-m", str(model)]),
            _widget_passes(),
            real.result(),
            installed.result(),
        ]
        return 0 if all(passed) else 1


def _pytest_passes(name: str, which: list[str], before: Sequence[str] = ()) -> bool:
    """The tests in Python; others may run beside them, so they speak when they end.

    Args:
        before: what the command begins with.
    """
    in_memory = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    # Each with a folder of its own: where they share one, the second to start closes it to
    # the user that PostgreSQL runs as.
    with TemporaryDirectory(
        dir=_MEMORY if in_memory else None, ignore_cleanup_errors=True
    ) as folder:
        command = [*before, PYTHON, "-m", "pytest", "-q", f"--basetemp={folder}/pytest", *which]
        return _passes(name, command, at_end=True)


def _environment() -> dict[str, str]:
    return {**process_environment(0), "PYTHONWARNINGS": os.environ.get("PYTHONWARNINGS", "")}


def _widget_passes() -> bool:
    """The widget's own checks and browser tests; they need Node and chromium."""
    missing = [program for program in ("node", "npm", "chromium") if not shutil.which(program)]
    if missing:
        print(f"== widget: NOT RUN, for want of {', '.join(missing)}; on Debian:", flush=True)
        print("   apt-get install nodejs npm chromium fonts-dejavu", flush=True)
        # At a desk the rest still counts; CI must not pass without them.
        return "CI" not in os.environ
    steps = {
        "install": ["ci", "--no-audit", "--no-fund"],
        "check": ["run", "check"],
    }
    if not all(_passes(f"widget {n}", ["npm", "--prefix", "widget", *c]) for n, c in steps.items()):
        return False
    return _passes("browser tests", [PYTHON, "-m", "launch.browser_tests"])


def _passes(name: str, command: list[str], at_end: bool = False) -> bool:
    """Whether the command succeeds; Rasa's own output is shown only where it does not.

    Args:
        at_end: what the command prints follows in one piece when it ends.
    """
    if not at_end:
        print(f"== {name}", flush=True)
    started = time.monotonic()
    only_if_failed = "rasa" in command
    kept = at_end or only_if_failed
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.PIPE if kept else None,
        stderr=subprocess.STDOUT if kept else None,
        text=True,
    )
    told = ended.stdout if at_end else ""
    if only_if_failed and ended.returncode:
        told = f"{ended.stdout[-5000:]}\n"
    state = "passed" if ended.returncode == 0 else "FAILED"
    # In one piece: something else may print as well.
    print(f"{told}== {name}: {state} in {time.monotonic() - started:.0f} s", flush=True)
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
