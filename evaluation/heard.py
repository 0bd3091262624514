"""What came back for one message: the reply, and what the assistant made of the message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Understood:
    """What the tracker has of a message.

    Attributes:
        intent: the one that chose the action.
        confidence: in that intent.
        best: the classifier's best intent for the whole message, before any threshold.
        best_confidence: its probability.
        parts: the intents of all questions that were found in the message.
        nearest: whether its answer is said to be only the nearest there is.
        in_doubt: whether a red flag was heard that the classifier is not sure of.
    """

    intent: str = ""
    confidence: float = 0.0
    best: str = ""
    best_confidence: float = 0.0
    parts: tuple[str, ...] = ()
    nearest: bool = False
    in_doubt: bool = False


@dataclass(frozen=True)
class Heard:
    """A turn as the patient met it.

    Attributes:
        kind: of the reply, as the website channel's contract lists them.
        facts: ids of the facts told.
        choices: ids of the questions offered.
        seconds: from sending the message to having the reply.
        reply: the reply's id, "" where the channel refused the message.
    """

    said: str
    kind: str
    text: str
    seconds: float
    facts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    reply: str = ""
    understood: Understood = Understood()


def heard_of(said: str, payload: Mapping[str, Any], seconds: float) -> Heard:
    """The turn of a reply in the shape of the channel's contract."""
    return Heard(
        said=said,
        kind=payload["kind"],
        text=payload["text"],
        seconds=seconds,
        facts=tuple(fact["id"] for fact in payload.get("facts") or ()),
        choices=tuple(each["id"] for each in payload.get("suggestions") or ()),
        reply=payload["id"],
    )


def understood_of(parsed: Mapping[str, Any]) -> Understood:
    """What Rasa's parse of a message says."""
    intent = parsed.get("intent") or {}
    best = next(iter(parsed.get("intent_ranking") or ()), intent)
    parts = parsed.get("parts") or ()
    return Understood(
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        best=best.get("name") or "",
        best_confidence=float(best.get("confidence") or 0.0),
        parts=tuple(part["intent"] for part in parts),
        nearest=any(part.get("nearest") for part in parts),
        in_doubt=bool((parsed.get("alarm") or {}).get("in_doubt")),
    )
