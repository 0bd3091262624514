"""Numbers in words: "five five five, two one two, oh one four seven"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety.identifiers.labelled import kind_of_label
from safety.identifiers.numbers import counts
from safety.identifiers.spans import PHONE, Span

_UNITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TENS = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty"
    "|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|double|triple"
)
_WORD = "|".join([*_UNITS, _TENS])
_RUN = re.compile(
    rf"(?<![\w.])(?:{_WORD})\b"
    r"(?:[ ,.\-]{1,3}(?:(?:dash|hyphen|then|dot|space|and then)[ ,]{1,2})?"
    rf"(?:{_WORD}|[0-9]{{1,4}})\b){{3,}}",
    re.I,
)
_PIECE = re.compile(r"[a-z]+|[0-9]", re.I)
_LEAST_DIGITS = 7


def find_spoken(text: str) -> Iterator[Span]:
    """Runs of number words that are as long as a phone number.

    Single digits count by themselves ("five five five ..."). Where tens are
    among them ("six sixty-one, five fifty-five ..."), a word for the number
    must stand before, for ages and doses come in tens as well.
    """
    for match in _RUN.finditer(text):
        pieces = [piece.lower() for piece in _PIECE.findall(match.group())]
        units = [_UNITS.get(piece, piece) for piece in pieces if piece in _UNITS or piece.isdigit()]
        label = kind_of_label(text, match.start())
        if counts(units) and label in (None, PHONE):
            continue
        tens = len(pieces) - len(units)
        if len(units) >= _LEAST_DIGITS or (label and len(units) + 2 * tens >= _LEAST_DIGITS):
            yield Span(*match.span(), label or PHONE)
