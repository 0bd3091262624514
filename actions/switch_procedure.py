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
    """The procedure not talked of last, () where the last answer led with both or none."""
    if turn.procedure:
        return (OTHER[turn.procedure],)
    led_with = next((store.facts[f].procedures for f in turn.shown if f in store.facts), ())
    return (OTHER[led_with[0]],) if len(led_with) == 1 else ()
