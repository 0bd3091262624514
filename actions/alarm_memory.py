"""For a few messages after an alarm, no reply sounds as if all were well.

Threat model: "my legs are weak and tingly" gets "call 911 now". Then comes "so should I
wait till Monday?", which is no sign of its own, and a general answer to it would read as
a yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.answer import Reply, alarm_reply
from knowledge.records import FactStore
from safety.rule_book import LEVELS

# How many of the patient's messages after an alarm it is kept in mind for.
_MESSAGES = 3
_MILDEST = LEVELS[-1]


def keep_alarm(
    reply: Reply, before: Mapping[str, Any] | None, store: FactStore
) -> tuple[Reply, dict[str, Any] | None]:
    """The reply with what must still be said, and what to keep in mind after it.

    Args:
        before: ``levels`` of the alarms that were raised, gravest first, and for how many
            ``messages`` they are still kept, as this returned it; None where none was.
    """
    if before and "levels" not in before:
        # Kept by a version that knew one level; an alarm must not fail over it.
        before = {"levels": [before["level"]], "messages": before["messages"]}
    levels = before["levels"] if before else []
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
    return replace(reply, text=text, disclaimer=store.disclaimer.full), after
