"""Answer "how long does that take?", "is that common?" or "when?" for the last subject."""

from __future__ import annotations

from actions.answer import compose
from actions.answer_question import answer_questions
from actions.follow_ups import follow_up_of
from actions.patient_action import Outcome, PatientAction
from actions.turn import Turn
from knowledge.records import FactStore


class ActionAnswerFollowUp(PatientAction):
    """What each follow-up means is in facts/follow_ups.yml."""

    def name(self) -> str:
        return "action_answer_follow_up"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        follow_up = follow_up_of(turn.parts[0].intent, store)
        if follow_up and follow_up.choices and not turn.subject and not turn.shown:
            offered = follow_up.choices
            reply = compose(store, "clarify", [store.phrases["clarify"]], suggest=offered)
            return Outcome(reply, {"alternatives": turn.alternatives_to(offered)})
        return answer_questions(turn, store)
