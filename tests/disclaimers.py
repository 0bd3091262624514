"""The promise that matters most, as one assertion."""

from __future__ import annotations

from typing import Any

from actions.answer import MEDICAL
from knowledge.records import FactStore

# What is said of a red flag beside the reply.
_OF_RED_FLAGS = ("_still", "_foreseen", "_in_doubt")


def assert_carries_disclaimer(reply: dict[str, Any] | str, store: FactStore) -> None:
    """The reply says something and has a disclaimer, the full one where it is medical.

    Takes the structured reply, or the plain text that a shell or REST client gets.
    """
    if isinstance(reply, str):
        ends_full = reply.endswith(store.disclaimer.full)
        assert ends_full or reply.endswith(store.disclaimer.short)
        assert reply not in (store.disclaimer.full, store.disclaimer.short)
        # What cites a source is medical.
        assert ends_full or "\nSource: " not in reply
        return
    assert reply["text"].strip()
    red_flags = [text for name, text in store.phrases.items() if name.endswith(_OF_RED_FLAGS)]
    full = reply["kind"] in MEDICAL or any(text in reply["text"] for text in red_flags)
    assert reply["disclaimer"] == (store.disclaimer.full if full else store.disclaimer.short)
    assert "911" in reply["disclaimer"]
