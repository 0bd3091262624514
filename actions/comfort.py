"""Answer a worry that asks nothing: kindly, with people to talk to and ways on."""

from __future__ import annotations

from actions.phrase_action import PhraseAction


class ActionComfort(PhraseAction):
    phrase = "express_worry"
    kind = "handoff"
    suggest = ("ask_safety", "ask_procedure_pain", "ask_success_rate")
    phone = True

    def name(self) -> str:
        return "action_comfort"
