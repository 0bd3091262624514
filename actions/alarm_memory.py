"""For a few messages after an alarm, no reply sounds as if all were well.

Threat model: "my legs are weak and tingly" gets "call 911 now". Then comes "so should I
wait till Monday?", which is no sign of its own, and a general answer to it would read as
a yes.

A false alarm is the patient's to take back, by saying so, also beside a question, or by a
button that stands under each of these replies; it stands under no alarm, where nothing draws
away from what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.answer import Reply, Suggestion, alarm_reply
from actions.turn import Turn
from knowledge.records import FactStore
from safety.rule_book import LEVELS
from understanding.intents import FALSE_ALARM, FOLLOW_UP_PREFIX

# How many of the patient's messages after an alarm it is kept in mind for.
_MESSAGES = 3
_MILDEST = LEVELS[-1]
_AGREED = "affirm"
# Right after an alarm these speak of it, whatever was answered before: "so?", "ok I will".
_OF_WHAT_WAS_SAID = frozenset({_AGREED, "deny", "simplify"})
# Replies to a thank-you and the like. Their menu would sound as if all were well.
_COURTESY = "greet"


def keep_alarm(
    reply: Reply, before: Mapping[str, Any] | None, store: FactStore
) -> tuple[Reply, dict[str, Any] | None]:
    """The reply with what must still be said, and what to keep in mind after it.

    Args:
        before: ``levels`` of the alarms that were raised, gravest first, and for how many
            ``messages`` they are still kept, as this returned it; None where none was.
    """
    levels = _levels(before)
    if reply.kind in LEVELS:
        graver = [level for level in levels if level != _MILDEST]
        if graver and reply.kind == _MILDEST:
            # "And she has a fever" does not make numb legs less of an emergency.
            reply = alarm_reply(graver[0], store)
        # Nor does despair over them: 988 must not take the place of 911, nor 911 that of 988.
        others = [level for level in graver if level != reply.kind]
        if others:
            still = (store.phrases[f"{level}_still"] for level in others)
            reply = replace(reply, text="\n".join([reply.text, *still]))
        kept = sorted({reply.kind, *others}, key=LEVELS.index)
        return reply, {"levels": kept, "messages": _MESSAGES}
    if not before:
        return reply, None
    left = before["messages"] - 1
    after = {"levels": levels, "messages": left} if left else None
    if reply.kind == "personal_advice":
        # Says the alarm again, as above: what is kept is all that it adds to.
        return keep_alarm(alarm_reply(levels[0], store), before, store)[0], after
    still = (store.phrases[f"{level}_still"] for level in levels)
    text = "\n".join([*still, reply.text])
    further = () if reply.kind == _COURTESY else reply.suggestions
    mistaken = Suggestion(FALSE_ALARM, store.phrases["false_alarm_button"])
    return (
        replace(
            reply,
            text=text,
            disclaimer=store.disclaimer.full,
            suggestions=(*further, mistaken),
        ),
        after,
    )


def alarm_again(turn: Turn, store: FactStore) -> Reply | None:
    """The alarm once more, where the message right after it leans on what was said before.

    "So?" would be answered from what was told before the alarm. "Ok, my son is calling" is not
    told the same words again.
    """
    before = turn.alarm_before
    if turn.alarm or turn.takes_back or not before or before["messages"] < _MESSAGES:
        return None
    if any(
        part.intent not in _OF_WHAT_WAS_SAID and not part.intent.startswith(FOLLOW_UP_PREFIX)
        for part in turn.parts
    ):
        return None
    agreed = all(part.intent == _AGREED for part in turn.parts)
    return alarm_reply(_levels(before)[0], store, agreed)


def taken_back(turn: Turn, store: FactStore) -> list[str]:
    """What is said first to somebody who says that an alarm was none, and when it would be one.

    Empty where no alarm was raised shortly before.
    """
    if not turn.takes_back or not turn.alarm_before:
        return []
    levels = _levels(turn.alarm_before)
    return [store.phrases["false_alarm"], *(store.phrases[f"{each}_foreseen"] for each in levels)]


def _levels(before: Mapping[str, Any] | None) -> list[str]:
    """The levels that are kept, gravest first."""
    if not before:
        return []
    # A version before knew one level; an alarm must not fail over it.
    return list(before["levels"]) if "levels" in before else [before["level"]]
