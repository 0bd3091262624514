"""What was answered before a message, between the server and the graph components."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.shared.nlu.training_data.message import Message

from knowledge.records import FactStore
from understanding.leaning import Earlier, behind

# In a message's metadata, as ``earlier_in`` makes it of a conversation's slots.
EARLIER = "earlier"
_METADATA = "metadata"


def earlier_in(slots: Mapping[str, Any]) -> dict[str, Any] | None:
    """What to put into a message's metadata; None where nothing was answered before it."""
    shown = list(slots.get("shown_facts") or ())
    return {"subject": slots.get("subject"), "shown": shown} if shown else None


def earlier_of(message: Message, store: FactStore) -> Earlier | None:
    """What was answered before the message, as far as the store still has it."""
    given = (message.get(_METADATA) or {}).get(EARLIER)
    shown = tuple(fact for fact in (given or {}).get("shown", ()) if fact in store.facts)
    return Earlier(given["subject"], shown) if given and shown else None


def text_behind(text: str, earlier: Earlier, store: FactStore) -> str:
    """The text behind a question that the answer before it answers."""
    facts = [store.facts[fact] for fact in earlier.shown]
    # Of an answer to several questions the one asked last is what a message leans on.
    told = next((fact for fact in facts if earlier.subject in fact.answers), facts[0])
    return behind(told.questions[0], text)
