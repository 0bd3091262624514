"""The red-flag rules: the classic signs alarm, ordinary questions do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from safety.red_flags import RedFlags


@pytest.fixture(scope="module")
def red_flags() -> RedFlags:
    return RedFlags.from_file(Path("facts/red_flags.yml"))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("my legs are numb", "emergency"),
        ("I can't feel my legs since this morning", "emergency"),
        ("i cant pee since last night", "emergency"),
        ("I have chest pain", "emergency"),
        ("she cannot breathe", "emergency"),
        ("he is coughing up blood", "emergency"),
        ("her face is drooping and her speech is slurred", "emergency"),
        ("I have a fever of 102", "urgent"),
        ("the wound is red and oozing", "urgent"),
        ("I want to die", "crisis"),
        ("i want to kill myself", "crisis"),
    ],
)
def test_alarms(red_flags: RedFlags, text: str, level: str) -> None:
    alarm = red_flags.assess(text)
    assert alarm is not None
    assert alarm.level == level
    assert alarm.rule_ids


@pytest.mark.parametrize(
    "text",
    [
        "can cement leakage cause paralysis?",
        "no chest pain, just asking about recovery",
        "my dad had a stroke 10 years ago, can he have it?",
        "what happens if I get a fever after it?",
        "it's killing me to wait",
        "will my back be numbed",
        "do I need a driver",
        "",
    ],
)
def test_no_alarm(red_flags: RedFlags, text: str) -> None:
    assert red_flags.assess(text) is None
