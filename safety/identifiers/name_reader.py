"""Reads a whole name: given names, initials, "van der", a surname, "Jr."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from safety.identifiers.lexicon import Lexicon
from safety.identifiers.name_start import Cue, NameStart, looks_like_verb
from safety.identifiers.neighbors import Neighbors
from safety.identifiers.spans import NAME, Span
from safety.identifiers.words import Word

_PARTICLE = re.compile(
    "de|la|las|los|van|von|der|den|della?|d[iau]|das|dos|le|st|ma?c|bin|ibn|al|el"
)
_GENERATION = re.compile("jr|sr|ii|iii|iv")
_MOST_WORDS = 4
_LEAST_LETTERS = 4
_LEAST_LETTERS_OWN = 3


class NameReader:
    """Reads names out of the words of one text."""

    def __init__(self, text: str, words: Sequence[Word], lexicon: Lexicon) -> None:
        self.words = words
        self._near = Neighbors(text, words, lexicon)
        self._start = NameStart(self._near)

    def name(self, index: int, cue: Cue) -> Span | None:
        """The name that begins with a word, if one does."""
        if not self._start.is_name(index, cue):
            return None
        last = index + 1 if self._start.is_turned_around(index) else index
        while last - index + 1 < _MOST_WORDS:
            more = self._continues(last, cue)
            if not more:
                break
            last += more
        if cue not in (Cue.OWN, Cue.LABEL) and self._near.is_of_thing(last):
            return None
        return self.span(index, last)

    def span(self, first: int, last: int) -> Span:
        """From one word to another, with the period of an initial at the end."""
        word = self.words[last]
        short = len(word.lower) == 1 or _GENERATION.fullmatch(word.lower)
        dotted = bool(short) and self._near.ends_dotted(last)
        return Span(self.words[first].start, word.end + dotted, NAME)

    def name_up_to(self, last: int) -> Span | None:
        """The words with capitals that end with a word, if one of them may be a name."""
        first = last
        while first > 0 and last - first < 2 and self._near.is_joined(first - 1):
            if not self.words[first - 1].title or self.words[first - 1].sense.never:
                break
            first -= 1
        senses = [word.sense for word in self.words[first : last + 1]]
        named = any(sense.listed or sense.unknown for sense in senses)
        return self.span(first, last) if first < last and named and not senses[-1].never else None

    def is_signature(self, first: int, thanked: bool) -> bool:
        """True if all words from one to the last are of a name.

        Args:
            first: index of the first of the words.
            thanked: thanks stand before, so that a single capital is enough.
        """
        words = self.words[first:]
        lead = words[0]
        if lead.owns or not all(map(self._near.is_joined, range(first, len(self.words) - 1))):
            return False
        if thanked and lead.title and not lead.sense.never and len(words) == 1:
            return True
        if not (lead.sense.listed or (lead.sense.unknown and lead.title)):
            return False
        return all(
            word.sense.listed or (word.title and (word.sense.unknown or len(word.lower) == 1))
            for word in words[1:]
        )

    def _continues(self, last: int, cue: Cue) -> int:
        """How many words after the last one belong to the name."""
        if self.words[last].owns or not self._near.is_joined(last):
            return 0
        at = last + 1
        word, sense = self.words[at], self.words[at].sense
        if _PARTICLE.fullmatch(word.lower):
            return self._after_particles(at)
        if len(word.lower) == 1:
            return int(self._is_initial(at))
        if sense.never:
            return 0
        if _GENERATION.fullmatch(word.lower) or sense.given == 2 or sense.surname == 2:
            return 1
        if sense.listed:
            if word.title and not (sense.doubtful and self._near.is_before_date(at)):
                return 1
            return int(not sense.doubtful or (cue is not Cue.BARE and self._near.ends_self(at)))
        if word.title and self.words[last].title:
            return 1
        verbal = cue in (Cue.BARE, Cue.TITLE, Cue.OFFICE) and looks_like_verb(word.lower)
        least = _LEAST_LETTERS_OWN if cue is Cue.OWN else _LEAST_LETTERS
        return int(sense.unknown and not verbal and len(word.lower) >= least)

    def _after_particles(self, at: int) -> int:
        """Of "van der Berg": how many words it has."""
        end = at
        while _PARTICLE.fullmatch(self.words[end].lower) and self._near.is_joined(end):
            end += 1
        surname = self.words[end]
        named = surname.sense.surname == 2 or (surname.title and not surname.sense.never)
        return end - at + 1 if named and end > at else 0

    def _is_initial(self, at: int) -> bool:
        """True in "Mary K." and "Mary K Hale", not for the "I" or "A" of a sentence."""
        word = self.words[at]
        if not word.title:
            # "roscoe t. washburn"
            return self._near.ends_dotted(at) and self._near.surname_next(at)
        if word.lower == "i":
            return False
        if self._near.ends_dotted(at) or at + 1 == len(self.words):
            return True
        return word.lower != "a" and (not self._near.is_joined(at) or self.words[at + 1].title)
