"""The commands that the README gives, run as written."""

from __future__ import annotations

import re
import subprocess

import pytest

from launch.environment import ROOT

README = (ROOT / "README.md").read_text()
TARGETS = sorted(set(re.findall(r"^make ([a-z]+)", README, re.MULTILINE)))


def test_the_two_commands_are_there() -> None:
    assert {"run", "test"} <= set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_the_target(target: str) -> None:
    planned = subprocess.run(
        ["make", "-n", target], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert planned.returncode == 0, planned.stderr
    assert ".venv/bin/python -m" in planned.stdout


def test_make_facts_runs() -> None:
    checked = subprocess.run(
        ["make", "-s", "facts"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert checked.returncode == 0, checked.stderr
    assert "No problems." in checked.stdout
