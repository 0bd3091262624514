"""Where a message is cut, and where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.splitting import cuts, looks_like_question, without_identifiers

# A message, and its parts.
JOINED = {
    "do I need a driver and when can I walk?": ["do I need a driver", "when can I walk?"],
    "do i need a driver how long does it take": ["do i need a driver", "how long does it take"],
    "Is it safe? How long does it take?": ["Is it safe?", "How long does it take?"],
    "what are the risks, also do I stay overnight": ["what are the risks", "do I stay overnight"],
    "Do I need an MRI\nWho does it": ["Do I need an MRI", "Who does it"],
    "risks + benefits": ["risks", "benefits"],
    "1) risks 2) recovery 3) your phone": ["risks", "recovery", "your phone"],
    "the cost, the pain during it": ["the cost", "the pain during it"],
    "home same day - who drives": ["home same day", "who drives"],
    "safe and painless, and who does it": ["safe", "painless", "who does it"],
    "is it risky an how do they start": ["is it risky", "how do they start"],
    "needs ride? f/u plan?": ["needs ride?", "f/u plan?"],
    "safe/how long/I drive?": ["safe", "how long", "I drive?"],
    "Is my fracture at L1? When can I walk?": ["Is my fracture at L1?", "When can I walk?"],
    "I am 82. how long does it take": ["I am 82.", "how long does it take"],
    "My mother has MS. Is it safe for her?": ["My mother has MS.", "Is it safe for her?"],
    "1. risks 2. recovery": ["risks", "recovery"],
    "For a kyphoplasty, how long is it? With the other, is it less?": [
        "For a kyphoplasty, how long is it?",
        "With the other, is it less?",
    ],
    "which street what time do you close": ["which street", "what time do you close"],
    "will the needle hurt who holds my hand": ["will the needle hurt", "who holds my hand"],
}
UNCUT = [
    "how long is the recovery",
    "what kind of cement do they use",
    "is Dr. Davidson a surgeon?",
    "is dr. davidson a surgeon",
    "take 1.5 hours?",
    "is it an open operation",
    "which will help more, would you say?",
    "is it a long operation, do you think",
    "VCF s/p fall w/o trauma",
    "",
    "???",
]


@pytest.mark.parametrize("message", JOINED)
def test_cut(message: str) -> None:
    texts = [cut.text for cut in cuts(message)]
    assert texts == JOINED[message]


@pytest.mark.parametrize("message", UNCUT)
def test_not_cut(message: str) -> None:
    assert cuts(message) == []


@given(st.text(max_size=300))
def test_the_parts_are_few_and_stand_in_the_message_in_order(message: str) -> None:
    found = cuts(message)
    assert len(found) <= 12
    rest = message
    for cut in found:
        _, part, rest = rest.partition(cut.text)
        assert part


def test_of_a_long_story_only_what_looks_like_a_question_counts() -> None:
    story = "I fell, and hurt, and cried. " * 8 + "Is it safe? How long does it take?"
    assert [cut.text for cut in cuts(story)] == ["Is it safe?", "How long does it take?"]
    one = "I fell, and hurt, and cried. " * 8 + "Is it safe?"
    assert [cut.text for cut in cuts(one)] == ["Is it safe?"]
    listed = "pills, " * 12 + "or tea, how long is it, and is it safe"
    assert [cut.joint for cut in cuts(listed)] == [", ", ", and "]


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
    text = "my name is [name], my number is [phone], how long is recovery"
    assert without_identifiers(text) == "how long is recovery"
    assert without_identifiers("[name]") == "[name]"
    asked = "how long does dr. [name] keep me"
    assert without_identifiers(asked) == asked
    assert without_identifiers("Is it safe?  Really") == "Is it safe?  Really"


@pytest.mark.parametrize(
    ("text", "joints"),
    [
        ("do I need a driver and when can I walk?", ["", " and "]),
        ("is it safe? how long does it take", ["", "?"]),
        ("1) risks 2) recovery", ["", " 2) "]),
        ("I fell, and cried. Is it safe and who does it?", ["", ", and ", ".", " and "]),
    ],
)
def test_a_cut_tells_what_joins_it_to_what_stands_before(text: str, joints: list[str]) -> None:
    assert [cut.joint for cut in cuts(text)] == joints


@pytest.mark.parametrize("text", ["must he fast before it", "couldn't I have the other one"])
def test_questions_that_open_with_a_verb_look_like_questions(text: str) -> None:
    assert looks_like_question(text)


@pytest.mark.parametrize("text", ["must be my age", "might be the weather", "didn't sleep a wink"])
def test_statements_that_open_with_one_do_not(text: str) -> None:
    assert not looks_like_question(text)
