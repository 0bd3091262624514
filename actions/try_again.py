"""The patient says the last answer missed the question: offer what else it may be."""

from __future__ import annotations

from actions.answer import compose
from actions.patient_action import Outcome, PatientAction
from actions.phrase_action import STARTERS
from actions.turn import Turn
from knowledge.records import FactStore


class ActionTryAgain(PatientAction):
    def name(self) -> str:
        return "action_try_again"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        choices = turn.alternatives or STARTERS
        lines = [store.phrases["not_what_i_asked"]]
        return Outcome(compose(store, "clarify", lines, suggest=choices, phone=store.clinic.phone))
