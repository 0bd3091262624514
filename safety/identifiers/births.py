"""Dates of birth. A date of the fracture, of the surgery or of a visit stays.

So a date counts only with a word for birth beside it, or right after a name,
as on a form ("Jane Doe 3/4/1941"). An age and a bare year of birth stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from safety.identifiers.spans import BIRTH, Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[ \-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth"
    r"|nineteenth|twentieth|thirtieth)\b"
)
_DAY = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\b|{_ORDINAL})"
_SPOKEN_YEAR = (
    r"(?:nineteen|eighteen|twenty)(?:[ \-](?:oh|hundred|and|twenty|thirty|forty|fourty|fifty"
    r"|sixty|seventy|eighty|ninety|ten|eleven|twelve|\w{3,5}teen|one|two|three|four|five|six"
    r"|seven|eight|nine)\b){1,3}"
)
_YEAR = rf"(?:'?[0-9]{{2}}(?:[0-9]{{2}})?\b|{_SPOKEN_YEAR})"
_OF = r"[ ,]{0,3}(?:of |in |the year )?"
_WORDED = (
    rf"{_MONTH} {{0,2}}(?:the )?{_DAY}(?:{_OF}{_YEAR})?"
    rf"|(?:the )?{_DAY} (?:day )?(?:of )?{_MONTH}(?:{_OF}{_YEAR})?"
    rf"|{_MONTH}{_OF}(?:[0-9]{{4}}\b|{_SPOKEN_YEAR})"
)
_FULL = (
    r"[0-9]{1,2} ?[-/. ] ?[0-9]{1,2} ?[-/. ] ?(?:[0-9]{4}|'?[0-9]{2})(?![0-9])"
    r"|[0-9]{4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,2}[-/. ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
    r"[-/. ][0-9]{2,4}(?![0-9])"
)
_PART = (
    r"[0-9]{1,2}[-/][0-9]{4}(?![0-9])|[0-9]{1,2}/[0-9]{1,2}(?![0-9/])"
    r"|[0-9]{8}(?![0-9])|[0-9]{6}(?![0-9])"
)
_BIRTH = (
    r"\b(?:born|d\.? ?o\.? ?b\b\.?|dates? of birth|birth ?dates?|birth ?days?|b-?days?|birth)"
    r"(?![a-z])"
)

_BIRTH_WORD = re.compile(_BIRTH, re.I)
_DATE = re.compile(rf"(?<![0-9a-z])(?:{_FULL}|{_WORDED}|{_PART})", re.I)
# "3/4/1941 is my date of birth".
_LINK_BACK = re.compile(
    r" ?[,;(=\-]? ?(?:(?:is|was|that's|being|as) )?"
    rf"(?:(?:my|her|his|our|their|the|mom's|dad's) )?{_BIRTH}",
    re.I,
)
_ON_FORM = re.compile(
    r"[ ,;:(\-]{1,3}((?:0?[1-9]|1[0-2])[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2})(?![0-9])"
)
_BREAK = re.compile(r"[.!?\n] *[A-Z\n]|[!?\n]|[0-9]")
_OTHER_EVENT = re.compile(
    r"fractur|surg|proced|appoint|injur|fell|fall|broke|operat|visit|scan|mri|x-?ray|kypho"
    r"|vertebro|schedul|booked",
    re.I,
)
_REACH = 36


def find_births(text: str, names: Iterable[Span]) -> Iterator[Span]:
    """Dates of birth of a folded text in which ``names`` stand."""
    for name in names:
        date = _ON_FORM.match(text, name.end)
        if date:
            yield Span(*date.span(1), BIRTH)
    if not _BIRTH_WORD.search(text):
        return
    dates = [match.span() for match in _DATE.finditer(text)]
    for word in _BIRTH_WORD.finditer(text):
        following = bisect_left(dates, (word.end(), 0))
        if following < len(dates) and dates[following][0] <= word.end() + _REACH:
            between = text[word.end() : dates[following][0]]
            if not _BREAK.search(between) and not _OTHER_EVENT.search(between):
                yield Span(*dates[following], BIRTH)
    for start, end in dates:
        if _LINK_BACK.match(text, end):
            yield Span(start, end, BIRTH)
