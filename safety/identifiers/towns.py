"""The end of an address: apartment, town, state and ZIP code.

Two-letter codes of states are words too ("in", "or", "me"), and a billing
code such as 22513 has the digits of a ZIP code. So such a code counts only in
capitals beside a town, and five digits only after a state or "ZIP".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile

from safety.identifiers.lexicon import Lexicon
from safety.identifiers.spans import ADDRESS, Span

_STATES = (
    "alabama|alaska|arizona|arkansas|california|calif|colorado|connecticut|delaware|florida"
    "|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland"
    "|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada"
    "|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma"
    "|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont"
    "|virginia|washington|west virginia|wisconsin|wyoming"
    "|ak|al|ar|az|ca|co|ct|dc|de|fl|ga|hi|ia|id|il|in|ks|ky|la|ma|md|me|mi|mn|mo|ms|mt|nc|nd|ne"
    "|nh|nj|nm|nv|ny|oh|ok|or|pa|pr|ri|sc|sd|tn|tx|ut|va|vt|wa|wi|wv|wy"
)
_WORD_CODE = re.compile("al|co|ct|de|hi|id|in|la|ma|md|me|mo|ms|mt|oh|ok|or|pa", re.I)
_ZIP = r"[0-9]{5}(?:-[0-9]{4})?(?![0-9\-])"
_WORD = r"[a-z][a-z.'\-]{1,20}"
_BREAK = r"[, \n]{1,3}"

_APARTMENT = re.compile(
    rf"{_BREAK}(?:(?:apt|apartment|unit|suite|ste|bldg|building|floor|fl|lot|room|rm|trailer"
    r"|space|spc)\b\.? ?#?|#) ?(?:[0-9]+[a-z]?|[a-z][0-9]*)\b",
    re.I,
)
_TOWN = re.compile(
    rf"{_BREAK}(?:in )?(?P<town>{_WORD}(?: {_WORD}){{0,2}}?),? {{1,2}}(?P<state>{_STATES})\b\.?"
    rf"(?:{_BREAK}(?P<zip>{_ZIP}))?"
    rf"|{_BREAK}(?:(?:{_STATES}){_BREAK})?(?P<only_zip>{_ZIP})",
    re.I,
)
_TOWN_ONLY = re.compile(
    r", (?P<town>[A-Z][a-z'\-]{2,20}(?: [A-Z][a-z'\-]{2,20}){0,2})(?=[.,!?]|\Z)"
)
_TOWN_AND_ZIP = re.compile(
    rf"(?<![\w.])(?P<town>{_WORD}(?: {_WORD}){{0,2}}),? {{1,2}}(?P<state>{_STATES})\.?,? {{1,2}}"
    rf"{_ZIP}",
    re.I,
)
_LABELLED_ZIP = re.compile(
    r"\b(?:zip(?: ?code)?|postal code|post ?code)(?: is| was|[:#=, ]){0,3} ?"
    rf"(?P<zip>{_ZIP}|[a-z]{{1,2}}[0-9][a-z0-9]? ?[0-9][a-z]{{1,2}}\b"
    r"|[a-z][0-9][a-z] ?[0-9][a-z][0-9])",
    re.I,
)
_IN_STREETS = frozenset({"first", "second", "third", "saint", "old", "new", "front"})


def is_in_street(word: str, lexicon: Lexicon) -> bool:
    """True unless a small word, a unit or a word of the field: those name no street."""
    bare = word.strip(".,'-").lower()
    groups = (lexicon.groups[name] for name in ("stop", "field", "not_in_street"))
    return bare in _IN_STREETS or not any(bare in group for group in groups)


class TownFinder:
    """Finds towns with their ZIP code, and where an address ends."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, text: str) -> Iterator[Span]:
        """ZIP codes of a folded text that stand beside their town or after "ZIP"."""
        for match in _LABELLED_ZIP.finditer(text):
            yield Span(*match.span("zip"), ADDRESS)
        for match in _TOWN_AND_ZIP.finditer(text):
            words = match.group("town").split(" ")
            town = " ".join(dropwhile(lambda word: not self._names_town(word), words))
            if town and _is_state(match.group("state"), town):
                yield Span(match.end("town") - len(town), match.end(), ADDRESS)
            elif not _WORD_CODE.fullmatch(match.group("state")):
                yield Span(match.start("state"), match.end(), ADDRESS)

    def end_of_address(self, text: str, end: int) -> int:
        """Where an address ends whose street ends at ``end``."""
        apartment = _APARTMENT.match(text, end)
        if apartment:
            end = apartment.end()
        match = _TOWN.match(text, end)
        if match and match.group("only_zip"):
            return match.end()
        if match and self._names_town(match.group("town")):
            town, state, code = match.group("town", "state", "zip")
            end = match.end() if code or _is_state(state, town) else end
        match = _TOWN_ONLY.match(text, end)
        return match.end() if match and self._names_town(match.group("town")) else end

    def _names_town(self, town: str) -> bool:
        return all(is_in_street(word, self._lexicon) for word in town.split())


def _is_state(code: str, town: str) -> bool:
    """True unless the code is a word that does not stand beside a town."""
    if not _WORD_CODE.fullmatch(code):
        return True
    return code.isupper() and town[0].isupper() and not town.isupper()
