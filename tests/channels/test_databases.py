"""A database that is not installed: left out at a desk, a failure in CI."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.channels import databases
from tests.channels.databases import Server, own_postgres, own_redis


@pytest.mark.parametrize("own", [own_postgres, own_redis])
@pytest.mark.parametrize("in_ci", [True, False])
def test_what_is_missing_is_said(
    own: Callable[[Path], AbstractContextManager[Server]],
    in_ci: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(databases, "_POSTGRES", tmp_path)
    monkeypatch.setenv("PATH", "")
    if in_ci:
        monkeypatch.setenv("CI", "1")
    else:
        monkeypatch.delenv("CI", raising=False)
    outcome = pytest.fail.Exception if in_ci else pytest.skip.Exception
    with pytest.raises(outcome, match=r"is not installed \(Debian: apt install "), own(tmp_path):
        pass
