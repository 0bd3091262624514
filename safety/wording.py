"""Reads a message into plain words that the rules can be compared with.

Threat model: a frightened person misspells. A red flag must not be lost to
"cheast", "cant brethe" or a curly apostrophe; and a true English word must not
be bent into a red flag ("paint" into "faint"). So only words that are not
English are corrected, and only into words that the rules use.
"""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import spacy
from symspellpy import SymSpell, Verbosity

from safety.endings import stem

_SHORTEST = 4
_LONG_ENOUGH_FOR_TWO = 8
_ENGLISH = "frequency_dictionary_en_82_765.txt"
_SENTENCE_END = frozenset({".", "!", "?", ";", "?!", "!!", "??"})
_PAUSE = frozenset({",", ":", "(", ")", "-", "–", "—", "--", "...", "…", "/"})
# Typed wrongly it escapes the tokenizer, which opens it otherwise.
_OPENED = {"cannot": ("can", "not")}
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"'})
_GLUED_STOP = re.compile(r"(?<=[a-z]{2})([.!?;,:]+)(?=[a-z])")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d\b)")
_DOTS = re.compile(r"\.{2,}")
_LETTER_RUN = re.compile(r"([a-z])\1{2,}")
# "'84" is a year, "5'10" a height.
_SHORT_YEAR = re.compile(r"(?<![\w'])'(\d\d)(?![\d'\w])")
_NEXT_CENTURY = 30
# A unit glued to its number ("101F") would hide the number.
_UNIT = re.compile(r"(?<=\d)\s*(?:°|degrees?\b)?\s*[fc]?(?![\w.])")


@dataclass(frozen=True)
class Wording:
    """A message as normalized words.

    ``stops`` and ``pauses`` hold the index of the first word behind a sentence
    end, and behind a comma, dash or bracket.
    """

    words: tuple[str, ...]
    stops: frozenset[int]
    pauses: frozenset[int]

    def followed_by(self, later: Wording) -> Wording:
        """This message and a later one, with a sentence end in between."""
        shift = len(self.words)
        return Wording(
            self.words + later.words,
            self.stops | {shift} | {i + shift for i in later.stops},
            self.pauses | {i + shift for i in later.pauses},
        )


@cache
def _english() -> Mapping[str, int]:
    """English words with their frequency, from symspellpy's own list."""
    text = importlib.resources.files("symspellpy").joinpath(_ENGLISH).read_text("utf-8-sig")
    return {word: int(count) for word, count in (line.split() for line in text.splitlines())}


class Reader:
    """Turns text into ``Wording``.

    Args:
        spellings: how people write a word or phrase, and what it stands for.
        vocabulary: the words of the rules; misspellings are led to these.
    """

    def __init__(self, spellings: Mapping[str, str], vocabulary: Iterable[str] = ()) -> None:
        self._tokenizer = spacy.blank("en").tokenizer
        self._spellings = dict(spellings)
        written = "|".join(re.escape(w) for w in sorted(spellings, key=len, reverse=True))
        self._written = re.compile(rf"(?<![\w'])(?:{written})(?![\w'])") if written else None
        stems = {stem(word) for word in vocabulary if word.isalpha()}
        self._known = {word for word in (*_english(), *vocabulary) if stem(word) in stems}
        self._known |= _OPENED.keys()
        self._symspell = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word in sorted(self._known):
            if len(word) >= _SHORTEST:
                self._symspell.create_dictionary_entry(word, _english().get(word, 1))

    def read(self, text: str) -> Wording:
        """``text`` in lower case, contractions opened, misspellings mended."""
        words: list[str] = []
        stops: set[int] = set()
        pauses: set[int] = set()
        for token in self._tokenizer(self._prepare(text)):
            if token.is_space:
                (stops if "\n" in token.text else pauses).add(len(words))
            elif token.text in _SENTENCE_END:
                stops.add(len(words))
            elif token.text in _PAUSE:
                pauses.add(len(words))
            elif not token.is_punct:
                mended = self._mend(token.norm_)
                words += _OPENED.get(mended, (mended,))
        return Wording(tuple(words), frozenset(stops - {0}), frozenset(pauses - {0}))

    def _prepare(self, text: str) -> str:
        text = text.translate(_QUOTES).lower()
        text = _SHORT_YEAR.sub(_full_year, text)
        text = _DOTS.sub(" … ", _DECIMAL_COMMA.sub(".", text))
        text = _LETTER_RUN.sub(r"\1\1", _GLUED_STOP.sub(r"\1 ", text))
        text = _UNIT.sub(" ", text)
        if self._written is None:
            return text
        return self._written.sub(lambda found: self._spellings[found.group()], text)

    def _mend(self, word: str) -> str:
        if len(word) < _SHORTEST or word in self._known or word in _english() or not word.isalpha():
            return word
        distance = 2 if len(word) >= _LONG_ENOUGH_FOR_TWO else 1
        found = self._symspell.lookup(word, Verbosity.CLOSEST, max_edit_distance=distance)
        # People get the first letter right, and drop letters more than they add some.
        near = [candidate.term for candidate in found if candidate.term[0] == word[0]]
        return min(near, key=lambda term: not _holds(term, word), default=word)


def _full_year(found: re.Match[str]) -> str:
    year = int(found[1])
    return str(year + (2000 if year < _NEXT_CENTURY else 1900))


def _holds(term: str, word: str) -> bool:
    """Whether all letters of ``word`` stand in ``term`` in this order."""
    letters = iter(term)
    return all(letter in letters for letter in word)
