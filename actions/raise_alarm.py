"""Say what to do now and whom to call; an ordinary question comes after that.

Never beside an emergency, nor where the rules heard a wish to die, or anything alarmed shortly
before. Where the classifier alone did, which errs more often, a question is not lost over it;
what it is not sure of does not come here, but stands before the ordinary reply (``alarm_memory``).
"""

from __future__ import annotations

from dataclasses import replace

from actions.answer import alarm_reply, compose
from actions.answer_question import answer_questions
from actions.patient_action import Outcome, PatientAction
from actions.turn import Turn
from knowledge.records import FactStore
from understanding.splitting import looks_like_question

EMERGENCY, URGENT, CRISIS = "emergency", "urgent", "crisis"
_LEVEL_OF_INTENT = {f"report_{level}": level for level in (EMERGENCY, URGENT, CRISIS)}


class ActionRaiseAlarm(PatientAction):
    """Runs for the three ``report_*`` intents."""

    def name(self) -> str:
        return "action_raise_alarm"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        level = turn.alarm or _LEVEL_OF_INTENT.get(turn.parts[0].intent, EMERGENCY)
        # "I expect it's the weather" is nearest to some question, and asks none.
        questions = tuple(
            part
            for part in turn.parts
            if part.intent in store.questions and looks_like_question(part.text)
        )
        sure = turn.alarm_by_rules or turn.alarms.last is not None
        alone = level == EMERGENCY or (level == CRISIS and sure)
        if alone or not questions:
            # Should it be taken back, what else it may have asked is offered.
            return Outcome(alarm_reply(level, store), {"alternatives": turn.likeliest})
        ordinary = answer_questions(replace(turn, parts=questions, worried=False), store)
        told = [store.facts[fact["id"]] for fact in ordinary.reply.facts]
        alarm = alarm_reply(level, store)
        lines = [alarm.text, ordinary.reply.text]
        reply = compose(store, level, lines, facts=told, phone=alarm.phone)
        return Outcome(reply, ordinary.slots)
