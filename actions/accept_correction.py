"""The patient says that an alarm was none, and no more: offer what to ask instead."""

from __future__ import annotations

from actions.answer import compose
from actions.patient_action import Outcome, PatientAction
from actions.phrase_action import ways_on
from actions.try_again import ActionTryAgain
from actions.turn import Turn
from knowledge.records import FactStore


class ActionAcceptCorrection(PatientAction):
    def name(self) -> str:
        return "action_accept_correction"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        lines = [store.phrases["false_alarm_next"]]
        if not turn.corrects_alarm:
            if turn.typed[0]:
                # There is no alarm to take back, so it is an answer that was wrong.
                return ActionTryAgain().respond(turn, store)
            # The button stands there longer than the alarm is kept in mind.
            lines.insert(0, store.phrases["false_alarm"])
        return Outcome(compose(store, "clarify", lines, suggest=ways_on(turn.alternatives)))
