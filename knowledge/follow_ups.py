"""What a follow-up that names no subject asks of the question answered before it."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.records import FactStore, FollowUp

_SAME = "same"


def meant_by(
    follow_up: FollowUp, subject: str | None, answered: Collection[str], store: FactStore
) -> str | None:
    """The question of its own that the follow-up asks; None where nothing is left to ask.

    Args:
        subject: the question answered last, in this message or before it.
        answered: questions that this reply answers already.
    """
    keys = [subject or "", topic_of(subject, store) or "", "default"]
    named = next(follow_up.means[key] for key in keys if key in follow_up.means)
    meant = subject if named == _SAME else named
    # "Is it sore, and for how long?": the answer on soreness says it, and no other one does.
    return None if meant in answered else meant


def topic_of(question: str | None, store: FactStore) -> str | None:
    """The topic of the facts that answer a question intent; None where there is none."""
    return next((fact.topic for fact in store.answering(question)), None) if question else None
