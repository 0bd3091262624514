"""A text that sends somebody to a telephone says which number to call.

A digit that is lost in an edit would cost the time that an emergency does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.content import Content, Problem

_CLINIC = "{clinic_phone}"
_URGENT = (_CLINIC, "911")
# Says who is called, or reached.
_CALLS = re.compile(r"\b(?:call|reached)\b", re.IGNORECASE)
_PHRASES = {
    "emergency": ("911",),
    "emergency_agreed": ("911",),
    "emergency_in_doubt": ("911",),
    "emergency_foreseen": ("911",),
    "emergency_still": ("911",),
    "urgent": _URGENT,
    "urgent_agreed": _URGENT,
    "urgent_in_doubt": _URGENT,
    "urgent_foreseen": _URGENT,
    "urgent_still": _URGENT,
    "crisis": ("988", "911"),
    "crisis_agreed": ("988", "911"),
    "crisis_in_doubt": ("988", "911"),
    "crisis_foreseen": ("988",),
    "crisis_still": ("988",),
    "english_only_spanish": _URGENT,
}
_DISCLAIMERS = {"full": ("911",), "short": ("911",)}


def check(content: Content) -> Iterator[Problem]:
    for file, texts, needed in (
        ("phrases.yml", content.files["phrases.yml"]["phrases"], _PHRASES),
        ("disclaimer.yml", content.files["disclaimer.yml"], _DISCLAIMERS),
    ):
        for name in texts:
            calls = (_CLINIC,) if _CALLS.search(texts[name]) else ()
            for number in needed.get(name, calls):
                if not re.search(rf"(?<!\w){re.escape(number)}(?!\w)", texts[name]):
                    yield Problem(
                        f"facts/{file}", name, f"does not say {number}; say that number to call."
                    )
