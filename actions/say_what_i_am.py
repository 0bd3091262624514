"""Say that the assistant is a program."""

from __future__ import annotations

from actions.phrase_action import PhraseAction


class ActionSayWhatIAm(PhraseAction):
    phrase = "bot_challenge"
    kind = "bot_challenge"
    phone = True

    def name(self) -> str:
        return "action_say_what_i_am"
