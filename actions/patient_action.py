"""What every action shares: a typed turn in; one message and slot events out."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.alarm_memory import keep_alarms, opened_in_doubt, repeat_alarm
from actions.answer import Reply, alarm_reply, compose
from actions.foreseen import with_foreseen
from actions.raised_alarms import RaisedAlarms
from actions.turn import Turn
from knowledge.loader import live_store
from knowledge.records import FactStore
from safety.red_flags import RedFlags

logger = logging.getLogger(__name__)

FACTS = Path("facts")
# The kinds of replies that say that nothing in the store answers, or that nothing can judge.
REFUSED, NOT_JUDGED = "out_of_scope", "personal_advice"


@dataclass(frozen=True)
class Outcome:
    """What an action says and what the conversation remembers of it."""

    reply: Reply
    slots: Mapping[str, Any] = field(default_factory=dict)


@cache
def red_flags() -> RedFlags:
    """The action server's one copy of the red-flag rules, read at the first use."""
    return RedFlags.from_file(FACTS / "red_flags.yml")


def alarm_of_two_turns(turn: Turn, store: FactStore) -> Outcome | None:
    """The alarm of a sign that only this message and the one before make together.

    "My legs" / "they went numb an hour ago". What one message says alone was
    found before it was classified.
    """
    now, before = turn.typed
    if turn.alarm or not now or not before:
        return None
    alarm = red_flags().assess(now, previous=before)
    return Outcome(alarm_reply(alarm.level, store)) if alarm else None


class PatientAction(Action, ABC):
    """An action that answers a patient. Subclasses are pure but for ``run``."""

    @abstractmethod
    def name(self) -> str:
        """Name in ``domain.yml``."""

    @abstractmethod
    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        """The reply to the turn, and slots to set."""

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        store = live_store(FACTS).current()
        try:
            turn = Turn.from_tracker(
                tracker.latest_message, tracker.current_slot_values(), tracker.events
            )
            outcome = self._outcome(turn, store)
            told = [fact["id"] for fact in outcome.reply.facts]
            if told:
                outcome = replace(outcome, slots={**outcome.slots, "told_last": told})
        except Exception:
            # Silence is worse than an apology. What the error says stays out of the
            # log, for it may quote a patient: see launch/quiet_logs.py.
            logger.exception("%s failed; the patient gets the failure reply.", self.name())
            outcome = Outcome(failure_reply(store, tracker.latest_message))
        dispatcher.utter_message(text=outcome.reply.plain_text(), reply=outcome.reply.payload())
        return [SlotSet(name, value) for name, value in outcome.slots.items()]

    def _outcome(self, turn: Turn, store: FactStore) -> Outcome:
        """What is said to the turn, with alarms before it and doubts about it."""
        over_two_turns = alarm_of_two_turns(turn, store)
        again = None if over_two_turns else repeat_alarm(turn, store)
        if again:
            reply, alarms = again
            return _unread(reply, alarms, turn)
        outcome = over_two_turns or self.respond(turn, store)
        reply, alarms = keep_alarms(outcome.reply, turn, store)
        if outcome.reply.text not in reply.text:
            return _unread(reply, alarms, turn)
        slots, refused = dict(outcome.slots), _refused(outcome.reply)
        if refused != turn.refused:
            slots["refused"] = refused
        return Outcome(reply, {**slots, "alarm_before": alarms.to_slot()})


def _unread(reply: Reply, alarms: RaisedAlarms, turn: Turn) -> Outcome:
    """An alarm that took the place of what was asked; taken back, that is offered."""
    slots = {"alternatives": turn.likeliest, "alarm_before": alarms.to_slot()}
    return Outcome(reply, {**slots, "refused": ""} if turn.refused else slots)


def _refused(reply: Reply) -> str:
    """The kind of a reply that refuses, else ""."""
    # "Why?" behind facts that are known in general asks of them.
    only_not_judged = reply.kind == NOT_JUDGED and not reply.facts
    return reply.kind if only_not_judged or reply.kind == REFUSED else ""


def failure_reply(store: FactStore, message: Mapping[str, Any] | None = None) -> Reply:
    """What a patient reads when something of ours broke.

    Args:
        message: as Rasa parsed it, where it came so far. A red flag was found then, before any
            action was called, and is answered all the same.
    """
    parsed = message or {}
    alarm = parsed.get("alarm") or {}
    if alarm and not alarm.get("in_doubt"):
        return alarm_reply(alarm["level"], store)
    reply = compose(store, "error", [store.phrases["failure"]], phone=store.clinic.phone)
    if alarm:
        return opened_in_doubt(reply, alarm["level"], store)
    return with_foreseen(reply, parsed.get("alarm_foreseen"), store)
