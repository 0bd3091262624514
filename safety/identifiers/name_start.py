"""Decides whether a word is the first of a name.

The stronger the cue before it, the less a word must look like a name: "my
name is" is followed by almost nothing else, "I'm" mostly by something else.
"""

from __future__ import annotations

from enum import Enum

from safety.identifiers.neighbors import Neighbors

# Endings that misspelled verbs and adverbs share, and names seldom have.
_VERBAL = ("ed", "ing", "ly", "tion")


class Cue(Enum):
    """What stands before a name, from the strongest to nothing."""

    OWN = "my name is"
    LABEL = "patient:"
    TITLE = "Mrs."
    FAMILY = "my mother"
    OFFICE = "my doctor"
    SELF = "I'm"
    BARE = ""


def looks_like_verb(word: str) -> bool:
    """True for "sugested": a word in lower case that no list knows, and no name."""
    return word.endswith(_VERBAL)


class NameStart:
    """Looks at the first words of names in one text."""

    def __init__(self, near: Neighbors) -> None:
        self._near = near

    def is_name(self, at: int, cue: Cue) -> bool:
        """True if a name begins with the word after this cue."""
        word, near = self._near.words[at], self._near
        sense = word.sense
        if sense.never or (sense.given == 1 and near.is_before_date(at)):
            return False
        if cue is Cue.OWN:
            sure = sense.given or sense.surname == 2 or sense.unknown or word.title
            return bool(sure) or (self._near.ends_self(at) and not near.is_one_of(at, "not_named"))
        if sense.given == 2:
            return cue is not Cue.BARE or not near.is_of_place(at)
        if cue is Cue.LABEL:
            near_name = near.surname_next(at) or (word.title and near.capital_next(at))
            return sense.surname == 2 or near_name or (word.title and not sense.ordinary)
        if cue is Cue.TITLE:
            if sense.listed:
                return word.title or not sense.verb or near.is_followed(at, "after_kin")
            return word.title or (sense.unknown and not looks_like_verb(word.lower))
        if cue is Cue.SELF:
            return self._after_self(at)
        if cue is Cue.BARE:
            return self._alone(at)
        return self._after_kin(at, cue)

    def _after_kin(self, at: int, cue: Cue) -> bool:
        word = self._near.words[at]
        sense = word.sense
        if word.title and (sense.listed or sense.unknown or cue is Cue.FAMILY):
            return True
        if sense.surname == 2 or (sense.given and not sense.doubtful):
            return True
        told = self._near.is_followed(at, "after_kin") or self._near.is_before_comma(at)
        return sense.listed and (told or self._near.surname_next(at))

    def _after_self(self, at: int) -> bool:
        word = self._near.words[at]
        sense = word.sense
        if sense.complement and not (word.title and sense.given):
            return self._near.surname_next(at)
        ends = self._near.ends_self(at) or self._near.surname_next(at)
        if word.title and not sense.ordinary:
            return ends or self._near.capital_next(at)
        return ends and (bool(sense.given) or sense.surname == 2)

    def _alone(self, at: int) -> bool:
        """Without a cue two capitals are asked for, of which one is surely of a name."""
        word = self._near.words[at]
        sense = word.sense
        if self.is_turned_around(at):
            return sense.surname == 2
        if word.title and sense.given and self._near.is_followed(at, "callers"):
            return True
        if word.title and sense.given and self._near.stands_out(at):
            return True
        initial = len(word.lower) == 1 and word.lower != "i"
        if not (word.title and (sense.given or sense.unknown or initial)):
            return False
        if not self._near.is_joined(at) or not self._near.words[at + 1].title:
            return False
        after = self._near.words[at + 1].sense
        # "Bill Short, 84" but not "Will Young people".
        told = self._near.is_before_comma(at + 1) or self._near.is_followed(at + 1, "after_kin")
        both = sense.given and after.surname and (told or not sense.verb)
        return after.surname == 2 or bool(both)

    def is_turned_around(self, at: int) -> bool:
        """True for "Ortega, Carmen"."""
        family = self._near.words[at]
        if self._near.gap(at) != ", " or not family.title or family.sense.given:
            return False
        given = self._near.words[at + 1]
        return given.title and given.sense.given == 2 and not family.sense.ordinary
