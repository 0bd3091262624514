"""Tell more on the last subject: the facts' own detail, then its further facts."""

from __future__ import annotations

from actions.answer import compose
from actions.answer_question import suggestions
from actions.no_context import ask_for_subject
from actions.patient_action import Outcome, PatientAction
from actions.selection import details_of, further_facts, with_untold_detail
from actions.turn import Turn
from knowledge.records import FactStore


class ActionTellMore(PatientAction):
    def name(self) -> str:
        return "action_tell_more"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        facts = [store.facts[fact] for fact in turn.shown if fact in store.facts]
        if not facts or turn.subject is None:
            return ask_for_subject(store)
        detailed = with_untold_detail(facts, turn.shown)
        if detailed:
            told, lines = detailed, [" ".join(f.more for f in detailed if f.more)]
        else:
            told = further_facts(store, turn.subject, turn.procedure, turn.shown)[:1]
            lines = [fact.answer for fact in told] or [store.phrases["no_more"]]
        shown = [*turn.shown, *(f.id for f in told), *details_of(detailed)]
        reply = compose(
            store,
            "answer",
            lines,
            facts=told,
            table=next((f.table for f in told if f.table and not detailed), None),
            suggest=suggestions(told or facts, [turn.subject]),
            phone=None if told else store.clinic.phone,
        )
        return Outcome(reply, {"shown_facts": list(dict.fromkeys(shown))})
