"""Answer "how long does that take?" for the subject talked about last."""

from __future__ import annotations

from dataclasses import replace

from actions.answer_question import answer_questions
from actions.patient_action import Outcome, PatientAction
from actions.turn import Part, Turn
from knowledge.records import FactStore


class ActionSayHowLong(PatientAction):
    def name(self) -> str:
        return "action_say_how_long"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        topics = [store.facts[fact].topic for fact in turn.shown if fact in store.facts]
        meant = store.follow_ups["how_long"]
        # The subject itself where it has a time of its own, else its topic's.
        known = (key for key in (turn.subject or "", *topics[:1]) if key in meant)
        intent = meant[next(known, "default")]
        asked = turn.parts[0]
        part = Part(asked.text, intent, asked.procedures)
        return answer_questions(replace(turn, parts=(part,)), store)
