"""Tells when a message needs help now: call 911, call the team, or 988.

Threat model: the person may be frightened, in pain, old, a relative, a poor
speller; the sign may be half a clause in a long ordinary message, or spread over
two messages. A sign that is missed may cost a life or the use of the legs, so
this layer is rules that can be read, runs before any learned classifier, and
nothing may overrule it. It does not diagnose: it knows the words of published
red-flag lists and whether they are told of somebody, now. What it cannot do: see
a sign that is described in words that no rule has. A learned detector beside it
may add alarms, never take one away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from safety.context import Context
from safety.matching import Board, Marker, Span
from safety.notation import Slot
from safety.rule_book import LEVELS, Rule, RuleBook
from safety.rule_file import read_rule_book
from safety.wording import Reader, Wording

# "It is happening to me" makes a report of a question that was about others.
_CONFIRMABLE = frozenset(
    {"risk", "hypothetical", "imagined", "definition", "general", "fear", "news"}
)
# How a sign is named that may yet come: the first says so, the others may stand beside it.
_FORESEEN, _BESIDE_FORESEEN = "hypothetical", frozenset({"hypothetical", "risk", "general"})


@dataclass(frozen=True)
class Alarm:
    """What was found; the rules of the highest level come first."""

    level: str
    rule_ids: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """What was found in a message.

    Attributes:
        alarm: None where nothing is reported.
        taken_back: whether there is no alarm although the words of a red flag are
            there: they are denied, asked about, long past, another person's, ...
        foreseen: where there is no alarm, the level of the gravest sign that is named as
            one that may yet come ("what if I can't walk afterwards?").
    """

    alarm: Alarm | None
    taken_back: bool = False
    foreseen: str | None = None


@dataclass(frozen=True)
class Sign:
    """The words of one rule in a message, and the context that silences them."""

    rule: Rule
    spans: tuple[Span, ...]
    silenced: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """The signs of a message, and where words such as "I have that" begin."""

    signs: tuple[Sign, ...]
    confirmations: tuple[int, ...]


class RedFlags:
    """The rules of facts/red_flags.yml, ready to assess messages."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._reader = _reader_for(book)
        self._marker = Marker(self._reader, book.groups, book.exact, list(book.patterns()))
        self._pronoun = book.pronouns.slots[0]

    @classmethod
    def from_file(cls, path: Path) -> RedFlags:
        """Read the rules.

        Raises:
            RedFlagsError: the file has mistakes; every one is named.
        """
        return cls(read_rule_book(path))

    def assess(self, text: str, previous: str | None = None) -> Alarm | None:
        """The alarm that ``text`` raises, if any.

        Args:
            text: the new message.
            previous: the same person's message before it. Signs that only the
                two together make are found; an alarm that ``previous`` raised
                by itself is not raised again.
        """
        return self.examine(text, previous).alarm

    def examine(self, text: str, previous: str | None = None) -> Finding:
        """As ``assess``, and what else of red flags is in the message."""
        wording = self._reader.read(text)
        reading = self.read(wording)
        found = _raised(reading)
        if previous:
            found |= self._across(self._reader.read(previous), wording)
        if not found:
            return Finding(None, bool(reading.signs), _foreseen(reading))
        ranked = sorted(found, key=lambda rule: (LEVELS.index(rule.level), rule.id))
        return Finding(Alarm(ranked[0].level, tuple(rule.id for rule in ranked)))

    def read(self, wording: Wording, turn: int | None = None) -> Reading:
        """Every sign in a message, silenced ones too.

        Args:
            wording: the message.
            turn: where the new message begins, if an older one precedes it.
        """
        board = Board.of(wording, self._marker.mark(wording), self._pronoun, turn)
        matches = [(rule, *match) for rule in self._book.rules for match in _matches(board, rule)]
        confirming = [spans for p in self._book.confirmations for spans in board.find(p, False)]
        if not matches and not confirming:
            return Reading((), ())
        context = Context(self._book, board)
        return Reading(
            tuple(
                Sign(rule, spans, context.silenced(spans, self._keys(spans, slots)) - rule.ignores)
                for rule, spans, slots in matches
                if not context.takes_back(rule, spans)
            ),
            tuple(spans[0].start for spans in confirming if not context.silenced(spans, spans)),
        )

    def _keys(self, spans: Sequence[Span], slots: Sequence[Slot]) -> tuple[Span, ...]:
        """The spans that say what is wrong; the others only say where."""
        telling = [
            span
            for span, slot in zip(spans, slots, strict=True)
            if slot.phrases or slot.number or set(slot.groups) - self._book.places
        ]
        return tuple(telling or spans)

    def _across(self, before: Wording, now: Wording) -> set[Rule]:
        """Rules that the two messages make together and neither alone."""
        turn = len(before.words)
        earlier = self.read(before)
        raised = _raised(earlier)
        joined = {
            sign.rule
            for sign in self.read(before.followed_by(now), turn).signs
            if not sign.silenced and _straddles(sign.spans, turn)
        }
        if self.read(now).confirmations:
            joined |= {sign.rule for sign in earlier.signs if _is_confirmable(sign)}
        highest = min((LEVELS.index(rule.level) for rule in raised), default=len(LEVELS))
        return {rule for rule in joined if LEVELS.index(rule.level) < highest}


def _raised(reading: Reading) -> set[Rule]:
    """The rules of signs that nothing silences, or that a later word confirms."""
    last = max(reading.confirmations, default=-1)
    return {
        sign.rule
        for sign in reading.signs
        if not sign.silenced or (_is_confirmable(sign) and sign.spans[-1].end <= last)
    }


def _foreseen(reading: Reading) -> str | None:
    """The level of the gravest sign that may yet come."""
    levels = {
        sign.rule.level
        for sign in reading.signs
        if _FORESEEN in sign.silenced and sign.silenced <= _BESIDE_FORESEEN
    }
    return min(levels, key=LEVELS.index, default=None)


def _is_confirmable(sign: Sign) -> bool:
    return bool(sign.silenced) and sign.silenced <= _CONFIRMABLE


def _reader_for(book: RuleBook) -> Reader:
    """A reader that leads misspellings to the words of the rules."""
    plain = Reader(book.spellings)
    phrases = {p for pattern in book.patterns() for slot in pattern.slots for p in slot.phrases}
    phrases |= {phrase for group in book.groups.values() for phrase in group}
    return Reader(book.spellings, {w for phrase in phrases for w in plain.read(phrase).words})


def _matches(board: Board, rule: Rule) -> Iterator[tuple[tuple[Span, ...], tuple[Slot, ...]]]:
    for pattern in rule.patterns:
        for match in board.find(pattern):
            yield match, pattern.slots


def _straddles(spans: Sequence[Span], turn: int) -> bool:
    # The edge of a sentence, a span of no words, belongs to both.
    worded = [span for span in spans if span.end > span.start]
    return any(s.start < turn for s in worded) and any(s.start >= turn for s in worded)
