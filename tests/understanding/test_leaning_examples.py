"""The file of leaning examples is read, and its mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.records import FactStore
from launch.environment import ROOT
from understanding.intents import DECLINED
from understanding.leaning_examples import LeaningExample, read_leaning_examples


def test_a_line_is_an_example(tmp_path: Path) -> None:
    path = tmp_path / "leaning.tsv"
    path.write_text(
        "is it safe\tand at 90\told_age | safety\nhow long\tto the doctor?\tout_of_scope\n"
    )
    assert read_leaning_examples(path) == [
        LeaningExample("is it safe", "and at 90", ("old_age", "safety")),
        LeaningExample("how long", "to the doctor?", ("out_of_scope",)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "is it safe\tand at 90",
        "is it safe\t \tsafety",
        "a\tb\tc\td",
        "",
        "a\tb\tc|",
        "a\tb\tc|out_of_scope",
    ],
)
def test_a_broken_line_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "leaning.tsv"
    path.write_text(f"is it safe\tand at 90\tsafety\n{line}\nhow long\twhy\tsafety\n")
    with pytest.raises(ValueError, match=r"leaning\.tsv, line 2"):
        read_leaning_examples(path)


def test_what_answers_an_example_is_in_the_store(store: FactStore) -> None:
    for each in read_leaning_examples(ROOT / "data" / "leaning.tsv"):
        declined = set(each.answers) & DECLINED
        assert len(each.answers) == 1 if declined else set(each.answers) <= set(store.facts), each
