"""What "how long does that take?", "is that common?" or "and after?" asks of a subject."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from actions.context import topic_of
from actions.turn import Part, Turn
from knowledge.records import FactStore, FollowUp
from understanding.intents import FOLLOW_UP_PREFIX

_SAME = "same"


def follow_up_of(intent: str, store: FactStore) -> FollowUp | None:
    """The follow-up of facts/follow_ups.yml that the intent is, if it is one."""
    is_one = intent.startswith(FOLLOW_UP_PREFIX)
    return store.follow_ups.get(intent.removeprefix(FOLLOW_UP_PREFIX)) if is_one else None


def own_questions(turn: Turn, store: FactStore) -> list[Part]:
    """The parts, each follow-up as what it asks of the part before it or the turn before."""
    shown = [store.facts[fact] for fact in turn.shown if fact in store.facts]
    subject = turn.subject or next((fact.answers[0] for fact in shown), None)
    parts: list[Part] = []
    for part in turn.parts:
        follow_up = follow_up_of(part.intent, store)
        if follow_up:
            meant = _meant_by(follow_up, subject, [p.intent for p in parts], store)
            if meant is None:
                continue
            part = replace(part, intent=meant)
        parts.append(part)
        subject = part.intent if part.intent in store.questions else subject
    return parts


def _meant_by(
    follow_up: FollowUp, subject: str | None, answered: Collection[str], store: FactStore
) -> str | None:
    """The question of its own that the follow-up asks; None where nothing is left to ask.

    Args:
        subject: the question answered last, in this message or before it.
        answered: questions that this reply answers already.
    """
    keys = [subject or "", topic_of(subject, store) or "", "default"]
    nearest = next(key for key in keys if key in follow_up.means)
    wanted = [follow_up.means[key] for key in (nearest, "default")]
    meant = [subject if each == _SAME else each for each in wanted]
    return next((intent for intent in meant if intent and intent not in answered), None)
