"""The spaCy pipeline on disk."""

from __future__ import annotations

from pathlib import Path

import spacy

from launch.environment import ROOT
from understanding.spacy_pipeline import save_pipeline

ENTITIES = ROOT / "data" / "entities.yml"


def test_it_is_read_back_with_its_terms(tmp_path: Path) -> None:
    save_pipeline(ENTITIES, tmp_path)
    (found,) = spacy.load(tmp_path)("is Kypho safe").ents
    assert (found.text, found.label_) == ("Kypho", "procedure")


def test_the_same_pipeline_is_not_written_again(tmp_path: Path) -> None:
    def times() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}

    save_pipeline(ENTITIES, tmp_path)
    written = times()
    assert written
    save_pipeline(ENTITIES, tmp_path)
    assert times() == written
    (tmp_path / "meta.json").write_text("{}")
    save_pipeline(ENTITIES, tmp_path)
    assert (tmp_path / "meta.json").read_text() != "{}"
