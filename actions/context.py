"""Read an unsure question in the light of what was talked about before it.

"What does it feel like?" may ask of the fracture, of the sedation or of the needle. After
an answer on sedation it asks of that. And "and gardening?", which alone is declined, is
clear after "when can I walk?".
"""

from __future__ import annotations

from dataclasses import replace

from actions.turn import Turn
from knowledge.records import FactStore
from understanding.intents import OUT_OF_SCOPE, QUESTION_PREFIX

# How much likelier a question is where it stays with the topic talked about. What is
# surer than three to one without it stays what it is.
_STAYS = 3.0


def in_context(turn: Turn, store: FactStore) -> Turn:
    """The turn, its one question as what it most likely asks after the answer before it.

    A message with several questions, and one that was declined without doubt, stays.
    """
    topic = topic_of(turn.subject, store)
    if len(turn.parts) != 1 or topic is None:
        return turn
    (part,) = turn.parts
    likely = dict(turn.likely) if part.intent.startswith(QUESTION_PREFIX) else {}
    if part.intent == OUT_OF_SCOPE:
        likely = {intent: 1.0 for intent in part.choices if topic_of(intent, store) == topic}
    weighed = {
        intent: p * (_STAYS if topic_of(intent, store) == topic else 1.0)
        for intent, p in likely.items()
    }
    meant = max(weighed, key=weighed.__getitem__, default=part.intent)
    if meant == part.intent:
        return turn
    return replace(turn, parts=(replace(part, intent=meant, choices=()),))


def topic_of(question: str | None, store: FactStore) -> str | None:
    """The topic of the facts that answer a question intent; None where there is none."""
    return next((fact.topic for fact in store.answering(question)), None) if question else None
