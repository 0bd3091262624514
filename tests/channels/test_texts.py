"""What a patient typed: kept as words, whatever it hides."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.problems import ProblemError
from channels.texts import readable


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  How long?  ", "How long?"),
        ("one\ttwo\r\nthree\rfour\u2028five", "one two\nthree\nfour\nfive"),
        ("a\x00b\x1b[31mc\x7fd\x9be", "ab[31mcde"),
        ("chest\u200b pa\u00adin\ufeff", "chest pain"),
        ("\u202eesrever\u202c \u2066x\u2069", "esrever x"),
        ("cafe\u0301", "caf\u00e9"),
        ("/restart", "restart"),
        (" / / /restart", "restart"),
        ("\u200b/restart", "restart"),
        ("/\u200b/\x00/restart", "restart"),
        ('/ask_risks{"procedure": "x"}', 'ask_risks{"procedure": "x"}'),
        ("and/or", "and/or"),
        ("שלום كيف", "שלום كيف"),
        ("😀", "😀"),
        ("\U000e0041\U000e0042hidden", "hidden"),
    ],
)
def test_it_is_made_readable(typed: str, read: str) -> None:
    assert readable(typed, 1000) == read


@pytest.mark.parametrize("typed", ["", " ", "\n\t ", "\u200b\u200d", "\x00\x01", "/", " // / "])
def test_no_words_are_refused(typed: str) -> None:
    with pytest.raises(ProblemError) as refused:
        readable(typed, 1000)
    assert refused.value.status == 400


@pytest.mark.parametrize("typed", ["\ud800", "a\udfffb", "\udc00\ud800"])
def test_half_characters_are_refused(typed: str) -> None:
    with pytest.raises(ProblemError) as refused:
        readable(typed, 1000)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 11,
        " " * 11,
        "a" + "\u200b" * 10,
        # Three characters each once it is normalized.
        "\ufb2c" * 10,
    ],
)
def test_too_long_before_or_after_is_refused(typed: str) -> None:
    with pytest.raises(ProblemError) as refused:
        readable(typed, 10)
    assert refused.value.status == 413


def test_the_limit_itself_is_allowed() -> None:
    assert readable("a" * 10, 10) == "a" * 10


@given(st.text(max_size=60))
def test_whatever_is_typed(typed: str) -> None:
    try:
        words = readable(typed, 50)
    except ProblemError as refused:
        assert refused.status in (400, 413)
        return
    assert 0 < len(words) <= 50
    assert words == words.strip()
    assert not words.startswith("/")
    assert unicodedata.is_normalized("NFC", words)
    assert readable(words, 50) == words
    words.encode()
