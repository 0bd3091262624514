"""A text as words, each with its sense and with what its writing tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from safety.identifiers.lexicon import NEVER, Lexicon, Sense

_WORD = re.compile(r"[^\W_]+(?:['\-][^\W\d_]+)*")
_DIGIT = re.compile("[0-9]")
_POSSESSIVE = "'s"
_SENTENCE_ENDS = frozenset(".!?:\n")
_LEAST_SHOUTED = 2
_LEAST_TITLED = 4
_MOSTLY = 0.7


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        start: of the word in the text.
        end: of the word, before "'s".
        lower: in lower case, without "'s".
        title: True for a capital that tells something, which it does not in a
            message all in capitals.
        owns: True if "'s" follows.
        sense: what the word may be.
    """

    start: int
    end: int
    lower: str
    title: bool
    owns: bool
    sense: Sense


def read_words(text: str, lexicon: Lexicon) -> list[Word]:
    """The words of a folded text in order."""
    matches = list(_WORD.finditer(text))
    flat = _is_flat(text, matches)
    return [_read(match, flat, lexicon) for match in matches]


def _read(match: re.Match[str], flat: bool, lexicon: Lexicon) -> Word:
    written = match.group()
    base = written.lower()
    owns = base.endswith(_POSSESSIVE) and len(base) > len(_POSSESSIVE)
    if owns:
        base = base[: -len(_POSSESSIVE)]
    sense = NEVER if _DIGIT.search(base) else lexicon.sense(base)
    if owns and sense.ordinary:
        sense = NEVER  # "what's", "it's"
    if sense.unknown and not owns and base.endswith("s"):
        # "dorothys fracture", without the apostrophe.
        owner = lexicon.sense(base[:-1])
        if owner.given == 2:
            base, owns, sense = base[:-1], True, owner
    title = not flat and _is_title(written)
    return Word(match.start(), match.start() + len(base), base, title, owns, sense)


def _is_title(written: str) -> bool:
    """True for "Mary", "M", "O'Brien" and "McCoy", not for "MRI"."""
    return written[0].isupper() and (not written.isupper() or len(written) == 1 or "'" in written)


def _is_flat(text: str, matches: Sequence[re.Match[str]]) -> bool:
    """True if capitals tell nothing: all in capitals, or A Capital On Each Word."""
    if len(matches) >= _LEAST_SHOUTED and text.isupper():
        return True
    telling = [
        text[match.start()].isupper()
        for match in matches
        # Not "I", and not what begins a sentence or line.
        if match.end() - match.start() > 1
        and match.start() > 1
        and text[match.start() - 1] == " "
        and text[match.start() - 2] not in _SENTENCE_ENDS
    ]
    return len(telling) >= _LEAST_TITLED and sum(telling) >= _MOSTLY * len(telling)
