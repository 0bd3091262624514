"""Decline what the sources do not answer, or what is not in English.

A doubtful refusal, and one behind an answer, offers the question that it may have been.
"""

from __future__ import annotations

from actions.answer import compose
from actions.patient_action import Outcome, PatientAction
from actions.phrase_action import STARTERS
from actions.turn import Turn
from knowledge.records import FactStore

_SPANISH = "es"


class ActionDecline(PatientAction):
    def name(self) -> str:
        return "action_decline"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        phrase = "out_of_scope"
        if turn.language:
            phrase = "english_only_spanish" if turn.language == _SPANISH else "english_only"
        suggest = (*turn.parts[0].choices, *STARTERS)[: len(STARTERS)]
        return Outcome(
            compose(
                store,
                "out_of_scope",
                [store.phrases[phrase]],
                suggest=suggest,
                phone=store.clinic.phone,
            )
        )
