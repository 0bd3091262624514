"""Send the patient to a person."""

from __future__ import annotations

from actions.phrase_action import PhraseAction


class ActionHandOff(PhraseAction):
    phrase = "handoff"
    kind = "handoff"
    phone = True

    def name(self) -> str:
        return "action_hand_off"
