"""Whatever is sent through the real model: an answer or a problem document."""

from __future__ import annotations

import pytest
from hypothesis import given

from channels.replies import is_reply
from tests.channels.fuzzing import (
    FRAMINGS,
    TEXTS,
    assert_ten_megabytes_are_not_read,
    assert_told,
    fuzz,
)
from tests.channels.site import Site

_MOST_OF_A_CONVERSATION = 100


@pytest.mark.parametrize("framing", FRAMINGS)
def test_ten_megabytes_are_not_read(real: Site, framing: str) -> None:
    assert_ten_megabytes_are_not_read(real, framing)


def test_texts_through_the_real_model(real: Site) -> None:
    visitors = [real.visitor()]
    sent: list[str] = []

    @fuzz(400)
    @given(TEXTS)
    def check(text: str) -> None:
        sent.append(text)
        if len(sent) % _MOST_OF_A_CONVERSATION == 0:
            visitors.append(real.visitor())
        answer = visitors[-1].send(text=text)
        assert_told(answer, text)
        if answer.status_code == 200:
            (reply,) = answer.json()["replies"]
            assert is_reply(reply)
            assert reply["kind"] != "error", text

    check()
    assert len(sent) >= 400
    for visitor in visitors:
        assert visitor.turns()
    assert "Traceback" not in real.log()
