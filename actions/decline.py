"""Decline what the sources do not answer, or what is not in English.

A doubtful refusal is none where it continues the topic talked about, and offers the
question that it may have been where it does not.
"""

from __future__ import annotations

from actions.answer import compose
from actions.answer_question import answer_questions
from actions.context import in_context
from actions.patient_action import Outcome, PatientAction
from actions.phrase_action import STARTERS
from actions.turn import Turn
from knowledge.records import FactStore

_SPANISH = "es"


class ActionDecline(PatientAction):
    def name(self) -> str:
        return "action_decline"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        meant = in_context(turn, store)
        if meant != turn:
            return answer_questions(meant, store)
        phrase = "out_of_scope"
        if turn.language:
            phrase = "english_only_spanish" if turn.language == _SPANISH else "english_only"
        suggest = (*turn.parts[0].choices, *STARTERS)[: len(STARTERS)]
        return Outcome(
            compose(
                store,
                "out_of_scope",
                [store.phrases[phrase]],
                suggest=suggest,
                phone=store.clinic.phone,
            )
        )
