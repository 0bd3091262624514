"""Bodies: the right shape and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from channels.bodies import Pressed, Rating, Typed, read_message, read_rating
from channels.problems import ProblemError

JSON = "application/json"


def read(body: bytes | Any, content_type: str = JSON) -> Typed | Pressed:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_message(raw, content_type, most=100)


def test_words_and_choices_are_read() -> None:
    assert read({"text": " How long? "}) == Typed("How long?")
    assert read({"choice": "ask_risks"}) == Pressed("ask_risks")
    assert read({"choice": None, "text": "x"}) == Typed("x")


def test_what_the_client_says_of_itself_is_not_looked_at() -> None:
    more = {"sender": "me", "sender_id": "me", "metadata": {"a": 1}, "input_channel": "x"}
    assert read({"text": "x", **more}) == Typed("x")


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"'],
)
def test_json_in_utf8_is_taken(content_type: str) -> None:
    assert read({"text": "x"}, content_type) == Typed("x")


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"],
)
def test_other_types_are_refused(content_type: str) -> None:
    with pytest.raises(ProblemError) as refused:
        read({"text": "x"}, content_type)
    assert refused.value.status == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'"text"',
        b"[]",
        b"null",
        b"1",
        b"NaN",
        b'{"text": NaN}',
        b'{"text": "x"',
        b'{"text": "\xff"}',
        b'\xef\xbb\xbf{"text": "x"}',
        '{"text": "x"}'.encode("utf-16"),
        b"[" * 16_000,
        b'{"a":' * 3000,
        b'{"text": "\\ud800"}',
        b'{"text": ' + b"1" * 9000 + b"}",
        {},
        {"text": None},
        {"text": None, "choice": None},
        {"text": ""},
        {"text": 1},
        {"text": ["x"]},
        {"text": {"x": 1}},
        {"text": True},
        {"text": "x", "choice": "y"},
        {"choice": ""},
        {"choice": 1},
        {"choice": "x" * 201},
        {"message": "x"},
    ],
)
def test_other_shapes_are_refused(body: Any) -> None:
    with pytest.raises(ProblemError) as refused:
        read(body)
    assert refused.value.status == 400


def test_what_was_sent_is_never_quoted() -> None:
    for body in (b'{"text": zebra}', b'{"choice": ["zebra"]}', b"zebra"):
        with pytest.raises(ProblemError) as refused:
            read(body)
        assert "zebra" not in str(refused.value)
        assert refused.value.__cause__ is None


def rate(**fields: Any) -> Rating:
    return read_rating(json.dumps(fields).encode(), JSON, most=20)


def test_a_rating_is_read() -> None:
    assert rate(reply="r", helpful=True) == Rating("r", True, "")
    assert rate(reply="r", helpful=False, comment=" no \x00") == Rating("r", False, "no")
    assert rate(reply="r", helpful=False, comment=None).comment == ""


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"reply": "r"}, 400),
        ({"helpful": True}, 400),
        ({"reply": "", "helpful": True}, 400),
        ({"reply": 3, "helpful": True}, 400),
        ({"reply": "r", "helpful": "yes"}, 400),
        ({"reply": "r", "helpful": 1}, 400),
        ({"reply": "r", "helpful": True, "comment": 1}, 400),
        ({"reply": "r", "helpful": True, "comment": "\ud800"}, 400),
        ({"reply": "r", "helpful": True, "comment": "x" * 21}, 413),
    ],
)
def test_other_ratings_are_refused(fields: dict[str, Any], status: int) -> None:
    with pytest.raises(ProblemError) as refused:
        rate(**fields)
    assert refused.value.status == status
