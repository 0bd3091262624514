"""Decline what the sources do not answer, or what is not in English.

A doubtful refusal, and one behind an answer, offers the question that it may have been.
Who tells how the night was, and asks nothing, is thanked for it and not only refused; who has
to see to the kettle first is not refused at all.
"""

from __future__ import annotations

from actions.answer import compose
from actions.patient_action import REFUSED, Outcome, PatientAction
from actions.phrase_action import ways_on
from actions.remarks import is_of_loss, is_pause, is_told
from actions.turn import Turn
from knowledge.records import FactStore

_SPANISH = "es"


class ActionDecline(PatientAction):
    def name(self) -> str:
        return "action_decline"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        if all(is_pause(part.text) for part in turn.parts) and not turn.in_doubt:
            return Outcome(compose(store, "greet", [store.phrases["pause"]]))
        phrase = "out_of_scope"
        if turn.language:
            phrase = "english_only_spanish" if turn.language == _SPANISH else "english_only"
        elif all(is_told(part.text) for part in turn.parts):
            phrase = "remark"
        offered = ways_on(turn.parts[0].choices)
        lines, phone = [store.phrases[phrase]], store.clinic.phone
        if phrase == "remark" and any(is_of_loss(part.text) for part in turn.parts):
            lines.insert(0, store.phrases["loss"])
        reply = compose(store, REFUSED, lines, suggest=offered, phone=phone)
        return Outcome(reply, {"alternatives": turn.alternatives_to(offered)})
