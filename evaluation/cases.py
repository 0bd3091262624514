"""What is said to the assistant, and what judges the replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from evaluation.heard import Heard, Understood
from evaluation.judging import (
    Verdict,
    judge_alarm,
    judge_dialogue,
    judge_follow_up,
    judge_out_of_scope,
    judge_several,
    judge_single,
)
from evaluation.sets import (
    Dialogue,
    FollowUp,
    Pair,
    Question,
    read_dialogues,
    read_follow_ups,
    read_pairs,
    read_questions,
    spread,
)
from knowledge.records import FactStore


@dataclass(frozen=True)
class Case:
    """One conversation: what the patient says, and verdicts from the replies."""

    says: tuple[str, ...]
    judge: Callable[[Sequence[Heard]], list[Verdict]]


# Titles of the sets in the report, in its order.
TITLES = {
    "single": "Single questions",
    "several": "Several questions in one message",
    "dialogues": "Turns of dialogues",
    "follow_ups": "Messages that lean on the one before",
    "out_of_scope": "Out of scope, personal advice and abuse",
    "alarms": "Red flags",
    "pairs": "Red flags over two messages",
    "near_misses": "Near misses of red flags",
}


def read_cases(store: FactStore, limit: int | None) -> dict[str, list[Case]]:
    """The cases of every set.

    Args:
        limit: conversations of each set, None for all.
    """

    def single(question: Question) -> Case:
        return Case((question.text,), lambda heards: [judge_single(question, heards[0], store)])

    def several(question: Question) -> Case:
        return Case((question.text,), lambda heards: [judge_several(question, heards[0], store)])

    def out_of_scope(question: Question) -> Case:
        return Case((question.text,), lambda heards: [judge_out_of_scope(question, heards[0])])

    def dialogue(each: Dialogue) -> Case:
        return Case(each.says, lambda heards: judge_dialogue(each, heards, store))

    def follow_up(each: FollowUp) -> Case:
        return Case((each.before, each.says), lambda heards: [judge_follow_up(each, heards[-1])])

    def red_flag(question: Question) -> Case:
        return _alarm((question.text,), question.intents[0])

    def pair(each: Pair) -> Case:
        return _alarm((each.first, each.second), each.level)

    sets = {
        "single": [single(q) for q in read_questions("evaluation_single")],
        "several": [several(q) for q in read_questions("evaluation_two")],
        "dialogues": [dialogue(each) for each in read_dialogues()],
        "follow_ups": [follow_up(each) for each in read_follow_ups("follow_up_turns")],
        "out_of_scope": [out_of_scope(q) for q in read_questions("evaluation_out_of_scope")],
        "alarms": [red_flag(q) for q in read_questions("alarms")],
        "pairs": [pair(each) for each in read_pairs("alarms_two_turns")],
        "near_misses": [red_flag(q) for q in read_questions("near_misses")],
    }
    return {name: spread(cases, limit) for name, cases in sets.items()}


def judge(
    cases: Sequence[Case],
    heards: Sequence[Sequence[Heard]],
    understood: Mapping[str, Understood],
) -> list[Verdict]:
    """Verdicts of a set.

    Args:
        understood: by the id of the reply that followed the message.
    """
    return [
        verdict
        for case, turns in zip(cases, heards, strict=True)
        for verdict in case.judge(
            [replace(t, understood=understood.get(t.reply, t.understood)) for t in turns]
        )
    ]


def _alarm(says: tuple[str, ...], level: str) -> Case:
    return Case(says, lambda heards: [judge_alarm(level, says, heards)])
