"""``make facts`` reads everything that a clinic edits, and says what is wrong."""

from __future__ import annotations

import shutil
from csv import DictReader
from pathlib import Path

import pytest

from knowledge.check import main
from safety.red_flags import RedFlags
from safety.rule_file import read_rule_book


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


@pytest.mark.parametrize("name", ["recovery.yaml", "recovery.yml.txt", "recovery.YML"])
def test_a_topic_file_that_is_not_read_is_named(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "topics" / name).write_text("topic: recovery\n")
    (folder / "topics" / ".recovery.yml.swp").write_text("an editor's own\n")
    assert main(folder) == 1
    assert capsys.readouterr().err == (
        f"facts/topics/{name}: file: is not read; end its name with .yml, or move it away.\n"
        "1 problem(s) in the facts folder.\n"
    )


def test_a_name_that_stands_twice_is_refused_with_both_lines(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    phrases = folder / "phrases.yml"
    lines = phrases.read_text().splitlines()
    first = lines.index("  emergency: >-") + 1
    phrases.write_text("\n".join([*lines, "  emergency: Wait."]))
    assert main(folder) == 1
    assert (
        f"facts/phrases.yml: line {len(lines) + 1}: 'emergency' stands there already "
        f"(line {first}); delete one"
    ) in capsys.readouterr().err


def test_a_classic_sign_that_no_longer_alarms_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "red_flags.yml"
    text = path.read_text()
    assert "\n  legs: [leg, foot, feet," in text
    path.write_text(text.replace("\n  legs: [leg, foot, feet,", "\n  legs: [leg, foot feet,"))
    assert main(folder) == 1
    said = capsys.readouterr().err
    assert (
        "facts/red_flags.yml: 'both feet are numb' must alarm as emergency, and now alarms as "
    ) in said
    assert "chest" not in said


def test_each_rule_has_a_classic_sign() -> None:
    red_flags = RedFlags.from_file(Path("facts/red_flags.yml"))
    with Path("knowledge/classic_signs.tsv").open() as lines:
        alarms = [red_flags.assess(sign["sentence"]) for sign in DictReader(lines, delimiter="\t")]
    raised = {rule for alarm in alarms if alarm for rule in alarm.rule_ids}
    assert raised == {rule.id for rule in read_rule_book(Path("facts/red_flags.yml")).rules}
