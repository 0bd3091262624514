"""A running server takes a good change and keeps a bad one out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.content import ContentError
from knowledge.loader import LiveStore, load_store

REAL = Path("facts")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 10.0
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(REAL, tmp_path / "facts")
    return tmp_path / "facts"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_good_change_is_read(folder: Path) -> None:
    live = LiveStore(folder, clock=Clock())
    change(folder / "clinic.yml", "Alliance Vascular", "Valley Spine")
    assert live.current().clinic.name == "Valley Spine"


def test_a_broken_change_is_kept_out(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    live = LiveStore(folder, clock=Clock())
    before = live.current()
    (folder / "clinic.yml").write_text("name: [")
    assert live.current() is before
    assert "facts/clinic.yml" in caplog.text
    assert "last good copy" in caplog.text


def test_a_broken_store_does_not_start(folder: Path) -> None:
    (folder / "sources.yml").unlink()
    with pytest.raises(ContentError, match=r"facts/sources\.yml: file: is missing"):
        LiveStore(folder)


def test_not_utf8_is_said(folder: Path) -> None:
    (folder / "clinic.yml").write_bytes(b"name: \xff\xfe")
    with pytest.raises(ContentError, match="not UTF-8"):
        load_store(folder)


def test_unconfirmed_routines_say_so(folder: Path) -> None:
    driver = next(f for f in load_store(folder).facts.values() if "need a driver" in f.answer)
    assert "Please check this with the clinic." in driver.answer
    change(folder / "clinic.yml", "routines_confirmed: false", "routines_confirmed: true")
    assert "Please check" not in load_store(folder).facts[driver.id].answer
