"""Say hello and what the assistant is for."""

from __future__ import annotations

from actions.phrase_action import PhraseAction


class ActionGreet(PhraseAction):
    phrase = "greet"
    kind = "greet"

    def name(self) -> str:
        return "action_greet"
