"""A small good store, and a way to break one value of it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from knowledge.content import Content

FOLLOW_UPS = ["how_long", "how_often", "when", "after", "danger", "cause", "prevent", "consequence"]
FACT: dict[str, Any] = {
    "id": "walking_after",
    "answers": ["ask_walking"],
    "procedures": ["kyphoplasty"],
    "questions": ["When can I walk?", "Can I get up soon?", "Walking after?"],
    "answer": "You can walk in 1 hour. Ask us at {clinic_phone}.",
    "simple": "You can walk in 1 hour.",
    "sources": [{"page": "003", "section": "Walking", "says": "Many walk in 1 hour."}],
    "next": ["ask_driver", "ask_soreness"],
    "version": 1,
    "written_on": "2026-01-01",
    "reviewed_on": "2026-01-02",
    "status": "reviewed",
}
OTHER_FACT: dict[str, Any] = {
    **FACT,
    "id": "driver",
    "answers": ["ask_driver", "ask_soreness"],
    "questions": ["Who drives me?", "Do I need a ride?", "Can I drive?"],
    "answer": "A friend must drive you home.",
    "simple": "A friend drives you.",
    "next": ["ask_walking", "ask_risks"],
}
RISK_FACT: dict[str, Any] = {
    **FACT,
    "id": "risks",
    "answers": ["ask_risks"],
    "questions": ["Is it risky?", "What can go wrong?", "Side effects?"],
    "answer": "There are some risks.",
    "simple": "Some risks exist.",
    "next": ["ask_walking", "ask_driver"],
}

CLINIC: dict[str, Any] = {
    "name": "Test Clinic",
    "phone": "661-555-0100",
    "fax": "555-0101",
    "address": "1 Test Road",
    "hours": "8 to 5",
    "routines_confirmed": True,
    "driver": "You need a driver.",
    "mri_scheduling": "We call you.",
    "recovery_room": "You rest here.",
    "follow_up_call": "We call you.",
    "time_to_plan": "Plan one morning.",
}
_PHRASES = json.loads(Path("facts/schema.json").read_text())["$defs"]["phrases.yml"]
PHRASES = dict.fromkeys(
    _PHRASES["properties"]["phrases"]["required"], "Call {clinic_phone}, 911 or 988."
)


def content(fact: dict[str, Any] | None = None, **files: Any) -> Content:
    """A good store of three facts, with the first changed by ``fact`` and files replaced."""
    page = {
        "id": "003",
        "file": "003.txt",
        "title": "A page",
        "publisher": "A practice",
        "kind": "practice page",
        "read_on": "2026-01-01",
        "sections": ["Walking"],
    }
    titles = {
        "ask_walking": "When can I walk?",
        "ask_driver": "Do I need a driver?",
        "ask_soreness": "Will I be sore?",
        "ask_risks": "What are the risks?",
    }
    base: dict[str, Any] = {
        "sources.yml": {"sources": [page]},
        "clinic.yml": CLINIC,
        "disclaimer.yml": {"full": "Full. Call 911.", "short": "Short. Call 911."},
        "rejected.yml": {"rejected": []},
        "questions.yml": {"questions": titles},
        "phrases.yml": {"phrases": PHRASES},
        "follow_ups.yml": {
            kind: {"choices": ["ask_walking", "ask_risks"], "means": {"default": "same"}}
            for kind in FOLLOW_UPS
        },
    }
    base.update({name.replace("__", "."): value for name, value in files.items()})
    first = {**copy.deepcopy(FACT), **(fact or {})}
    facts = [first, copy.deepcopy(OTHER_FACT), copy.deepcopy(RISK_FACT)]
    return Content(base, {"facts/topics/recovery.yml": {"topic": "recovery", "facts": facts}})
