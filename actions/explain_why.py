"""Answer "why?" with the detail of the facts told last, or the next fact on it.

Right behind a refusal it asks why that was not answered.
"""

from __future__ import annotations

from actions.answer import compose
from actions.answer_question import suggestions
from actions.no_context import ask_for_subject
from actions.patient_action import NOT_JUDGED, Outcome, PatientAction
from actions.phrase_action import STARTERS
from actions.selection import details_of, further_facts, with_untold_detail
from actions.turn import Turn
from knowledge.records import FactStore


class ActionExplainWhy(PatientAction):
    def name(self) -> str:
        return "action_explain_why"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        if turn.refused:
            why = "why_not_judged" if turn.refused == NOT_JUDGED else "why_refused"
            lines, phone = [store.phrases[why]], store.clinic.phone
            return Outcome(compose(store, turn.refused, lines, suggest=STARTERS, phone=phone))
        facts = [store.facts[fact] for fact in turn.shown if fact in store.facts]
        if not facts:
            return ask_for_subject(store)
        detailed = told = with_untold_detail(facts, turn.shown)
        lines = [fact.more for fact in told if fact.more]
        if not told and turn.subject:
            # The reason is often a fact of its own: why a driver is needed.
            told = further_facts(store, turn.subject, turn.procedure, turn.shown)[:1]
            lines = [fact.answer for fact in told]
        reply = compose(
            store,
            "answer",
            [" ".join(lines) or store.phrases["no_why"]],
            facts=told,
            suggest=suggestions(facts, [turn.subject or ""]),
            phone=None if told else store.clinic.phone,
        )
        shown = [*turn.shown, *(fact.id for fact in told), *details_of(detailed)]
        return Outcome(reply, {"shown_facts": list(dict.fromkeys(shown))})
