"""``make facts`` reads everything that a clinic edits, and says what is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.check import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree("facts", tmp_path / "facts")
    return tmp_path / "facts"


def test_what_ships_is_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert "No problems." in capsys.readouterr().out


@pytest.mark.parametrize("file", ["clinic.yml", "red_flags.yml"])
def test_a_problem_is_said_and_counted(
    folder: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / file).unlink()
    assert main(folder) == 1
    assert capsys.readouterr().err == (
        f"facts/{file}: file: is missing; put it back.\n1 problem(s) in the facts folder.\n"
    )
