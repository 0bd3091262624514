"""Say the last answer more simply."""

from __future__ import annotations

from actions.answer import compose
from actions.answer_question import suggestions
from actions.no_context import ask_for_subject
from actions.patient_action import Outcome, PatientAction
from actions.turn import Turn
from knowledge.records import FactStore


class ActionSimplify(PatientAction):
    def name(self) -> str:
        return "action_simplify"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        facts = [store.facts[fact] for fact in turn.told_last if fact in store.facts]
        if not facts:
            return ask_for_subject(store)
        lines = [" ".join(fact.simple for fact in facts)]
        suggest = suggestions(facts, [turn.subject or ""])
        return Outcome(compose(store, "simplify", lines, facts=facts, suggest=suggest))
