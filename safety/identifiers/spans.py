"""Where an identifier stands, of which kind it is, and how finds are put together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

EMAIL = "email"
LINK = "link"
CARD = "card number"
SSN = "ssn"
INSURANCE = "insurance id"
RECORD = "record number"
BIRTH = "date of birth"
PHONE = "phone"
ADDRESS = "address"
NAME = "name"

# Where two finds overlap, the first of them in this order says what it is.
KINDS = (EMAIL, LINK, CARD, SSN, INSURANCE, BIRTH, RECORD, PHONE, ADDRESS, NAME)
# Takes the place of what the rules must not read: masks, and texts that stay.
INERT = "\ue000"


class Span(NamedTuple):
    """A slice of a text that identifies somebody."""

    start: int
    end: int
    kind: str


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order; those that overlap become one, so that no rest stays bare."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start < result[-1].end:
            before = result[-1]
            kind = min(before.kind, span.kind, key=KINDS.index)
            result[-1] = Span(before.start, max(before.end, span.end), kind)
        else:
            result.append(span)
    return result


def placeholder(kind: str) -> str:
    """What stands in the masked text: ``[phone]``."""
    return f"[{kind}]"
