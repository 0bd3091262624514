"""What was answered before goes with a message to be read, and is not kept with it."""

from __future__ import annotations

from rasa.core.channels.channel import UserMessage

from launch.rasa_adaptation import with_earlier
from nlu_components.earlier import EARLIER


def test_what_was_answered_before_goes_with_a_copy() -> None:
    message = UserMessage("how much of it", metadata={"page": "x"})
    slots = {"subject": "ask_cement_material", "shown_facts": ["a", "b+more"], "procedure": None}
    copied = with_earlier(message, slots)
    assert copied.metadata == {
        "page": "x",
        EARLIER: {"subject": "ask_cement_material", "shown": ["a", "b+more"]},
    }
    assert (copied.text, copied.sender_id) == (message.text, message.sender_id)
    assert message.metadata == {"page": "x"}


def test_what_a_client_says_was_answered_before_is_dropped() -> None:
    message = UserMessage("hello", metadata={"page": "x", EARLIER: "something"})
    copied = with_earlier(message, {"subject": None, "shown_facts": None})
    assert copied.metadata == {"page": "x", EARLIER: None}
