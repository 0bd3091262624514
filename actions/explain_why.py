"""Answer "why?" with the detail of the facts told last."""

from __future__ import annotations

from actions.answer import compose
from actions.answer_question import suggestions
from actions.no_context import ask_for_subject
from actions.patient_action import Outcome, PatientAction
from actions.turn import Turn
from knowledge.records import FactStore


class ActionExplainWhy(PatientAction):
    def name(self) -> str:
        return "action_explain_why"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        facts = [store.facts[fact] for fact in turn.shown if fact in store.facts]
        if not facts:
            return ask_for_subject(store)
        detailed = [fact for fact in facts if fact.more]
        lines = [fact.more for fact in detailed if fact.more] or [store.phrases["no_why"]]
        reply = compose(
            store,
            "answer",
            [" ".join(lines)],
            facts=detailed,
            suggest=suggestions(facts, [turn.subject or ""]),
            phone=not detailed,
        )
        return Outcome(reply)
