"""What ``make run`` tells an operator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from launch import run
from launch.run import not_ready
from launch.servers import free_port

OWN = {
    "name": "Valley Spine",
    "phone": "661-555-0100",
    "fax": "661-555-0101",
    "routines_confirmed": True,
}


def test_an_own_profile_is_ready() -> None:
    assert not_ready(OWN) is None


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ({"name": "Alliance Vascular"}, "the name is still the one"),
        ({"phone": "661-480-5956"}, "the phone is still the one"),
        ({"fax": "661-480-5976"}, "the fax is still the one"),
        ({"routines_confirmed": False}, "routines_confirmed is false"),
    ],
)
def test_what_was_left_as_it_ships_is_named(left: dict[str, Any], said: str) -> None:
    assert said in (not_ready({**OWN, **left}) or "")


def test_make_run_says_it_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @contextmanager
    def ended(*given: object) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(poll=lambda: 1)

    (tmp_path / "facts").mkdir()
    clinic = {**OWN, "phone": "661-480-5956"}
    (tmp_path / "facts" / "clinic.yml").write_text(yaml.safe_dump(clinic))
    monkeypatch.setenv("PORT", str(free_port()))
    for name, straw in {
        "ROOT": tmp_path,
        "CACHE": tmp_path,
        "ensure_model": lambda: tmp_path / "model.tar.gz",
        "action_server": ended,
        "rasa_server": ended,
    }.items():
        monkeypatch.setattr(run, name, straw)
    run.serve()
    said = capsys.readouterr().out
    assert "Not yet for patients." in said
    assert "The assistant answers on" in said
