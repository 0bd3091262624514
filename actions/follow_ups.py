"""What "how long does that take?", "is that common?" or "and after?" asks of a subject."""

from __future__ import annotations

from dataclasses import replace

from actions.turn import Part, Turn
from knowledge.follow_ups import meant_by
from knowledge.records import FactStore, FollowUp
from understanding.intents import FOLLOW_UP_PREFIX


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
            meant = meant_by(follow_up, subject, [p.intent for p in parts], store)
            if meant is None and subject:
                # Answered already in this reply.
                continue
            # With nothing talked of before it stays as it is, to be said to be unanswered.
            part = replace(part, intent=meant or part.intent)
        if part.intent in store.questions:
            subject = part.intent
            if subject in [each.intent for each in parts]:
                # "What happens then, if it does move?"
                continue
        parts.append(part)
    return parts
