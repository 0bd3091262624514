"""Say goodbye."""

from __future__ import annotations

from actions.phrase_action import PhraseAction


class ActionGoodbye(PhraseAction):
    phrase = "goodbye"
    kind = "goodbye"

    def name(self) -> str:
        return "action_goodbye"
