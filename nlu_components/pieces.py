"""Where a message keeps its pieces between graph components."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rasa.shared.nlu.training_data.message import Message

from understanding.splitting import Cut

_PIECES = "pieces"
_JOINT = "joint"


def set_pieces(message: Message, cuts: Sequence[Cut]) -> None:
    """Keep the cuts as messages of their own, to be featurized and classified."""
    pieces = [Message.build(cut.text) for cut in cuts]
    for cut, piece in zip(cuts, pieces, strict=True):
        piece.set(_JOINT, cut.joint)
    message.set(_PIECES, pieces)


def pieces_of(message: Message) -> list[Message]:
    """The pieces of a message; none for a training example or a single question."""
    return list(message.get(_PIECES) or [])


def joint_of(piece: Message) -> str:
    """What stands before a piece, as ``Cut`` has it."""
    joint: str = piece.get(_JOINT)
    return joint


def with_pieces(messages: Iterable[Message]) -> list[Message]:
    """All messages, each followed by its pieces."""
    return [each for message in messages for each in (message, *pieces_of(message))]
