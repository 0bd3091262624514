"""Answer a thank-you."""

from __future__ import annotations

from actions.phrase_action import PhraseAction


class ActionThank(PhraseAction):
    phrase = "thanks"
    kind = "greet"

    def name(self) -> str:
        return "action_thank"
