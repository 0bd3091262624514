"""Take out of a message what says who writes it, not what is asked.

The channel has masked names and numbers before ("my name is [name]"); what is left of
an introduction would still draw the question towards "call me" and "this is".
"""

from __future__ import annotations

import re

# What the mask leaves: "[name]", "[date of birth]".
PLACEHOLDER = re.compile(r"\[[a-z ]+\]")
_GREETING = r"(?:\b(?:hi|hello|hey|good (?:morning|day|afternoon|evening))\b[\s,!.]*)"
_AFTER = r"(?:\s+(?:here|speaking|again|please))?[\s,.;!-]*"
_NAMED = (
    r"\b(?:my (?:full |first |last )?name(?: is|'s|:)?|names?(?: is|:)|(?:and )?this is|i am|i'm|im"
    r"|it's|its|call me|signed|sincerely|regards|best|yours|love|thx"
    r"|thanks(?: so much)?|thank you(?: so much| very much)?)[\s,:.!-]*"
)
_REACHED = (
    r"(?:(?:(?:you|u) (?:can|may|could)|please|pls|can you|kindly)\s+)?"
    r"\b(?:call|reach|phone|text|ring|e-?mail|write|contact)(?:\s+to)?"
    r"(?:\s+(?:me|us|him|her|my \w+(?:\s+\[name\])?))?(?:\s+back)?\s*(?:at|on|under|to|by)?"
)
_NUMBERED = (
    r"(?:\b(?:my|our|his|her|the)\s+)?"
    r"(?:\b(?:home|cell|mobile|phone|member|insurance|policy|medical|patient|medicare"
    r"|social security)\s+)*"
    r"\b(?:phone|number|cell|mobile|e-?mail|address|id|dob|date of birth|birthday|record|mrn|ssn"
    r"|card|policy|account)(?:\s*(?:number|no|#))?(?:\s+is)?\s*[:=#,]?"
)
_LIVING = r"\b(?:i live (?:at|in|on)|(?:i was |was )?born(?: on| in)?)"
_INTRODUCTIONS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_GREETING}?{_NAMED}\[name\]{_AFTER}",
        rf"{_GREETING}\[name\]{_AFTER}",
        r"^\s*\[name\](?:\s+(?:here|speaking)\b)?[\s,.;!-]+",
        rf"(?:,?\s*\band\s+)?(?:{_REACHED}|{_NUMBERED}|{_LIVING})\s*\[[a-z ]+\]{_AFTER}",
    )
]


def without_introduction(text: str) -> str:
    """The text without phrases that only introduce the writer; whole if nothing is left.

    "hi this is [name] will it hurt" gives "will it hurt"; "did Dr. [name] say so" stays.
    """
    if not PLACEHOLDER.search(text):
        return text
    rest = text
    for introduction in _INTRODUCTIONS:
        rest = introduction.sub(" ", rest)
    return " ".join(rest.split()) if re.search(r"\w{2}", PLACEHOLDER.sub("", rest)) else text
