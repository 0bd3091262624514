"""What a patient typed, made safe to hand on.

Threat model: a text that is a command to Rasa (``/restart``, ``/intent{"slot": ...}``),
that hides words from the safety rules and the mask behind invisible characters, that
turns the reading direction of a log, that grows while it is normalized, or that cannot
be written to the store at all.
"""

from __future__ import annotations

import re
import unicodedata

from channels.problems import ProblemError

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# Rasa takes a text that begins with a slash for a command, after stripping spaces.
_COMMAND = re.compile(r"^[\s/]+")
# Control characters, and what is invisible: zero width, direction marks, tags.
_INVISIBLE = frozenset({"Cc", "Cf"})


def readable(text: str, most: int) -> str:
    """The text in NFC, without invisible characters, outer spaces and leading slashes.

    Args:
        most: characters that are allowed, before and after.

    Raises:
        ProblemError: 413 too long; 400 empty, or not a Unicode text.
    """
    _bound(text, most)
    if _SURROGATE.search(text):
        raise ProblemError(400, "The text has half of a surrogate pair; send valid Unicode.")
    lines = _LINE_END.sub("\n", text).replace("\t", " ")
    seen = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in _INVISIBLE)
    words = _COMMAND.sub("", unicodedata.normalize("NFC", seen)).strip()
    _bound(words, most)
    if not words:
        raise ProblemError(400, "The text is empty.")
    return words


def _bound(text: str, most: int) -> None:
    if len(text) > most:
        raise ProblemError(413, f"The text is too long; {most} characters are allowed.")
