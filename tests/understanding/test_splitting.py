"""Where a message is cut, and where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.splitting import (
    looks_like_question,
    split_message,
    without_identifiers,
)

CUTS = {
    "do I need a driver and when can I walk?": ["do I need a driver", "when can I walk?"],
    "do i need a driver how long does it take": ["do i need a driver", "how long does it take"],
    "Is it safe? How long does it take?": ["Is it safe?", "How long does it take?"],
    "what are the risks, also do I stay overnight": ["what are the risks", "do I stay overnight"],
    "Do I need an MRI\nWho does it": ["Do I need an MRI", "Who does it"],
}
WHOLE = [
    "what is the difference between kyphoplasty and vertebroplasty",
    "Is it safe and effective",
    "do you know when I can walk",
    "I was wondering if I can eat",
    "is Dr. Davidson a surgeon?",
    "Does it take 1.5 hours?",
    "",
    "???",
]


@pytest.mark.parametrize("message", CUTS)
def test_cut(message: str) -> None:
    assert split_message(message) == CUTS[message]


@pytest.mark.parametrize("message", WHOLE)
def test_kept_whole(message: str) -> None:
    assert len(split_message(message)) <= 1


@given(st.text(max_size=300))
def test_no_word_is_lost_or_made_up(message: str) -> None:
    kept = "".join(split_message(message)).split()
    assert len(split_message(message)) <= 6
    assert set("".join(kept)) <= set(message)


@pytest.mark.parametrize(
    ("piece", "is_question"),
    [
        ("when can I walk", True),
        ("so is it safe", True),
        ("driver needed?", True),
        ("my mother fell", False),
    ],
)
def test_looks_like_question(piece: str, is_question: bool) -> None:
    assert looks_like_question(piece) is is_question


def test_what_names_a_person_is_left_out_of_the_question() -> None:
    pieces = split_message("my name is [name], my number is [phone], how long is recovery")
    assert without_identifiers(pieces) == ["how long is recovery"]
    assert without_identifiers(["[name]"]) == ["[name]"]
