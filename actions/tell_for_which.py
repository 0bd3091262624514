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
    """The facts told last, each with the procedures that its sources tell it of.

    Behind what they tell of one alone follows what they tell of the other on the same
    question, or that they tell nothing.
    """
    told = [store.facts[fact] for fact in turn.told_last if fact in store.facts]
    if not told:
        return ask_for_subject(store)
    facts = dict.fromkeys(told)
    lines = []
    for fact in told:
        if len(fact.procedures) != 1:
            continue
        (only,) = fact.procedures
        of_other = [
            each for each in store.answering(fact.answers[0]) if each.holds_for(OTHER[only])
        ]
        # First what is told of the other alone, then of both, then of none in particular.
        of_other.sort(key=lambda each: (1, 2, 0).index(len(each.procedures)))
        if not of_other:
            lines.append(store.phrases[f"only_told_of_{only}"])
        elif not facts.keys() & of_other:
            facts[of_other[0]] = None
    lines += [f"{store.phrases[_told_of(fact)]} {fact.answer}" for fact in facts]
    asked = [turn.subject or told[0].answers[0]]
    reply = compose(
        store,
        "answer",
        closed_once(lines, store),
        facts=list(facts),
        suggest=suggestions(list(facts), asked),
    )
    shown = dict.fromkeys([*turn.shown, *(fact.id for fact in facts)])
    return Outcome(reply, {"shown_facts": list(shown)})


def _told_of(fact: Fact) -> str:
    """Name of the phrase that says of which procedures the fact is told."""
    if len(fact.procedures) == 1:
        return f"told_of_{fact.procedures[0]}"
    return "told_of_both" if fact.procedures else "told_of_neither"
