"""Puts the rules together: find what identifies, cut it out, say how much it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safety.identifiers.addresses import AddressFinder
from safety.identifiers.births import find_births
from safety.identifiers.folding import fold
from safety.identifiers.keep import blank, inert_pattern
from safety.identifiers.labelled import find_labelled
from safety.identifiers.lexicon import load_lexicon
from safety.identifiers.names import NameFinder
from safety.identifiers.numbers import find_numbers
from safety.identifiers.spans import KINDS, Span, joined, placeholder
from safety.identifiers.spoken import find_spoken
from safety.identifiers.web import find_web

_DIGIT = re.compile("[0-9]")
# Long texts are read piece by piece, so that no rule ever sees more than this. The
# overlap is longer than any identifier, so that none is cut in two.
_WINDOW = 8000
_OVERLAP = 600
# What one round leaves bare beside a mask, the next one finds. One was enough for all of
# the development set, two for 30,000 random mixtures of its messages.
_ROUNDS = 5


@dataclass(frozen=True)
class Masked:
    """A text without what identifies, and how many of each kind were masked.

    ``kinds`` holds pairs such as ``("phone", 2)``, in a fixed order and
    without the kinds that did not occur: fit for a metric.
    """

    text: str
    kinds: tuple[tuple[str, int], ...]


class IdentifierMask:
    """Masks what identifies a person in a message.

    Args:
        keep: texts that stay, such as the clinic's published phone number and
            address, and the doctors and practices that the sources name.
    """

    def __init__(self, keep: Iterable[str] = ()) -> None:
        lexicon = load_lexicon()
        self._inert = inert_pattern(keep, lexicon.phrases)
        self._names = NameFinder(lexicon)
        self._addresses = AddressFinder(lexicon)

    def mask(self, text: str) -> Masked:
        """The text with placeholders such as ``[phone]``; masking twice changes nothing."""
        counts: Counter[str] = Counter()
        for _ in range(_ROUNDS):
            spans = self._find(text)
            if not spans:
                break
            counts.update(span.kind for span in spans)
            text = _replaced(text, spans)
        return Masked(text, tuple((kind, counts[kind]) for kind in KINDS if counts[kind]))

    def _find(self, text: str) -> list[Span]:
        """What identifies, in places of the text as written."""
        folded = fold(text)
        readable = blank(folded.text, self._inert)
        found = [
            Span(start + span.start, start + span.end, span.kind)
            for start, end in _windows(readable)
            for span in self._in_window(readable[start:end], end == len(readable))
        ]
        return joined(
            Span(*folded.written(span.start, span.end), span.kind) for span in joined(found)
        )

    def _in_window(self, text: str, is_end: bool) -> Iterator[Span]:
        names = list(self._names.find(text, is_end))
        yield from names
        yield from find_web(text)
        yield from find_spoken(text)
        yield from self._addresses.find(text)
        yield from find_births(text, names)
        if _DIGIT.search(text):
            yield from find_numbers(text)
            yield from find_labelled(text)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Overlapping slices that begin and end between words, where there are words."""
    start = 0
    while len(text) - start > _WINDOW:
        end = _word_break(text, start + _WINDOW)
        yield start, end
        start = _word_break(text, end - _OVERLAP)
    yield start, len(text)


def _word_break(text: str, near: int) -> int:
    """A place before a space, at or shortly before ``near``."""
    space = text.rfind(" ", near - _OVERLAP // 3, near)
    return space if space >= 0 else near


def _replaced(text: str, spans: Iterable[Span]) -> str:
    pieces: list[str] = []
    last = 0
    for span in spans:
        pieces += (text[last : span.start], placeholder(span.kind))
        last = span.end
    return "".join(pieces) + text[last:]
