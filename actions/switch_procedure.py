"""Answer the last subject again for the procedure that the patient switches to."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.answer_question import answer_questions
from actions.patient_action import Outcome, PatientAction
from actions.selection import OTHER
from actions.tell_for_which import tell_for_which
from actions.turn import Part, Turn
from knowledge.records import FactStore

# As patients write them, also where the mending of spelling leaves shorthand.
_NAMES = {
    "kyphoplasty": r"\b(?:k[iy](?:ph|f)o\w*|b?kp|balloon\w*)",
    "vertebroplasty": r"\b(?:vert[aei]?bro\w*|p?vp)",
}
# "Why not kyphoplasty?" and "isn't kypho the same?" ask about it.
_NOT = (
    r"(?:(?<!\bwhy )\bnot|\b(?:do|does|did|was)n't|\bdont|\binstead of|\brather than)"
    r"\s+(?:(?:for|about|of|the|a|on|mean|want|having|getting)\s+)*"
)
# "That's for kyphoplasty, but I'm having the other."
_BUT_THE_OTHER = (
    r".*\b(?:but|having|getting|want|wants|need|about)\b.*\bthe other(?: one| kind)?\W*$"
)
_EITHER = re.compile(r"\b(?:both|or)\b", re.IGNORECASE)


class ActionSwitchProcedure(PatientAction):
    def name(self) -> str:
        return "action_switch_procedure"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        wanted = _wanted(turn, store)
        if not wanted and not turn.named:
            # "And the other one?" behind what holds for both.
            return tell_for_which(turn, store)
        subject = turn.subject or "ask_procedure_definition"
        # What the sources tell of this procedure alone is told, and not what holds for both
        # beside it: that may just have been said.
        own = [f.id for f in store.answering(subject) if wanted and f.procedures == wanted]
        ranking = tuple((fact, -2.0 * i) for i, fact in enumerate([*own[:1], *turn.shown]))
        part = Part(turn.parts[0].text, subject, procedures=wanted, ranking=ranking)
        before = wanted[0] if wanted else None
        return answer_questions(replace(turn, parts=(part,), procedure=before), store)


def _wanted(turn: Turn, store: FactStore) -> tuple[str, ...]:
    """The procedure to switch to, () where it cannot be told or both are meant."""
    text = " ".join(part.text for part in turn.parts)
    left = tuple(p for p in turn.named if not _is_turned_from(p, text))
    if len(left) == 1:
        return left
    if len(turn.named) == 1:
        return (OTHER[turn.named[0]],)
    if turn.named and _EITHER.search(text):
        return ()
    # "You told me of kyphoplasty, now vertebroplasty" switches away from the former.
    return _the_other(turn, store)


def _is_turned_from(procedure: str, text: str) -> bool:
    """Whether it is named to say that it is not meant: "not kyphoplasty, the other one"."""
    name = _NAMES[procedure]
    return bool(re.search(rf"{_NOT}{name}|{name}{_BUT_THE_OTHER}", text, re.IGNORECASE))


def _the_other(turn: Turn, store: FactStore) -> tuple[str, ...]:
    """The procedure not talked of last, () where the last answer led with both or none."""
    if turn.procedure:
        return (OTHER[turn.procedure],)
    led_with = next((store.facts[f].procedures for f in turn.shown if f in store.facts), ())
    return (OTHER[led_with[0]],) if len(led_with) == 1 else ()
