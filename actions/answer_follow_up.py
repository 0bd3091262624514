"""Answer "how long does that take?", "is that common?" or "when?" for the last subject."""

from __future__ import annotations

from dataclasses import replace

from actions.answer import compose
from actions.answer_question import answer_questions
from actions.patient_action import Outcome, PatientAction
from actions.turn import Part, Turn
from knowledge.records import FactStore, FollowUp

_PREFIX = "followup_"


class ActionAnswerFollowUp(PatientAction):
    """What each follow-up means is in facts/follow_ups.yml."""

    def name(self) -> str:
        return "action_answer_follow_up"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        asked = turn.parts[0]
        follow_up = store.follow_ups[asked.intent.removeprefix(_PREFIX)]
        if not turn.subject and not turn.shown:
            return Outcome(
                compose(store, "clarify", [store.phrases["clarify"]], suggest=follow_up.choices)
            )
        part = Part(asked.text, _meant(follow_up, turn, store), asked.procedures)
        return answer_questions(replace(turn, parts=(part,)), store)


def _meant(follow_up: FollowUp, turn: Turn, store: FactStore) -> str:
    """The question of its own that the follow-up asks after what was told last."""
    told = [store.facts[fact] for fact in turn.shown if fact in store.facts]
    keys = (turn.subject or "", *(fact.topic for fact in told[:1]), "default")
    meant = next(follow_up.means[key] for key in keys if key in follow_up.means)
    if meant != "same":
        return meant
    return turn.subject or told[0].answers[0]
