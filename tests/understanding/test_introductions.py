"""What says who writes is left out; what is asked stays."""

from __future__ import annotations

import pytest

from understanding.introductions import without_introduction

INTRODUCED = {
    "My name is [name], will it hurt": "will it hurt",
    "hi this is [name] how long is recovery": "how long is recovery",
    "[name] here, is it safe": "is it safe",
    "will it hurt? Thanks, [name]": "will it hurt?",
    "is it safe You can call me at [phone].": "is it safe",
    "my email is [email] and do I need a driver": "and do I need a driver",
    "member id [insurance id], do I need an MRI": "do I need an MRI",
    "I live at [address]. where are you": "where are you",
}
KEPT = [
    "did Dr. [name] say so",
    "is [name] the one who does it",
    "please call me at [phone]",
    "my name is [name]",
    "what is the cement made of",
    "I am afraid of the needle, thanks",
]


@pytest.mark.parametrize("message", INTRODUCED)
def test_introductions_are_left_out(message: str) -> None:
    assert without_introduction(message) == INTRODUCED[message]


@pytest.mark.parametrize("message", KEPT)
def test_questions_stay_whole(message: str) -> None:
    assert without_introduction(message) == message
