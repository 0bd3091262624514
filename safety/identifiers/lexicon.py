"""What is known of a word: a given name, a surname, an ordinary word.

The lists are data: ``names.yml`` and ``words.yml``. What neither list nor an
English dictionary knows ("Thanh") may be a name too, if it stands where a
name would stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from understanding.spelling import english_words

_FOLDER = Path(__file__).parent
_CONTRACTED = re.compile(r"(?:n't|'(?:ll|ve|re|d|m|s))\Z")
_CLIPPED = frozenset({"o", "d", "l"})  # O'Brien, D'Angelo, L'Esperance
# Misspelled words of the field are in no list, and yet no names.
_FIELD_STEM = re.compile(
    r"k[iy]ph|k[iy]f|k[iy]p[ho]|[vb]ert|vetr|ost[ie]?o|oste|pl?ast[iy]|fract|surg|surj|proced"
    r"|cement|ballo|an[ae]?e?sth|medic|radi|scol|sten|osis\Z|itis\Z|ectomy\Z|opathy\Z|ology\Z"
    r"|ologist\Z|scopy\Z|mycin\Z"
)


class Sense(NamedTuple):
    """What a word may be. ``given`` and ``surname``: 0 no, 1 also a word, 2 surely.

    ``verb`` and ``complement`` are for names that are words as well, and say of
    which sort; ``ordinary`` is a word that is no name in any list, ``never`` one
    that cannot be a name.
    """

    given: int = 0
    surname: int = 0
    verb: bool = False
    complement: bool = False
    ordinary: bool = False
    never: bool = False

    @property
    def listed(self) -> bool:
        """In a list of names."""
        return bool(self.given or self.surname)

    @property
    def unknown(self) -> bool:
        """In no list: a rare name, or a misspelling."""
        return not (self.listed or self.ordinary or self.never)

    @property
    def doubtful(self) -> bool:
        """Needs more than its place to be a name: "my mother may", "she is young"."""
        return self.verb or self.complement


NEVER = Sense(never=True)


@dataclass(frozen=True)
class Lexicon:
    """The lists, and what they say of a word.

    ``groups`` are the lists of ``words.yml`` by their names there; ``phrases``
    are names that belong to no patient.
    """

    senses: Mapping[str, Sense]
    english: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    phrases: tuple[str, ...]

    def sense(self, word: str) -> Sense:
        """The sense of a word in lower case, without "'s" at its end."""
        found = self.senses.get(word)
        if found is not None:
            return found
        if "-" in word or "'" in word:
            return self._compound(word)
        if word in self.english or len(word) == 1:
            return Sense(ordinary=True)
        return NEVER if _FIELD_STEM.search(word) else Sense()

    def _compound(self, word: str) -> Sense:
        """Of "jean-luc", "o'brien", "can't", "follow-up"."""
        if _CONTRACTED.search(word):
            return NEVER
        whole = self.senses.get(word.replace("'", "").replace("-", ""))
        if whole is not None:
            return whole
        parts = [part for part in re.split("[-']", word) if part]
        first, *others = [self.sense(part) for part in parts]
        if any(part.never or part.ordinary for part in others):
            return Sense(ordinary=True)
        if parts[0] in _CLIPPED and "'" in word:
            return Sense(surname=2)
        if first.never or first.ordinary:
            return Sense(ordinary=True)
        return Sense(given=first.given, surname=max(part.surname for part in others))


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon of the files beside this module, read once."""
    names = {key: frozenset(words.split()) for key, words in _read("names.yml").items()}
    words = _read("words.yml")
    phrases = tuple(words.pop("phrases"))
    groups = {key: frozenset(group.split()) for key, group in words.items()}
    senses = {
        word: Sense(
            given=_degree(word, names["given"], names["given_or_word"]),
            surname=_degree(word, names["surnames"], names["surnames_or_word"]),
            verb=word in names["verbs"],
            complement=word in names["complements"],
        )
        for word in frozenset().union(*names.values())
    }
    senses |= dict.fromkeys(groups["stop"] | groups["field"], NEVER)
    return Lexicon(senses, english_words(), groups, phrases)


def _degree(word: str, surely: frozenset[str], also_word: frozenset[str]) -> int:
    return 2 if word in surely else int(word in also_word)


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))
    return content
