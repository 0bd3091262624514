"""Text as the rules read it, with the way back to the text as it was written.

Whoever hides a digit behind a zero-width space, or pastes full-width digits,
must not slip past rules that know plain ones. So rules read a folded copy:
plain digits, spaces, hyphens and quotes, letters without accents, nothing
invisible. A mask is then cut out of the text as written, whose other
characters stay what they were.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_UNUSUAL = re.compile(r"[^\x20-\x7e\n\t]")
_LINE_ENDS = frozenset("\r\x0b\x0c\x85\u2028\u2029")
# Letters to the eye of Unicode, and yet nothing to see.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_UNACCENTED = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae",
    "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ð": "d", "þ": "th", "Þ": "Th",
}  # fmt: skip
_QUOTES = dict.fromkeys("‘’‚‛ʼ′´`", "'") | dict.fromkeys("“”„«»", '"')
_INVISIBLE = frozenset({"Cf", "Cc", "Co", "Cn", "Mn", "Me"})


@dataclass(frozen=True)
class Folded:
    """A folded text and where its characters come from.

    ``_folded`` and ``_written`` hold, in step, the places from which on the
    difference between a folded and a written position is another one.
    """

    text: str
    _source: str
    _folded: array[int]
    _written: array[int]

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the written text that a slice of the folded one came from."""
        first, stop = self._place(start), self._place(end - 1) + 1
        # What folding dropped after the last character, such as an accent of its own.
        while stop < len(self._source) and _is_dropped(self._source[stop]):
            stop += 1
        return first, stop

    def _place(self, position: int) -> int:
        at = bisect_right(self._folded, position) - 1
        return self._written[at] + position - self._folded[at]


def fold(text: str) -> Folded:
    """Fold a text; linear in its length."""
    pieces: list[str] = []
    folded, written = array("L", [0]), array("L", [0])
    length = last = 0
    for match in _UNUSUAL.finditer(text):
        start = match.start()
        pieces.append(text[last:start])
        length += start - last
        last = start + 1
        plain = _plain(text[start])
        for offset in range(len(plain)):
            _note(folded, written, length + offset, start)
        pieces.append(plain)
        length += len(plain)
        _note(folded, written, length, last)
    pieces.append(text[last:])
    return Folded("".join(pieces), text, folded, written)


def _note(folded: array[int], written: array[int], place: int, source: int) -> None:
    """Remember a place, if the difference changes there."""
    if source - place == written[-1] - folded[-1]:
        return
    if folded[-1] == place:
        written[-1] = source
    else:
        folded.append(place)
        written.append(source)


def _is_dropped(character: str) -> bool:
    return bool(_UNUSUAL.match(character)) and not _plain(character)


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    """What an unusual character is to the rules; empty for what nobody sees."""
    if character in _LINE_ENDS:
        return "\n"
    known = _QUOTES.get(character) or _UNACCENTED.get(character)
    if known:
        return known
    category = unicodedata.category(character)
    if category in _INVISIBLE or character in _BLANK_LETTERS:
        return ""
    if category == "Zs":
        return " "
    if category == "Pd" or character == "\u2212":
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    base = "".join(
        c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)
    )
    return base if base.isascii() and base.isprintable() else character
