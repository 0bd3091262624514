"""Names of people: after a cue ("my name is"), as a signature, or by themselves.

Without a cue only a given name that is no ordinary word counts, or two words
with capitals. Titles stay, so that "Dr. [name] said" still speaks of a doctor.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from safety.identifiers.lexicon import Lexicon
from safety.identifiers.name_reader import NameReader
from safety.identifiers.name_start import Cue
from safety.identifiers.spans import NAME, Span
from safety.identifiers.words import read_words

_FILLER = r"(?:(?:actually|also|just|really|is|was|mr|mrs|ms|miss|mx|dr|nurse)\b\.? {1,2}){0,2}"
# Not "the brand name is Kyphon".
_OWN = (
    r"name(?<!brand name)(?<!trade name)(?<!drug name)(?<!generic name)(?<!product name)"
    r"(?<!company name)(?<!medicine name)(?<!medication name) ?(?:'s\b|\bis\b|\bwas\b|:|=|-)"
    r"|names(?<=my names)\b"
    r"|(?:me llamo|mi nombre es|i go by|goes by|knows? me as)\b"
)
_LABEL = r"(?:patient|pt|caller|client|member|insured|contact|attn|attention|re|signed) ?[:=]"
# Not "MS", which is a disease.
_TITLE = r"(?:mr|mrs|(?-i:Ms|ms|MS\.)|miss|mx|messrs|dr|drs|sra|srta)\b"
_SELF = (
    r"(?:i am|i'm|im|i m|iam|this is|this here is|it is|it's me|we are|we're|soy|calls? me"
    r"|(?:calling|asking|writing) (?:for|about)|on behalf of|appointment for|caring for"
    r"|(?:speak|spoke|speaking|talk|talked) (?:to|with)|ask for|thanks to|ask|told|tell|saw|met"
    r"|nee|aka|named|hi|hello|hey|dear|good (?:morning|afternoon|evening))\b"
)
_CUE = re.compile(
    rf"\b(?:(?P<OWN>{_OWN})[ :]{{0,3}}{_FILLER}|(?P<LABEL>{_LABEL}) {{0,2}}{_FILLER}"
    rf"|(?P<TITLE>{_TITLE})\.? {{1,2}}|(?P<SELF>{_SELF}),? {{1,2}})",
    re.I,
)
_LETTERS_AFTER = re.compile(
    r",? (?:m\.?d|d\.?o|r\.?n|n\.?p|pa-?c|fnp|crna|ph\.?d|esq|dds|dpt)\b", re.I
)
_THANKS = (
    r"(?:thanks|thank you|thank u|thx|thnx|ty|regards|wishes|best|sincerely|yours|respectfully"
    r"|cordially|love|cheers|truly|bless(?: you)?|take care|gracias|signed|bye|advance|again"
    r"|much|help)"
)
_THANKED = re.compile(rf"\b{_THANKS}[ ,.!\-~\n]{{1,4}}\Z", re.I)
_PAUSED = re.compile(r"(?:[.?!]\s{1,3}|\n\s{0,3}|- ?|, )\Z")
_AFTER_SIGNATURE = " .!,)-~\n"
_SIGNATURE_REACH = 40


class NameFinder:
    """Finds names with the help of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        family, office = (
            "|".join(sorted(lexicon.groups[group], key=len, reverse=True))
            for group in ("family", "offices")
        )
        # "my mother is" says more often what she is than who, as "I am" does.
        self._kin = re.compile(
            rf"\b(?:(?P<FAMILY>(?:{family})s?(?: in law|-in-law)?)|(?P<OFFICE>(?:{office})s?))"
            r"(?P<SELF> is| was)?(?:,? (?:named|called)|,)? {1,2}[\"(]?",
            re.I,
        )

    def find(self, text: str, is_end: bool) -> Iterator[Span]:
        """Names of a folded text; ``is_end`` if a signature may stand at its end."""
        words = read_words(text, self._lexicon)
        if not words:
            return
        reader = NameReader(text, words, self._lexicon)
        starts = [word.start for word in words]
        for pattern in (_CUE, self._kin):
            for match in pattern.finditer(text):
                index = bisect_left(starts, match.end())
                if index < len(words) and starts[index] <= match.end() + 1:
                    yield from _found(reader.name(index, Cue[str(match.lastgroup)]))
        for index, word in enumerate(words):
            if word.title or word.sense.given == 2:
                yield from _found(reader.name(index, Cue.BARE))
                if index and word.title and _LETTERS_AFTER.match(text, word.end):
                    yield from _found(reader.name_up_to(index))
        if is_end:
            yield from _found(_signature(text, reader))


def _found(span: Span | None) -> Iterable[Span]:
    return () if span is None else (span,)


def _signature(text: str, reader: NameReader) -> Span | None:
    """The name of a signature such as "Thanks, Harold" at the very end."""
    words = reader.words
    if text[words[-1].end :].strip(_AFTER_SIGNATURE):
        return None
    for first in range(max(1, len(words) - 3), len(words)):
        start = words[first].start
        before = text[max(0, start - _SIGNATURE_REACH) : start]
        thanked = bool(_THANKED.search(before))
        closed = thanked or (words[first].title and _PAUSED.search(before))
        if closed and reader.is_signature(first, thanked):
            return Span(start, reader.span(first, len(words) - 1).end, NAME)
    return None
