"""Decline to judge a patient's own case; tell what the sources say in general."""

from __future__ import annotations

from actions.answer import compose
from actions.answer_question import procedure_of, suggestions, tell
from actions.patient_action import Outcome, PatientAction
from actions.phrase_action import STARTERS
from actions.selection import select_facts
from actions.turn import Turn
from knowledge.records import FactStore

# What people want judged is mostly one of these.
_GENERAL = ("ask_candidacy", "ask_how_doctors_choose", "ask_not_suitable")


class ActionAdviseAskingTeam(PatientAction):
    def name(self) -> str:
        return "action_advise_asking_team"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        lines = [store.phrases["personal_advice"]]
        part = turn.parts[0]
        if not part.choices:
            phone = store.clinic.phone
            reply = compose(store, "personal_advice", lines, suggest=_GENERAL, phone=phone)
            return Outcome(reply, {"alternatives": turn.alternatives_to(_GENERAL)})
        procedure = procedure_of(turn)
        selection = select_facts(store, part.choices[0], procedure, part.ranking)
        facts = selection.facts
        if facts:
            lines.append(f"{store.phrases['in_general']} {tell(selection, store)}")
        reply = compose(
            store,
            "personal_advice",
            lines,
            facts=facts,
            suggest=suggestions(list(facts), []) or STARTERS,
            phone=store.clinic.phone,
        )
        slots = {
            "procedure": procedure,
            "subject": part.choices[0],
            "shown_facts": [fact.id for fact in facts],
            "alternatives": turn.alternatives_to([]),
        }
        return Outcome(reply, slots)
