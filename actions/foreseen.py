"""What to do should a red flag come that a message names as one that may yet come.

Threat model: "what if I can't walk afterwards?" is no alarm and gets its ordinary answer, or
a refusal. Either would leave a person who asked in good time without the one thing to know.
"""

from __future__ import annotations

from dataclasses import replace

from actions.answer import Reply
from knowledge.records import FactStore
from safety.rule_book import LEVELS


def with_foreseen(reply: Reply, level: str | None, store: FactStore) -> Reply:
    """The reply, and before its words what to do should the red flag of ``level`` come.

    That is mostly what was asked, and a fact that is only near must not stand before it. An
    alarm stays as it is: it says more.
    """
    if level is None or reply.kind in LEVELS:
        return reply
    text = "\n".join([store.phrases[f"{level}_foreseen"], reply.text])
    return replace(reply, text=text, disclaimer=store.disclaimer.full)
