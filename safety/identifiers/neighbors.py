"""What stands beside a word: a surname, a pause, a hospital, a date."""

from __future__ import annotations

from collections.abc import Sequence

from safety.identifiers.lexicon import Lexicon
from safety.identifiers.words import Word

_PAUSES = frozenset('.,;:!?)\n"')
_SHORTENED = frozenset({"st", "jr", "sr"})


class Neighbors:
    """The words of one text, and questions about what is next to each."""

    def __init__(self, text: str, words: Sequence[Word], lexicon: Lexicon) -> None:
        self.words = words
        self._text = text
        self._groups = lexicon.groups

    def gap(self, at: int) -> str | None:
        """What is between a word and the next one; None after the last."""
        if at + 1 >= len(self.words):
            return None
        return self._text[self.words[at].end : self.words[at + 1].start]

    def is_joined(self, at: int) -> bool:
        """True if only a space, or the period of an initial, is before the next word."""
        word, gap = self.words[at], self.gap(at)
        short = len(word.lower) == 1 or word.lower in _SHORTENED
        return gap in (" ", "  ") or (short and gap in (". ", "."))

    def ends_dotted(self, at: int) -> bool:
        """True if a period follows the word at once."""
        return self._text[self.words[at].end : self.words[at].end + 1] == "."

    def pauses(self, at: int) -> bool:
        """True if the text ends after the word, or a punctuation mark follows."""
        end = self.words[at].end
        return at + 1 == len(self.words) or self._text[end : end + 1] in _PAUSES

    def is_followed(self, at: int, group: str) -> bool:
        """True if the next word is one of a group of ``words.yml``, or "'s" follows."""
        if self.words[at].owns:
            return True
        return self.is_joined(at) and self.words[at + 1].lower in self._groups[group]

    def ends_self(self, at: int) -> bool:
        """True if what follows is what follows a name after "I'm"."""
        return self.pauses(at) or self.is_followed(at, "after_self")

    def is_one_of(self, at: int, group: str) -> bool:
        """True if the word is of a group of ``words.yml``."""
        return self.words[at].lower in self._groups[group]

    def is_before_comma(self, at: int) -> bool:
        """True if a comma follows the word at once."""
        return self._text[self.words[at].end : self.words[at].end + 1] == ","

    def surname_next(self, at: int) -> bool:
        """True if a sure surname follows."""
        return self.is_joined(at) and self.words[at + 1].sense.surname == 2

    def capital_next(self, at: int) -> bool:
        """True if a word with a capital follows that may be a name."""
        if not self.is_joined(at):
            return False
        after = self.words[at + 1]
        return after.title and (after.sense.unknown or after.sense.listed)

    def stands_out(self, at: int) -> bool:
        """True for "since Bill passed": within a sentence only a name has the capital."""
        if at == 0 or self.is_one_of(at, "capitalized"):
            return False
        before, gap = self.words[at - 1], self.gap(at - 1)
        alone = self.gap(at) != " " or not self.words[at + 1].title
        return alone and gap in (" ", ", ") and before.lower != "the" and not before.title

    def is_before_date(self, at: int) -> bool:
        """True for the month in "Dorothy May 3rd"."""
        end = self.words[at].end
        return self._text[end : end + 2].strip()[:1].isdigit()

    def is_of_place(self, at: int) -> bool:
        """True for "St. Mary" and "the john"."""
        if at == 0:
            return False
        before, gap = self.words[at - 1].lower, self.gap(at - 1)
        if before in self._groups["places"] and gap in (" ", ". "):
            return True
        return before in self._groups["articles"] and gap == " " and not self.surname_next(at)

    def is_of_thing(self, at: int) -> bool:
        """True for "Gehrig's disease" and "Elizabeth Hospital"."""
        group = "things_after_s" if self.words[at].owns else "things"
        if self.gap(at) not in (" ", "'s ", "s "):
            return False
        return self.words[at + 1].lower in self._groups[group]
