"""Numbers that identify by the word before them: "MRN 00123", "member id W12-345".

A label is a noun ("chart", "policy"), mostly with a word for a number after
it. Without that word a strong value is asked for, as in "Medicare
1EG4-TE5-MK73", because "Medicare 2026" and "patient 82 years" are no ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety.identifiers.numbers import digits_in, has_phone_cue, is_date_like
from safety.identifiers.spans import CARD, INSURANCE, PHONE, RECORD, SSN, Span

_LABEL = re.compile(
    r"\b(?:"
    r"(?P<ssn>ssn|s\.s\.n\.?|ss ?#|ss number|soc(?:ial)? ?sec(?:urity)?"
    r"|social(?! (?:work|life|media|dist)))"
    r"|(?P<insurance>medicare|medicaid|medi[- ]cal|insurance|insurer|member(?:ship)?|subscriber"
    r"|policy|group|health plan|plan|beneficiary|mbi|hicn?|rx ?bin|rx ?grp|pcn|aetna|humana"
    r"|cigna|kaiser|tricare|blue ?cross|blue ?shield|bcbs|anthem|united ?health(?:care)?|uhc"
    r"|claim|prior auth(?:orization)?|authorization|payer)"
    r"|(?P<card>visa|master ?card|amex|american express|discover|debit|credit|cc|cvv|cvc"
    r"|security code|routing|bank account)"
    r"|(?P<record>mrn|m\.r\.n\.?|medical records?|med ?rec|health records?|chart|patient"
    r"|records?|file|case|account|acct|encounter|visit|accession|confirmation|reference"
    r"|referral|appointment|order|invoice|passport|driver'?s? licen[sc]e|licen[sc]e|dl|serial"
    r"|device|implant|lot|nhs|my id|id)"
    r")(?![a-z0-9])",
    re.I,
)
_KIND = {"ssn": SSN, "insurance": INSURANCE, "card": CARD, "record": RECORD}
# Labels that need no word for a number after them.
_SURE = re.compile(r"mrn|m\.r\.n\.?|ssn|s\.s\.n\.?|mbi|hicn?|pcn|cvv|cvc|my id|security code", re.I)
_NUMBER_WORD = re.compile(
    r"\b(?:numbers?|num|nbr|no|nr|id|identification|identifier|code)\b|i\.d\.|#", re.I
)
_SIGNS = r"(?:[ \t]{1,3}|[#:=.,'(\-])*"
_BETWEEN = re.compile(
    rf"{_SIGNS}(?:(?:is|was|it's|its|the|my|her|his|card|record|on|file|for|of|mother|father"
    rf"|numbers?|num|nbr|no|nr|id|identification|identifier|code|reads|says|a)\b{_SIGNS}){{0,6}}",
    re.I,
)
_BARE_BETWEEN = re.compile(r"[ \t:=#.,(\-]*(?:(?:is|was|it's|its)[ \t:=]*)?\Z", re.I)
_VALUE = re.compile(
    r"(?:[A-Z]{1,4} (?=[0-9]))?(?=[A-Za-z\-./]{0,8}[0-9])[A-Za-z0-9](?:[\-./]?[A-Za-z0-9])*"
)
_MORE = re.compile(
    r"[ \t]{1,2}(?=[A-Za-z]{0,4}[0-9])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?![A-Za-z0-9/.]*/[0-9])"
)
_GROUP_OF_THREE = re.compile(r"[ \t]{1,2}[0-9]{3,4}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
_WHOLE_ID = 6
_WINDOW = 90
_LOOK_BACK = 45

# The number of a Medicare card has a shape of its own.
_MEDICARE = re.compile(
    r"\b[1-9][A-Z][A-Z0-9][0-9][- ]?[A-Z][A-Z0-9][0-9][- ]?[A-Z]{2}[0-9]{2}\b", re.I
)
_LAST_FOUR = re.compile(
    r"\b(?:last (?:4|four)(?: digits?| numbers?)?|ends?(?: in| with)?|ending(?: in| with)?)\b"
    r"[^0-9\n]{0,40}([0-9]{4})(?![0-9])",
    re.I,
)
_CARD_WORD = re.compile(r"\bcard\b", re.I)
_LOOSE_PHONE = re.compile(r"(?<![0-9A-Za-z])\(?[0-9](?:[ .()\-/,]{0,2}[0-9]){6,14}(?![0-9])")
_BILLING = re.compile(r"\b(?:cpt|codes?|icd|hcpcs)\b", re.I)


def find_labelled(text: str) -> Iterator[Span]:
    """Numbers of a folded text that a word before them makes somebody's."""
    for match in _MEDICARE.finditer(text):
        yield Span(*match.span(), INSURANCE)
    for label in _LABEL.finditer(text):
        span = _value(text, label)
        if span:
            yield span
    for match in _LAST_FOUR.finditer(text):
        near = text[max(0, match.start() - _LOOK_BACK) : match.end()]
        kind = CARD if _CARD_WORD.search(near) else _last_label(near)
        if kind in (SSN, CARD):
            yield Span(*match.span(1), kind)
    for match in _LOOSE_PHONE.finditer(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        other = _BILLING.search(before) or is_date_like(match.group())
        if has_phone_cue(text, match.start()) and not other:
            yield Span(*match.span(), PHONE)


def kind_of_label(text: str, start: int) -> str | None:
    """What the words closely before a number say that it is, if they say it."""
    kind = _last_label(text[max(0, start - _LOOK_BACK) : start])
    return kind or (PHONE if has_phone_cue(text, start) else None)


def _last_label(text: str) -> str | None:
    kind = None
    for label in _LABEL.finditer(text):
        kind = _kind(label)
    return kind


def _kind(label: re.Match[str]) -> str:
    return _KIND[str(label.lastgroup)]


def _value(text: str, label: re.Match[str]) -> Span | None:
    window = text[label.end() : label.end() + _WINDOW]
    between = _BETWEEN.match(window)
    start = between.end() if between else 0
    value = _VALUE.match(window, start)
    if not value:
        return None
    kind, end = _kind(label), value.end()
    sure = bool(_SURE.fullmatch(label.group()))
    numbered = kind in (CARD, SSN) or sure or bool(_NUMBER_WORD.search(window[:start]))
    # "MRN 12 34 56", but not the age in "MRN 00123456 82 years".
    while numbered:
        more = _MORE.match(window, end)
        whole = kind != CARD and digits_in(window[start:end]) >= _WHOLE_ID
        if not more or (whole and not _GROUP_OF_THREE.fullmatch(more.group())):
            break
        end = more.end()
    found = window[start:end].rstrip(".-/")
    if is_date_like(found) or not _is_id(found, kind, window[:start], sure, numbered):
        return None
    at = label.end() + start
    return Span(at, at + len(found), kind)


def _is_id(value: str, kind: str, between: str, sure: bool, numbered: bool) -> bool:
    digits = digits_in(value)
    if kind == SSN:
        return digits > _WHOLE_ID
    if kind == CARD:
        return digits >= (3 if sure else 8)
    if numbered:
        return digits >= 3
    if not _BARE_BETWEEN.match(between) or _YEAR.match(value):
        return False
    signs = digits + sum(c.isalpha() for c in value)
    return (value[0] == "0" and digits > 3) or (digits >= 5 and signs >= _WHOLE_ID)
