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
        before: ``level`` of the alarm that was raised and for how many ``messages`` it is
            still kept, as this returned it; None where none was.
    """
    if reply.kind in LEVELS:
        level = reply.kind
        if before and level == _MILDEST != before["level"]:
            # "And she has a fever" does not make numb legs less of an emergency.
            level = before["level"]
            reply = alarm_reply(level, store)
        return reply, {"level": level, "messages": _MESSAGES}
    if not before:
        return reply, None
    level, left = before["level"], before["messages"] - 1
    after = {"level": level, "messages": left} if left else None
    if reply.kind == "personal_advice":
        return alarm_reply(level, store), after
    return replace(reply, text=f"{store.phrases[f'{level}_still']}\n{reply.text}"), after
