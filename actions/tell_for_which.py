"""Say of which of the two procedures the last answer was told: "is that so for both?"."""

from __future__ import annotations

from collections.abc import Sequence

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
    """Of which procedures the facts told last are told, for each question that they answer.

    Where the sources tell them of one procedure alone, what they tell of the other on the same
    question follows, or that they tell nothing.
    """
    told = [store.facts[fact] for fact in turn.told_last if fact in store.facts]
    if not told or turn.refused:
        return ask_for_subject(store)
    of_question: dict[str, list[Fact]] = {}
    for fact in told:
        of_question.setdefault(fact.answers[0], []).append(fact)
    lines, added = [], []
    for question, facts in of_question.items():
        said, beside = _of_which(question, facts, store)
        several = len(of_question) > 1
        lines += [f"{store.questions[question]} {said[0]}" if several else said[0], *said[1:]]
        added += beside
    reply = compose(
        store,
        "answer",
        closed_once(lines, store),
        facts=[*told, *added],
        suggest=suggestions([*told, *added], list(of_question)),
    )
    shown = dict.fromkeys([*turn.shown, *(fact.id for fact in added)])
    return Outcome(reply, {"shown_facts": list(shown)})


def _of_which(
    question: str, told: Sequence[Fact], store: FactStore
) -> tuple[list[str], list[Fact]]:
    """What to say of facts that answer one question, and the facts told beside them."""
    procedures = {procedure for fact in told for procedure in fact.procedures}
    if len(procedures) != 1:
        return [store.phrases["was_of_both" if procedures else "was_of_neither"]], []
    (only,) = procedures
    found = [each for each in store.answering(question) if OTHER[only] in each.procedures]
    if not found:
        return [store.phrases[f"was_of_{only}"], store.phrases[f"only_told_of_{only}"]], []
    # What is told of the other alone comes before what is told of both.
    best = min(found, key=lambda each: len(each.procedures))
    opening = "told_of_both" if len(best.procedures) > 1 else f"told_of_{OTHER[only]}"
    return [store.phrases[f"was_of_{only}"], f"{store.phrases[opening]} {best.answer}"], [best]
