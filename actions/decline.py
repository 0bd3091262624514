"""Decline what the sources do not answer."""

from __future__ import annotations

from actions.phrase_action import PhraseAction


class ActionDecline(PhraseAction):
    phrase = "out_of_scope"
    kind = "out_of_scope"
    phone = True

    def name(self) -> str:
        return "action_decline"
