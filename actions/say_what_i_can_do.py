"""Say what the assistant can answer."""

from __future__ import annotations

from actions.phrase_action import PhraseAction


class ActionSayWhatICanDo(PhraseAction):
    phrase = "capabilities"
    kind = "greet"

    def name(self) -> str:
        return "action_say_what_i_can_do"
