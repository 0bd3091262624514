"""What every action shares: a typed turn in; one message and slot events out."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import Reply, compose
from actions.turn import Turn
from knowledge.loader import LiveStore
from knowledge.records import FactStore

logger = logging.getLogger(__name__)

FACTS = Path("facts")


@dataclass(frozen=True)
class Outcome:
    """What an action says and what the conversation remembers of it."""

    reply: Reply
    slots: Mapping[str, Any] = field(default_factory=dict)


@cache
def live_store() -> LiveStore:
    """The action server's one copy of the fact store, read at the first use."""
    return LiveStore(FACTS)


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
        store = live_store().current()
        try:
            turn = Turn.from_tracker(tracker.latest_message, tracker.current_slot_values())
            outcome = self.respond(turn, store)
        except Exception:
            # Silence is worse than an apology. The text stays out of the log:
            # it may name a person.
            logger.exception("%s failed; the patient gets the failure reply.", self.name())
            outcome = Outcome(failure_reply(store))
        dispatcher.utter_message(text=outcome.reply.plain_text(), reply=outcome.reply.payload())
        return [SlotSet(name, value) for name, value in outcome.slots.items()]


def failure_reply(store: FactStore) -> Reply:
    """What a patient reads when something of ours broke."""
    return compose(store, "error", [store.phrases["failure"]], phone=True)
