"""Answer the last subject again for the procedure that the patient switches to."""

from __future__ import annotations

from dataclasses import replace

from actions.answer_question import answer_questions
from actions.no_context import ask_for_subject
from actions.patient_action import Outcome, PatientAction
from actions.selection import OTHER
from actions.turn import Part, Turn
from knowledge.records import FactStore


class ActionSwitchProcedure(PatientAction):
    def name(self) -> str:
        return "action_switch_procedure"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        wanted = turn.named or _the_other(turn, store)
        if not wanted:
            return ask_for_subject(store)
        subject = turn.subject or "ask_procedure_definition"
        # What the sources tell of this procedure alone comes first: what holds for
        # both may just have been said.
        own = [f.id for f in store.answering(subject) if f.procedures == wanted[:1]]
        ranking = tuple((fact, 1.0 - i) for i, fact in enumerate([*own[:1], *turn.shown]))
        part = Part(turn.parts[0].text, subject, procedures=wanted[:1], ranking=ranking)
        return answer_questions(replace(turn, parts=(part,)), store)


def _the_other(turn: Turn, store: FactStore) -> tuple[str, ...]:
    """The procedure not talked of last, () where both or none were."""
    if turn.procedure:
        return (OTHER[turn.procedure],)
    told = {p for f in turn.shown if f in store.facts for p in store.facts[f].procedures}
    return (OTHER[told.pop()],) if len(told) == 1 else ()
