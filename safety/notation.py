"""The notation of facts/red_flags.yml: one line says which words make a sign.

    numb legs                 these words, side by side
    {legs} ..4 numb           any phrase of the group "legs", then numb, with at
                              most 4 other words between
    {legs} ~6 {numb}          near, in either order, at most 6 words between
    (can not|unable to) walk  one of the phrases; groups may stand there too
    fever <99.5-108>          a number in that range
    they did <end>            with nothing behind it in the sentence; so <start>

Threat model: a clinician edits these lines. A line that cannot be read must be
refused with a sentence that says how to mend it, never be skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

_PIECE = re.compile(r"\([^()]*\)|\S+")
_GROUP = re.compile(r"\{([a-z_]+)\}$")
_LINK = re.compile(r"(\.\.|~)(\d{1,2})$")
_NUMBER = re.compile(r"<(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)>$")
_PHRASE = re.compile(r"[a-z0-9'][a-z0-9' .\-/]*$")
_WORD = re.compile(r"[a-z0-9'.\-/]+$")
# "c/o" and "w/" are words; "legs/feet" is two, and would match neither.
_SLASH = re.compile(r"[a-z]{2,}/[a-z]{2,}")


class NotationError(ValueError):
    """A pattern that cannot be read; the message says why and what to write."""


@dataclass(frozen=True, eq=False)
class Slot:
    """One thing to find: some phrases or groups, a number, or an edge of the sentence.

    ``parse`` gives the same text the same slot, so slots compare by identity:
    thousands are looked up for each message.
    """

    phrases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    number: tuple[float, float] | None = None
    edge: Literal["start", "end"] | None = None


@dataclass(frozen=True)
class Link:
    """How the next slot lies: at most ``gap`` words away, perhaps in front."""

    gap: int = 0
    either: bool = False


@dataclass(frozen=True)
class Pattern:
    """Slots and, between each two, a link. ``text`` is the line as written."""

    text: str
    slots: tuple[Slot, ...]
    links: tuple[Link, ...]
    needed: frozenset[Slot] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "needed", frozenset(self.slots))


def parse(text: str) -> Pattern:
    """Read one line of the notation.

    Raises:
        NotationError: the line is empty, starts or ends with a distance, or
            holds something that the notation does not know.
    """
    slots: list[Slot] = []
    links: list[Link] = []
    pending: Link | None = None
    for piece in _pieces(text):
        if found := _LINK.match(piece):
            if not slots:
                raise NotationError("it starts with a distance; write a word or {group} before it")
            if pending:
                raise NotationError(f"it has two distances in a row at '{piece}'; keep one")
            pending = Link(int(found[2]), found[1] == "~")
            continue
        if slots:
            links.append(pending or Link())
        slots.append(_slot(piece))
        pending = None
    if not slots:
        raise NotationError("it is empty; write at least one word")
    if pending:
        raise NotationError("it ends with a distance; write a word or {group} after it")
    return Pattern(text, tuple(slots), tuple(links))


def _pieces(text: str) -> list[str]:
    """``text`` in pieces, words that stand side by side joined into one phrase."""
    pieces: list[str] = []
    in_phrase = False
    for piece in _PIECE.findall(text):
        is_word = bool(_WORD.match(piece)) and not _LINK.match(piece)
        if is_word and in_phrase:
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
        in_phrase = is_word
    return pieces


@cache
def _slot(piece: str) -> Slot:
    if piece == "<start>":
        return Slot(edge="start")
    if piece == "<end>":
        return Slot(edge="end")
    phrases: list[str] = []
    groups: list[str] = []
    number: tuple[float, float] | None = None
    inside = piece[1:-1].split("|") if piece.startswith("(") and piece.endswith(")") else [piece]
    for choice in (choice.strip() for choice in inside):
        if found := _GROUP.match(choice):
            groups.append(found[1])
        elif found := _NUMBER.match(choice):
            number = float(found[1]), float(found[2])
            if number[0] > number[1]:
                raise NotationError(f"'{choice}' runs backwards; write the smaller number first")
        else:
            phrases.append(plain_phrase(choice))
    return Slot(tuple(phrases), tuple(groups), number)


def plain_phrase(text: str) -> str:
    """The text, if it can be found in a message.

    Raises:
        NotationError: it holds something else than words.
    """
    if ".." in text:
        raise NotationError(
            f"'{text}' has dots that are no distance; write two dots and a number up to 99 "
            "without a space, outside of brackets: legs ..4 numb"
        )
    if _SLASH.search(text):
        raise NotationError(
            f"'{text}' has a slash; write two words, in a pattern as choices: (legs|feet)"
        )
    if not _PHRASE.match(text):
        raise NotationError(
            f"'{text}' is neither words in lower case, nor a {{group}}, nor a distance such "
            "as ..4 or ~6, nor a number range such as <99.5-108>; choices stand in "
            "brackets: (red|hot|very warm)"
        )
    return text
