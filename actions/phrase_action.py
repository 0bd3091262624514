"""An action that says one fixed phrase."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence

from actions.answer import compose
from actions.patient_action import Outcome, PatientAction
from actions.turn import Turn
from knowledge.records import FactStore

# Where a conversation can start from.
STARTERS = ("ask_procedure_definition", "ask_recovery_time", "ask_risks")


def ways_on(choices: Sequence[str]) -> tuple[str, ...]:
    """As many questions as ``STARTERS``, these first."""
    return (*choices, *STARTERS)[: len(STARTERS)]


class PhraseAction(PatientAction, ABC):
    """Says ``phrase`` of ``facts/phrases.yml`` and offers ``suggest``."""

    phrase: str
    kind: str
    suggest: tuple[str, ...] = STARTERS
    phone: bool = False

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        return Outcome(
            compose(
                store,
                self.kind,
                [store.phrases[self.phrase]],
                suggest=self.suggest,
                phone=store.clinic.phone if self.phone else None,
            )
        )
