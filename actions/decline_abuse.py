"""Answer abuse calmly, without repeating it."""

from __future__ import annotations

from actions.phrase_action import PhraseAction


class ActionDeclineAbuse(PhraseAction):
    phrase = "abuse"
    kind = "out_of_scope"
    phone = True

    def name(self) -> str:
        return "action_decline_abuse"
