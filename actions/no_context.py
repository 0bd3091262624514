"""What to say to a follow-up that follows nothing."""

from __future__ import annotations

from actions.answer import compose
from actions.patient_action import Outcome
from actions.phrase_action import STARTERS
from knowledge.records import FactStore


def ask_for_subject(store: FactStore) -> Outcome:
    """Ask what the patient would like to know."""
    return Outcome(compose(store, "clarify", [store.phrases["no_context"]], suggest=STARTERS))
