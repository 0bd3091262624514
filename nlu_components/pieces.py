"""Where a message keeps its pieces between graph components."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from understanding.splitting import Cut

_PIECES = "pieces"
_PLACE = "place"


def set_pieces(message: Message, cuts: Sequence[Cut]) -> None:
    """Keep the cuts as messages of their own, to be featurized and classified."""
    pieces = [Message.build(cut.text) for cut in cuts]
    for cut, piece in zip(cuts, pieces, strict=True):
        piece.set(_PLACE, (cut.first, cut.end))
    message.set(_PIECES, pieces)


def pieces_of(message: Message) -> list[Message]:
    """The pieces of a message; none for a training example or a single question."""
    return list(message.get(_PIECES) or [])


def cut_of(piece: Message) -> Cut:
    """The cut that a piece was made of."""
    first, end = piece.get(_PLACE)
    return Cut(first, end, piece.get(TEXT))


def with_pieces(messages: Iterable[Message]) -> list[Message]:
    """All messages, each followed by its pieces."""
    return [each for message in messages for each in (message, *pieces_of(message))]
