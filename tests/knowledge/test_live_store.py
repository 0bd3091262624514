"""A running server takes a good change and keeps a bad one out."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from knowledge.content import ContentError
from knowledge.loader import LiveStore, live_store, load_store

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
    change(folder / "clinic.yml", "name: Alliance Vascular", "name: Valley Spine")
    assert live.current().clinic.name == "Valley Spine"


def test_how_to_reach_a_clinic_is_cited_from_its_own_profile(folder: Path) -> None:
    change(folder / "clinic.yml", "name: Alliance Vascular", "name: Valley Spine")
    store = load_store(folder)
    told = [fact for fact in store.facts.values() if fact.answers[0].startswith("ask_clinic_")]
    assert len(told) >= 6
    for fact in told:
        (source,) = fact.sources
        assert store.sources[source.page].publisher == "Valley Spine", fact.id


def test_a_broken_change_is_kept_out(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    live = LiveStore(folder, clock=Clock())
    before = live.current()
    (folder / "clinic.yml").write_text("name: [")
    assert live.current() is before
    assert "facts/clinic.yml" in caplog.text
    assert "last good copy" in caplog.text


def test_a_pattern_that_cannot_be_read_is_kept_out(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    live = LiveStore(folder, clock=Clock())
    before = live.current()
    change(folder / "rejected.yml", "risk[- ]free", "risk[- free")
    assert live.current() is before
    assert "facts/rejected.yml" in caplog.text


def test_no_failure_of_a_reload_reaches_a_patient(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        raise RuntimeError("no rule foresaw this")

    live = LiveStore(folder, clock=Clock())
    before = live.current()
    change(folder / "clinic.yml", "Alliance Vascular", "Valley Spine")
    monkeypatch.setattr("knowledge.loader.load_store", fail)
    assert live.current() is before
    assert "last good copy goes on.\nRuntimeError: no rule foresaw this" in caplog.text


def test_a_file_may_be_away_while_it_is_saved(folder: Path) -> None:
    live = LiveStore(folder, clock=Clock())
    before = live.current()
    clinic = (folder / "clinic.yml").read_text()
    (folder / "clinic.yml").unlink()
    assert live.current() is before
    (folder / "clinic.yml").write_text(clinic.replace("Alliance Vascular", "Valley Spine"))
    assert live.current().clinic.name == "Valley Spine"


def test_only_the_stores_own_files_are_read_again(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    live = LiveStore(folder, clock=Clock())
    before = live.current()
    change(folder / "red_flags.yml", "level: emergency", "level: urgent")
    assert live.current() is before
    assert "read again" not in caplog.text


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


def test_every_text_has_the_clinics_values(folder: Path) -> None:
    change(folder / "disclaimer.yml", "I give general", "{clinic_name} gives general")
    change(folder / "questions.yml", "Who does the procedure?", "Who does it at {clinic_name}?")
    store = load_store(folder)
    assert store.disclaimer.short.startswith("Alliance Vascular gives general")
    assert store.questions["ask_who_performs"] == "Who does it at Alliance Vascular?"


def test_a_blank_line_in_a_note_is_no_new_paragraph(folder: Path) -> None:
    note = "Kyphoplasty uses vertebroplasty cement."
    broken = note.replace("uses ", "uses\n\n          ")
    change(folder / "topics" / "cement.yml", f"says: {note}", f"says: |\n          {broken}")
    facts = load_store(folder).facts.values()
    assert note in {source.says for fact in facts for source in fact.sources}


def test_a_process_keeps_one_copy(folder: Path) -> None:
    assert live_store(folder) is live_store(folder)
