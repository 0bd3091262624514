"""No two facts have the same text, whatever the case and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.content import Content, Problem


def check(content: Content) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for fact in content.facts():
        for field, text in fact.texts().items():
            plain = " ".join(re.findall(r"[a-z0-9_]+", text.lower()))
            if plain in seen:
                yield fact.problem(
                    f"{field} has the same words as {seen[plain]}; "
                    "keep one, or let one fact answer both intents."
                )
            seen[plain] = f"{field} of fact '{fact.id}'"
