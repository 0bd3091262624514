"""CI's own script, with programs of straw."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from launch.environment import ROOT

PROGRAMS = ("make", "node", "npm", "chromium", "redis-server", "apt-get")


def test_in_ci_the_tests_are_told_that_they_run_there(tmp_path: Path) -> None:
    for name in PROGRAMS:
        (tmp_path / name).write_text('#!/bin/sh\necho "$(basename "$0") with CI=$CI"\n')
        (tmp_path / name).chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    ended = subprocess.run(
        ["sh", ".ci/run"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    assert ended.stdout.splitlines()[-1] == "make with CI=1", ended.stderr
