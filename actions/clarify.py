"""Offer two or three choices where the question is not clear."""

from __future__ import annotations

from actions.answer import compose
from actions.patient_action import Outcome, PatientAction
from actions.phrase_action import STARTERS
from actions.turn import Turn
from knowledge.records import FactStore

_MOST_CHOICES = 3


class ActionClarify(PatientAction):
    def name(self) -> str:
        return "action_clarify"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        choices = (
            [c for part in turn.parts for c in part.choices] or [*turn.runners_up] or [*STARTERS]
        )
        offered = choices[:_MOST_CHOICES]
        reply = compose(store, "clarify", [store.phrases["clarify"]], suggest=offered)
        slots = {
            "procedure": turn.named[0] if len(turn.named) == 1 else turn.procedure,
            "alternatives": turn.alternatives_to(offered),
        }
        return Outcome(reply, slots)
