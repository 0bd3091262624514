"""Say of which of the two procedures the last answer was told: "is that so for both?"."""

from __future__ import annotations

from actions.answer import compose
from actions.answer_question import closed_once, suggestions
from actions.no_context import ask_for_subject
from actions.patient_action import Outcome, PatientAction
from actions.selection import OTHER
from actions.turn import Turn
from knowledge.records import Fact, FactStore


class ActionTellForWhich(PatientAction):
    def name(self) -> str:
        return "action_tell_for_which"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        return tell_for_which(turn, store)


def tell_for_which(turn: Turn, store: FactStore) -> Outcome:
    """Of which procedures the facts told last are told.

    Where the sources tell one of them of one procedure alone, what they tell of the other on
    the same question follows, or that they tell nothing.
    """
    told = [store.facts[fact] for fact in turn.told_last if fact in store.facts]
    if not told:
        return ask_for_subject(store)
    lines = dict.fromkeys(store.phrases[_was_of(fact)] for fact in told)
    added: dict[Fact, None] = {}
    for fact in told:
        if len(fact.procedures) != 1:
            continue
        other = OTHER[fact.procedures[0]]
        found = [each for each in store.answering(fact.answers[0]) if each.holds_for(other)]
        # First what is told of the other alone, then of both, then of none in particular.
        found.sort(key=lambda each: (1, 2, 0).index(len(each.procedures)))
        if not found:
            lines[store.phrases[f"only_told_of_{fact.procedures[0]}"]] = None
        elif not set(found) & {*told, *added}:
            added[found[0]] = None
            lines[f"{store.phrases[f'told_of_{other}']} {found[0].answer}"] = None
    reply = compose(
        store,
        "answer",
        closed_once(list(lines), store),
        facts=[*told, *added],
        suggest=suggestions([*told, *added], [turn.subject or told[0].answers[0]]),
    )
    shown = dict.fromkeys([*turn.shown, *(fact.id for fact in added)])
    return Outcome(reply, {"shown_facts": list(shown)})


def _was_of(fact: Fact) -> str:
    """Name of the phrase that says of which procedures the fact is told."""
    if len(fact.procedures) == 1:
        return f"was_of_{fact.procedures[0]}"
    return "was_of_both" if fact.procedures else "was_of_neither"
