"""Whether a reply is right. Pure: what was heard and the fact store in, a verdict out.

A question counts as answered by what the reply tells: a fact answers the questions that
the fact store lists for it. Courtesies and the like have no facts; they count by what
was understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.selection import OTHER
from evaluation.heard import Heard
from evaluation.sets import (
    DECLINED as DECLINED_INTENTS,
)
from evaluation.sets import (
    QUESTION_PREFIX,
    Dialogue,
    Expectation,
    FollowUp,
    Question,
)
from knowledge.records import FactStore

ALARMS = ("emergency", "urgent", "crisis")
NO_ALARM = "none"
RIGHT, ERROR = "right", "error"
# The question was understood, but another fact answers it better than those told.
BESIDE = "another fact told"
DECLINED, CLARIFIED, ALARMED = "declined", "clarified", "alarmed"
ANSWERED, OTHERWISE = "answered", "said something else"
_DECLINING = ("out_of_scope", "personal_advice")
# A farewell may be said in the words of a greeting: both close or open politely.
_AS_GOOD = {"goodbye": ("goodbye", "greet")}


@dataclass(frozen=True)
class Verdict:
    """A turn, judged.

    Attributes:
        says: the patient's messages so far; the last one was judged.
        expected: the intents, the level, or kind, intent and procedure that were wanted.
        outcome: ``right``, or what happened instead. Of alarms: the level raised, ``none``
            or ``error``.
        heard: the judged reply.
    """

    says: tuple[str, ...]
    expected: tuple[str, ...]
    right: bool
    outcome: str
    heard: Heard


def told(heard: Heard, store: FactStore) -> frozenset[str]:
    """The questions that the facts of the reply answer."""
    return frozenset(
        intent
        for fact in heard.facts
        if fact in store.facts
        for intent in store.facts[fact].answers
    )


def outcome_of(heard: Heard) -> str:
    """What the reply does, whatever was asked."""
    kinds = {"answer": ANSWERED, "clarify": CLARIFIED, "error": ERROR}
    kinds |= dict.fromkeys(_DECLINING, DECLINED) | dict.fromkeys(ALARMS, ALARMED)
    return kinds.get(heard.kind, OTHERWISE)


def judge_single(question: Question, heard: Heard, store: FactStore) -> Verdict:
    """Right if the question is answered; a courtesy, if it was understood as one.

    The outcome tells, too, whether a fact was told that answers it best.
    """
    asked = {intent for intent in question.intents if intent.startswith(QUESTION_PREFIX)}
    answered = heard.kind == "answer" and bool(told(heard, store) & asked)
    right = answered or heard.understood.intent in set(question.intents) - asked
    best = not question.facts or bool(set(question.facts) & set(heard.facts))
    outcome = (RIGHT if best else BESIDE) if right else outcome_of(heard)
    return Verdict((question.text,), question.intents, right, outcome, heard)


def judge_out_of_scope(question: Question, heard: Heard) -> Verdict:
    """Right if no answer is given. The outcome tells whether it was declined outright."""
    outcome = outcome_of(heard)
    return Verdict((question.text,), question.intents, _is_no_answer(heard), outcome, heard)


def judge_several(question: Question, heard: Heard, store: FactStore) -> Verdict:
    """Right if every question is answered, and what cannot be is said to be unanswered."""
    found = told(heard, store)
    said = (store.phrases[name] for name in ("part_unanswered", "parts_unanswered"))
    unanswered = any(phrase in heard.text for phrase in said)
    done = [i in found if i.startswith(QUESTION_PREFIX) else unanswered for i in question.intents]
    outcome = RIGHT if all(done) else f"{sum(done)} of {len(done)} parts"
    return Verdict((question.text,), question.intents, all(done), outcome, heard)


def judge_follow_up(follow_up: FollowUp, heard: Heard) -> Verdict:
    """Right if a fact is told that answers it as it was meant, or where none does, if no
    answer is given.
    """
    outcome = outcome_of(heard)
    if DECLINED_INTENTS & set(follow_up.answers):
        right = _is_no_answer(heard)
    else:
        right = bool(set(heard.facts) & set(follow_up.answers))
        outcome = RIGHT if right else BESIDE if outcome == ANSWERED else outcome
    return Verdict((follow_up.before, follow_up.says), follow_up.answers, right, outcome, heard)


def judge_dialogue(dialogue: Dialogue, heards: Sequence[Heard], store: FactStore) -> list[Verdict]:
    """A verdict for every turn."""
    verdicts = []
    for i, (expected, heard) in enumerate(zip(dialogue.expects, heards, strict=True)):
        wanted = (expected.intent, expected.procedure) if expected.kind == "answer" else ()
        words = tuple(filter(None, (expected.kind, *wanted)))
        right = meets(expected, heard, store)
        outcome = RIGHT if right else outcome_of(heard)
        verdicts.append(Verdict(dialogue.says[: i + 1], words, right, outcome, heard))
    return verdicts


def meets(expected: Expectation, heard: Heard, store: FactStore) -> bool:
    """True if the reply is of the kind and, where it is an answer, of the subject."""
    if heard.kind not in _AS_GOOD.get(expected.kind, (expected.kind,)):
        return False
    if expected.kind != "answer":
        return True
    if expected.intent not in told(heard, store):
        return False
    return expected.procedure is None or _holds_for(expected.procedure, heard, store)


def judge_alarm(level: str, says: tuple[str, ...], heards: Sequence[Heard]) -> Verdict:
    """Right if the level was raised, after one message or the next; for ``none``, no level.

    The outcome is the level that was raised last, ``none`` for no alarm, and ``error``
    where a turn failed instead: that is no sign of a message without alarm.
    """
    raised = [heard for heard in heards if heard.kind in ALARMS]
    failed = [heard for heard in heards if heard.kind == ERROR]
    heard = (raised or failed or heards)[-1]
    outcome = heard.kind if raised or failed else NO_ALARM
    return Verdict(says, (level,), outcome == level, outcome, heard)


def _is_no_answer(heard: Heard) -> bool:
    """True if no fact is told as an answer; advice may have some that hold in general."""
    outcome = outcome_of(heard)
    return outcome not in (ANSWERED, ERROR) and not (outcome == ALARMED and heard.facts)


def _holds_for(procedure: str, heard: Heard, store: FactStore) -> bool:
    """True if a fact told holds for the procedure, or the reply says that it does not."""
    facts = [store.facts[fact] for fact in heard.facts if fact in store.facts]
    only_of_the_other = store.phrases[f"only_told_of_{OTHER[procedure]}"]
    return any(fact.holds_for(procedure) for fact in facts) or only_of_the_other in heard.text
