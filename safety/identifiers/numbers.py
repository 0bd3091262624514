"""Numbers that identify by their shape alone: phones, cards, social security.

A spine patient's message is full of other numbers (T12, 7/10, 140/90, 3 to 4
hours, 22513, 500-1000 mg, 10/12/2026), so a shape counts only where nothing
of that kind has it; what needs a word beside it is in ``labelled``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from safety.identifiers.spans import CARD, PHONE, RECORD, SSN, Span

_EXTENSION = r"(?:[ ,;]{0,2}(?:ext\.?|extension|x)[ .:#]{0,2}[0-9]{1,6}\b)?"
_TEN_DIGITS = re.compile(
    r"(?<![0-9])(?:\+?1[ .\-]{0,2})?(?:\([0-9]{3}\)|[0-9]{3})[ .\-/]{0,3}[0-9]{3}"
    rf"[ .\-]{{0,3}}[0-9]{{4}}(?![0-9]|/[0-9]){_EXTENSION}",
    re.I,
)
_SEVEN_DIGITS = re.compile(
    r"(?<![0-9])(?<![0-9][.\-/])(?P<low>[0-9]{3})(?P<sign>[-.])(?P<high>[0-9]{4})"
    rf"(?![0-9]|[-./][0-9]){_EXTENSION}",
    re.I,
)
# A plus, or the 00 or 011 with which one dials abroad.
_ABROAD = re.compile(
    r"(?<![0-9A-Za-z])(?:\+ ?|00 ?|011[ \-]?)[1-9](?:[ .()\-/]{0,3}[0-9]){6,14}(?![0-9])"
)
# With the leading zero of most countries that have one: 020 7946 0958, 01 23 45 67 89.
_TRUNK_ZERO = re.compile(
    r"(?<![0-9A-Za-z.,/\-])\(?0[1-9][0-9]{0,4}\)?(?:[ .\-]{0,2}[0-9]{2,8}){1,5}"
    r"(?![0-9]|[-./][0-9])"
)
_TRUNK_DIGITS = range(9, 13)
_ONE_BY_ONE = re.compile(
    r"(?<![0-9A-Za-z])[0-9](?:[ \-.,]{1,2}[0-9]){6,10}(?![0-9A-Za-z]|[ \-.,]{1,2}[0-9])"
)
_SSN = re.compile(r"(?<![0-9])(?<![0-9][-./])[0-9]{3}([- .])[0-9]{2}\1[0-9]{4}(?![0-9]|[-/][0-9])")
_LONG_RUN = re.compile(r"(?<![0-9A-Za-z])(?<![0-9][.,])[0-9]{7,}(?![0-9])")
_PHONE_LENGTHS = frozenset({7, 10, 11})
# A member id, a driver license, a passport: letters stuck to many digits.
_LETTERED = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,4}-?[0-9]{6,24}[A-Za-z]{0,2}(?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z])[2-6][0-9]{3}(?:[ \-]?[0-9]){9,15}(?![0-9])")
_CARD_DIGITS = range(13, 20)
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
# Nobody asks a question with that many digits in a row.
_MANY = re.compile(r"(?<![0-9])[0-9](?:[ .\-]?[0-9]){19,}")

_DATE_LIKE = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}([-./ ])[0-9]{1,2}\1(?:18|19|20)[0-9]{2}"
    r"|(?:18|19|20)[0-9]{2}([-./ ])[0-9]{1,2}\2[0-9]{1,2})(?![0-9])"
)
_UNIT = re.compile(
    r"[ -]{0,2}(?:mg|mcg|ug|ml|cc|iu|units?|grams?|g|kg|lbs?|steps|calories|dollars|mm|feet"
    r"|years|times)\b",
    re.I,
)
_PHONE_CUE = re.compile(
    r"\b(?:phone|telephone|tel|cell|mobile|call|text|reach|contact|fax|whatsapp|voicemail|pager|number|ring"
    r"|dial|ph)\b",
    re.I,
)
_CUE_REACH = 30


def find_numbers(text: str) -> Iterator[Span]:
    """Phones, cards and long numbers of a folded text."""
    for pattern, kind in ((_MANY, RECORD), (_IBAN, CARD), (_SSN, SSN), (_LETTERED, RECORD)):
        for match in pattern.finditer(text):
            yield Span(*match.span(), kind)
    for match in _CARD.finditer(text):
        if is_card(match.group()):
            yield Span(*match.span(), CARD)
    phones = [Span(*match.span(), PHONE) for match in _phones(text)]
    yield from phones
    within = {end for _, end, _ in phones}
    for match in _LONG_RUN.finditer(text):
        # 1000000 is an amount.
        if match.end() not in within and not match.group().endswith("0000"):
            kind = PHONE if len(match.group()) in _PHONE_LENGTHS else RECORD
            yield Span(*match.span(), kind)


def is_card(number: str) -> bool:
    """True if the digits of a number have the length and the check digit of a card."""
    digits = [int(c) for c in number if c.isdigit()]
    # Billing codes stand in fives: 22513 22514 22515.
    in_fives = {len(group) for group in re.findall("[0-9]+", number)} == {5}
    if len(digits) not in _CARD_DIGITS or in_fives:
        return False
    doubled = (d * 2 - 9 if d > 4 else d * 2 for d in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def counts(digits: Sequence[str]) -> bool:
    """True for 1 2 3 4 5 and 10 9 8 7: somebody counts, as before going under."""
    return {int(b) - int(a) for a, b in pairwise(digits)} in ({1}, {-1})


def has_phone_cue(text: str, start: int) -> bool:
    """True if a word for a phone stands closely before."""
    return bool(_PHONE_CUE.search(text, max(0, start - _CUE_REACH), start))


def is_date_like(text: str) -> bool:
    """True if the text holds a full date in digits."""
    return bool(_DATE_LIKE.search(text))


def digits_in(text: str) -> int:
    """How many digits a text has."""
    return sum(c.isdigit() for c in text)


def _phones(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_TEN_DIGITS, _ABROAD):
        yield from (m for m in pattern.finditer(text) if not _UNIT.match(text, m.end()))
    for match in _SEVEN_DIGITS.finditer(text):
        if has_phone_cue(text, match.start()) or not _is_range(text, match):
            yield match
    for match in _TRUNK_ZERO.finditer(text):
        number = match.group()
        if digits_in(number) in _TRUNK_DIGITS and not is_date_like(number):
            yield match
    for match in _ONE_BY_ONE.finditer(text):
        if not counts([c for c in match.group() if c.isdigit()]):
            yield match


def _is_range(text: str, match: re.Match[str]) -> bool:
    """500-1000 mg, 150-2000, $300-1200, 123.4567."""
    priced = text[match.start() - 1 : match.start()] == "$"
    if match.group("sign") == "." or priced or _UNIT.match(text, match.end()):
        return True
    return int(match.group("low")) % 10 == 0 and int(match.group("high")) % 50 == 0
