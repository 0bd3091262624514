"""The browser tests, against the real servers with the real model.

    python -m launch.browser_tests [words in a test's name]

Starts Rasa and the action server on free ports, with limits that no test meets unless
it wants to, then runs ``tests/browser``: first what may run side by side, then, alone,
what kills the servers and what is measured. Ends with one table of all figures.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from launch.environment import CACHE, LOOPBACK, ROOT
from launch.model import ensure_model
from launch.server_switch import ServerSwitch
from launch.servers import free_port, own_endpoints

TESTS = ROOT / "tests" / "browser"
# Files at once: some tests wait most of their time.
_SIDE_BY_SIDE = 3
_PLENTY = 1_000_000


def main() -> int:
    """Run the tests whose names hold the words, all without words; 1 if one fails."""
    CACHE.mkdir(exist_ok=True)
    model = ensure_model()
    with tempfile.TemporaryDirectory(prefix="browser-tests-") as name:
        folder = Path(name)
        clinic = f"http://{LOOPBACK}:{free_port()}"
        endpoints = own_endpoints(folder / "conversations.db")
        with ServerSwitch(model, _credentials(folder, clinic), endpoints, folder) as servers:
            environment = {
                **os.environ,
                "BASE_URL": servers.channel,
                "SWITCH_URL": servers.address,
                "CLINIC_URL": clinic,
                "FIGURES": str(folder / "figures.jsonl"),
            }
            return _run(environment, sys.argv[1:])


def _credentials(folder: Path, clinic: str) -> Path:
    """Limits raised for the run; only one conversation can still ask too much."""
    path = folder / "credentials.yml"
    settings = {
        "secret": secrets.token_hex(),
        "allowed_origins": [clinic],
        "turns_per_minute": 100,
        "turns_per_minute_per_address": _PLENTY,
        "conversations_per_hour_per_address": _PLENTY,
    }
    path.write_text(yaml.safe_dump({"channels.website.WebsiteInput": settings}))
    return path


def _run(environment: dict[str, str], words: list[str]) -> int:
    options = ["--test-reporter=spec", "--test-timeout=300000"]
    options += [f"--test-name-pattern={word}" for word in words]
    passed = True
    for folder, at_once in ((TESTS, _SIDE_BY_SIDE), (TESTS / "alone", 1)):
        files = sorted(str(path) for path in folder.glob("*.test.mjs"))
        command = ["node", "--test", f"--test-concurrency={at_once}", *options, *files]
        passed &= subprocess.run(command, cwd=ROOT, env=environment).returncode == 0
    subprocess.run(["node", str(TESTS / "support" / "report.mjs")], cwd=ROOT, env=environment)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
