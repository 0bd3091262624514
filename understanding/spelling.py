"""Spelling correction towards the words that patients use about this topic.

A general corrector breaks good words ("kypho" to "typo"). This one knows what
is a true word from an English list and the domain's own list, leaves every
true word alone, and corrects the rest only into words that the training
questions use.
"""

from __future__ import annotations

import importlib.resources
import re
from collections import Counter
from collections.abc import Iterable

from symspellpy import SymSpell, Verbosity

# Typed without the apostrophe these look like misspellings, and a wrong
# correction would lose a negation ("havent" to "heaven").
CONTRACTIONS = {
    "arent": "aren't", "cant": "can't", "couldnt": "couldn't", "didnt": "didn't",
    "doesnt": "doesn't", "dont": "don't", "hadnt": "hadn't", "hasnt": "hasn't",
    "havent": "haven't", "isnt": "isn't", "shouldnt": "shouldn't", "wasnt": "wasn't",
    "werent": "weren't", "wont": "won't", "wouldnt": "wouldn't", "im": "I'm",
    "ive": "I've", "youre": "you're", "theyre": "they're", "whats": "what's",
    "thats": "that's", "hows": "how's", "wheres": "where's", "whos": "who's",
    "theres": "there's",
    "wat": "what", "wats": "what's", "wen": "when", "wich": "which",
    "itll": "it'll", "youll": "you'll", "theyll": "they'll",
}  # fmt: skip

# True words that no patient means here.
_LOOKALIKES = {
    "ballon": "balloon", "ballons": "balloons", "sedition": "sedation",
    "vertebrate": "vertebra", "vertebrates": "vertebrae",
}  # fmt: skip

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
_SHORTEST = 4
# "kifoplasty" is three edits away from the word it means.
_DISTANCES = ((10, 3), (7, 2), (0, 1))
_LONGEST_ACRONYM = 5
# How often the examples must use a word: to be corrected into, to be left alone.
_SEEN_AS_TARGET = 3
_SEEN_AS_TRUE = 4
_ENGLISH = "frequency_dictionary_en_82_765.txt"
# The list is British, and patients here write "tumor", "paralyzed" and "hospitalized"; but
# "hors" and "exercize" are no words.
_AMERICAN = (
    (
        re.compile(
            r"^(?!(?:cont|det|dev|parad|park|troubad|downp|outp|velo)ou?r)(od|\w{3,})"
            r"our(s|ed|ing|al|er|ers|ite|ites|y|hood|ly|able|ably|ful|less)?$"
        ),
        r"\1or\2",
    ),
    (
        re.compile(r"^(\w{2,}(?:al|er|an|in|il|at|on|ic|ar|or|im|gn))is(e|ed|es|er|ing|ation)$"),
        r"\1iz\2",
    ),
    (re.compile(r"^(\w{2,}l)ys(e|ed|es|er|ers|ing)$"), r"\1yz\2"),
)


def english_words() -> frozenset[str]:
    """Words of symspellpy's English frequency list, lower case."""
    text = importlib.resources.files("symspellpy").joinpath(_ENGLISH).read_text("utf-8-sig")
    words = {line.split(" ", 1)[0] for line in text.splitlines() if line}
    for british, american in _AMERICAN:
        words |= {british.sub(american, word) for word in words}
    return frozenset(words)


class SpellingCorrector:
    """Corrects unknown words into the words of ``targets``.

    Args:
        targets: words that a correction may lead to, with how often each was
            seen; the more frequent wins a tie.
        true_words: words that are never changed.
    """

    def __init__(self, targets: dict[str, int], true_words: Iterable[str]) -> None:
        self.targets = dict(targets)
        self.true_words = frozenset(true_words)
        self._true_words = frozenset(true_words) | english_words() | frozenset(targets)
        self._symspell = SymSpell(max_dictionary_edit_distance=3, prefix_length=7)
        for word, count in sorted(self.targets.items()):
            self._symspell.create_dictionary_entry(word, count)

    @classmethod
    def from_examples(
        cls, examples: Iterable[str], domain_words: Iterable[str]
    ) -> SpellingCorrector:
        """Learn the target words: those in the examples that are true words.

        Misspelled examples must not become targets, so a word counts only if
        the English list or ``domain_words`` has it.
        """
        domain = frozenset(word.lower() for word in domain_words)
        known = english_words() | domain
        seen = Counter(word.lower() for example in examples for word in _WORD.findall(example))
        targets = {
            w: n
            for w, n in seen.items()
            if w in known and len(w) >= _SHORTEST and n >= _SEEN_AS_TARGET
        }
        for word in domain:
            targets[word] = max(targets.get(word, 0), _SEEN_AS_TARGET)
        # "meds" is in no dictionary, but nobody misspells in unison. Except the
        # domain's own long words: "kifoplasty" is written so by many.
        strict = cls(dict.fromkeys(domain, 1), domain)
        often = {w for w, n in seen.items() if n >= _SEEN_AS_TRUE and strict.correct(w) == w}
        return cls(targets, domain | often)

    def correct(self, text: str) -> str:
        """The text with unknown words corrected; all else stays as it is."""
        return _WORD.sub(lambda match: self._correct_word(match.group()), text)

    def _correct_word(self, word: str) -> str:
        lower = word.lower()
        if lower in CONTRACTIONS:
            return CONTRACTIONS[lower]
        if lower in _LOOKALIKES:
            return _LOOKALIKES[lower]
        if len(lower) < _SHORTEST or lower in self._true_words or "'" in lower:
            return word
        if word.isupper() and len(word) <= _LONGEST_ACRONYM:
            return word
        distance = next(most for length, most in _DISTANCES if len(lower) >= length)
        found = self._symspell.lookup(lower, Verbosity.CLOSEST, max_edit_distance=distance)
        # People rarely miss a word's first letter; what differs there is mostly
        # another true word that the lists lack.
        return next((f.term for f in found if f.term[0] == lower[0]), word)
