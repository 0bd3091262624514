"""Where a message keeps its pieces between graph components."""

from __future__ import annotations

from collections.abc import Iterable

from rasa.shared.nlu.training_data.message import Message

_PIECES = "pieces"


def set_pieces(message: Message, texts: Iterable[str]) -> None:
    """Keep the texts as messages of their own, to be featurized and classified."""
    message.set(_PIECES, [Message.build(text) for text in texts])


def pieces_of(message: Message) -> list[Message]:
    """The pieces of a message; none for a training example or a single question."""
    return list(message.get(_PIECES) or [])


def with_pieces(messages: Iterable[Message]) -> list[Message]:
    """All messages, each followed by its pieces."""
    return [each for message in messages for each in (message, *pieces_of(message))]
