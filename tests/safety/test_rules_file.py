"""The red-flag rules: the classic signs alarm, ordinary questions do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from safety.red_flags import RedFlags
from safety.rule_file import RedFlagsError, read_rule_book

FILE = Path("facts/red_flags.yml")

_LEGS = '- "{legs} (is|are|\'s|feel|feels|seem) ..1 (gone|disappeared|missing)"'


@pytest.fixture(scope="module")
def red_flags() -> RedFlags:
    return RedFlags.from_file(FILE)


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


@pytest.mark.parametrize(
    ("written", "slip", "told"),
    [
        ("ignores: [resolved]", "ignores:", "ignores: 'None' is no list of words"),
        ("lifted: [since, onset]", "lifted:", "lifted: 'None' is no list of words"),
        ("joins: [and, or, that,", "joins:\n    #", "joins: 'None' is no list of words"),
        ("- kind: negated", "- yields: false", "'kind' is missing; add a line 'kind: ...'"),
        ("- kind: negated", "- kind: [negated]", "its kind must be small letters"),
        ("spellings:\n", "spellings:\n  no: [noe]\n", "the name 'False' is no text"),
        (_LEGS, '- "(legs|knees ..4 feet) numb"', "'knees ..4 feet' has dots that are no distance"),
        (_LEGS, '- "legs ...4 numb"', "'legs ...4 numb' has dots that are no distance"),
        (_LEGS, '- "legs .. 4 numb"', "'legs .. 4 numb' has dots that are no distance"),
        (_LEGS, '- "legs ..100 numb"', "write two dots and a number up to 99 without a space"),
        (_LEGS, '- "(legs/feet) numb"', "'legs/feet' has a slash; write two words"),
        (
            "\n  legs: [leg, foot,",
            "\n  legs: [leg/foot,",
            "'leg/foot' has a slash; write",
        ),
        (
            '- "cotton (ball',
            '- "{legs}"\n      - "cotton (ball',
            "'{legs}' takes back what the rule",
        ),
        ('- "cotton (ball', '- numb\n      - "cotton (ball', "'numb' takes back what the rule"),
        ("\nplaces:\n", "\nplaces:\n  legs: [shin]\n", "'legs' stands there already (line "),
        ("  heart: [hart]", "  heart: hart # 4", "' #' cuts the text off behind 'hart'"),
        ("  heart: [hart]", "  heart: [hart", "a list in brackets needs a comma"),
        ("\nplaces:\n", "\nplaces: legs\nplaces_too:\n", "'places': 'legs' is no list of names"),
    ],
)
def test_a_slip_is_told_in_a_sentence(tmp_path: Path, written: str, slip: str, told: str) -> None:
    text = FILE.read_text()
    assert written in text
    path = tmp_path / "red_flags.yml"
    path.write_text(text.replace(written, slip, 1))
    with pytest.raises(RedFlagsError) as caught:
        read_rule_book(path)
    assert any(told in problem for problem in caught.value.problems)


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "red_flags.yml"
    with pytest.raises(RedFlagsError, match=r"red_flags\.yml: file: is missing; put it back\."):
        read_rule_book(path)
    path.write_bytes(b"rules: \xff\xfe")
    with pytest.raises(RedFlagsError, match="is not UTF-8; save it as UTF-8"):
        read_rule_book(path)
