"""Tiny builders of what was heard."""

from __future__ import annotations

from typing import Any

from evaluation.heard import Heard, Understood


def heard(kind: str = "answer", *facts: str, intent: str = "", **fields: Any) -> Heard:
    known = {"said": "a question", "text": "A reply.", "seconds": 0.1, "reply": "r1", **fields}
    known.setdefault("understood", Understood(intent, 0.9, intent, 0.9))
    return Heard(kind=kind, facts=facts, **known)
