"""The promise that matters most, as one assertion."""

from __future__ import annotations

from typing import Any

from actions.answer import MEDICAL
from knowledge.records import FactStore


def assert_carries_disclaimer(reply: dict[str, Any], store: FactStore) -> None:
    """The reply says something and has the disclaimer that fits its kind."""
    assert reply["text"].strip()
    full = reply["kind"] in MEDICAL
    assert reply["disclaimer"] == (store.disclaimer.full if full else store.disclaimer.short)
    assert "911" in reply["disclaimer"]
