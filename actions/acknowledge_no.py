"""Answer a plain no."""

from __future__ import annotations

from actions.phrase_action import PhraseAction


class ActionAcknowledgeNo(PhraseAction):
    phrase = "deny"
    kind = "greet"

    def name(self) -> str:
        return "action_acknowledge_no"
