"""Decline what the sources do not answer, or what is not in English."""

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
        lines = [store.phrases[phrase]]
        return Outcome(
            compose(store, "out_of_scope", lines, suggest=STARTERS, phone=store.clinic.phone)
        )
