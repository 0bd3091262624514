"""Answer a plain yes that follows no offer."""

from __future__ import annotations

from actions.phrase_action import PhraseAction


class ActionAcknowledgeYes(PhraseAction):
    phrase = "affirm"
    kind = "greet"

    def name(self) -> str:
        return "action_acknowledge_yes"
