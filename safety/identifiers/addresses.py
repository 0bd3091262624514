"""Addresses: a number and a street, a P.O. box, a town with its ZIP code.

"I live at 12 elm street palmdale ca" has no capitals, and "a 2 hour drive",
"10 blocks down the street" and "3 lumbar CT scans" look like streets. So what
stands between number and street must not be a small word, a unit or a word of
the field, and an unclear kind of street ("drive", "ct", "way") needs a cue, a
town, or capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from safety.identifiers.lexicon import Lexicon
from safety.identifiers.spans import ADDRESS, Span
from safety.identifiers.towns import TownFinder, is_in_street

_CLEAR = "street|avenue|ave|boulevard|blvd|road|rd|parkway|pkwy|terrace|lane|ln|highway|hwy"
_UNCLEAR = (
    "st|str|drive|dr|court|ct|circle|cir|place|pl|square|sq|trail|trl|loop|crescent|cres|way"
    "|alley|ter|close|mews|grove|heights|hollow|cove|route|plaza|point|pike|row|run|path|park|ridge|walk"
)
_SIDES = "north|south|east|west|northeast|northwest|southeast|southwest|ne|nw|se|sw|n|s|e|w"
_SIDE_BEFORE = rf"(?:(?:{_SIDES})\b\.? {{1,2}})?"
_SIDE_AFTER = rf"(?: (?:{_SIDES})\b\.?)?"
_NUMBER = r"(?<![0-9a-z/.,\-])#?[0-9]{1,6}"
_NAME_WORD = r"[a-z0-9][a-z0-9.'\-]{0,20}"

_STREET = re.compile(
    rf"{_NUMBER}(?:-[0-9]{{1,4}})?[a-d]?,? {{1,2}}{_SIDE_BEFORE}"
    rf"(?P<name>(?:{_NAME_WORD} {{1,2}}){{1,4}}?)"
    rf"(?:(?:{_CLEAR})|(?P<unclear>{_UNCLEAR}))\b\.?{_SIDE_AFTER}",
    re.I,
)
# 631 West Avenue Q, 1800 County Road 12.
_LETTERED = re.compile(
    rf"{_NUMBER} {{1,2}}{_SIDE_BEFORE}(?:avenue|ave|highway|hwy|route|rte|county road|cr"
    rf"|state route|road|street|fm) (?:[a-z]|[0-9]{{1,4}})\b{_SIDE_AFTER}"
    r"(?! (?:mg|hours?|minutes?|days?|weeks?))",
    re.I,
)
_BOX = re.compile(
    r"\b(?:p\.? ?o\.? ?box|post office box|postbox) ?#?(?:number |no\.? )?[0-9]{1,7}\b"
    r"|\brural route #?[0-9]+(?:,? box [0-9]+)?"
    # Alone, "RR 30" is how often somebody breathes.
    r"|\br\.?r\.? ?#?[0-9]+,? box [0-9]+",
    re.I,
)
_CUE = re.compile(
    r"\b(?:liv(?:e|es|ed|ing)|resid(?:e|es|ing)|stay(?:s|ing)?|located|moved|address"
    r"|mail(?:ed|ing)?|send|sent|ship|deliver|house|home|place|pick (?:me|her|him|us) up)\b",
    re.I,
)
_CUE_REACH = 40
_LIVES_AT = re.compile(
    r"\b(?:(?:liv(?:e|es|ed|ing)|resid(?:e|es|ing)|stay(?:s|ing)?) (?:over |out )?(?:at|on|in)"
    r"|address(?: is| was|:| -| =)?|home is(?: at)?) {1,2}",
    re.I,
)
_NUMBER_AND_NAME = re.compile(
    r"[0-9]{2,6}[a-d]? (?P<name>[a-z][a-z.'\-]{2,20}(?: [a-z][a-z.'\-]{2,20}){0,2})", re.I
)
_NO_NUMBER = re.compile(
    rf"{_SIDE_BEFORE}(?P<name>(?:{_NAME_WORD} ){{1,3}}?)"
    rf"(?:{_CLEAR}|drive|court|circle|way|place|trail)\b\.?",
    re.I,
)
_TITLE_NEXT = re.compile(r"\.? [A-Z][a-z]+")


class AddressFinder:
    """Finds addresses with the help of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._towns = TownFinder(lexicon)

    def find(self, text: str) -> Iterator[Span]:
        """Addresses of a folded text."""
        for match in _STREET.finditer(text):
            if self._is_street(text, match):
                yield self._with_town(text, match.start(), match.end())
        for pattern in (_LETTERED, _BOX):
            for match in pattern.finditer(text):
                yield self._with_town(text, match.start(), match.end())
        for match in _LIVES_AT.finditer(text):
            yield from self._after_cue(text, match.end())
        yield from self._towns.find(text)

    def _with_town(self, text: str, start: int, end: int) -> Span:
        return Span(start, self._towns.end_of_address(text, end), ADDRESS)

    def _is_street(self, text: str, match: re.Match[str]) -> bool:
        names, unclear = match.group("name").split(), match.group("unclear")
        if not all(is_in_street(name, self._lexicon) for name in names):
            return False
        if not unclear or _CUE.search(text, max(0, match.start() - _CUE_REACH), match.start()):
            return True
        if self._towns.end_of_address(text, match.end()) > match.end():
            return True
        # "12 Elm Dr." is a street, "the 12 Monday Dr. Hale said" is not.
        titled = all(name[0].isupper() or name[0].isdigit() for name in names)
        abbreviated = unclear[0].isupper() and not unclear.isupper()
        return titled and abbreviated and not _TITLE_NEXT.match(text, match.end("unclear"))

    def _after_cue(self, text: str, at: int) -> Iterator[Span]:
        """After "I live at": a number and a name, or a street without a number."""
        match = _NUMBER_AND_NAME.match(text, at)
        if match:
            words = match.group("name").split(" ")
            names = list(takewhile(lambda word: is_in_street(word, self._lexicon), words))
            if names:
                yield self._with_town(text, at, match.start("name") + len(" ".join(names)))
        match = _NO_NUMBER.match(text, at)
        if match and all(is_in_street(w, self._lexicon) for w in match.group("name").split()):
            yield self._with_town(text, at, match.end())
