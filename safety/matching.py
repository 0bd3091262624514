"""Finds the patterns of facts/red_flags.yml in a message.

Two steps: spaCy's PhraseMatcher marks every phrase of every group in one pass,
then the distances of each pattern are compared. So a rule costs nothing unless
all its groups occur.

Threat model: punctuation and sentence ends are unreliable in a frightened
message, so a pattern may reach from one sentence into the next where the second
speaks of the first ("My legs. They went numb"), but not otherwise ("My legs are
fine. Will my back be numb?").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from safety.endings import stem
from safety.notation import Link, Pattern, Slot
from safety.wording import Reader, Wording

_LONGEST_PHRASE = 8
_FRAGMENT = 4
_SHORT_SENTENCE = 8
_PRONOUN_WITHIN = 4
_QUESTION_WORDS = {"what", "when", "where", "who", "whom", "whose", "which", "why", "how"}
_HELPING_VERBS = {"is", "are", "was", "were", "am", "do", "does", "did", "has", "have"}
_HELPING_VERBS |= {"can", "could", "will", "would", "shall", "should", "may", "might"}
# A new message that opens so is a question of its own and does not go on with the last.
_ASKING = _QUESTION_WORDS | _HELPING_VERBS | {"any", "suppose"}
# "Risks then" / "and infection" is a list.
_ADDING = {"and", "or"}
# "Slower, dear, what is that about".
_OPENING = 4
_WIDER_BETWEEN_TURNS = 10


@dataclass(frozen=True, order=True)
class Span:
    """Words ``start`` to ``end`` (exclusive) of a message."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def hull(spans: Sequence[Span]) -> Span:
    """From the first word of ``spans`` to the last."""
    return Span(min(span.start for span in spans), max(span.end for span in spans))


Marks = Mapping[Slot, Sequence[Span]]


class Marker:
    """Marks where the slots of patterns occur.

    Words of a group are found with any ending, except those of ``exact`` groups;
    words that a pattern names itself are found as written.

    Args:
        reader: reads the phrases as it reads messages, so "can't" may be
            written in a rule as in a message.
        groups: the phrases of each named group.
        exact: the groups whose words are found as written.
        patterns: all patterns whose slots are to be found.
    """

    def __init__(
        self,
        reader: Reader,
        groups: Mapping[str, Sequence[str]],
        exact: frozenset[str],
        patterns: Sequence[Pattern],
    ) -> None:
        # Many slots share a group: each phrase is read once, and made a pattern once.
        doc = cache(self._doc)

        @cache
        def as_written(phrase: str) -> tuple[str, ...]:
            return reader.read(phrase).words

        @cache
        def with_any_ending(phrase: str) -> tuple[str, ...]:
            return tuple(map(stem, as_written(phrase)))

        self._vocab = spacy.blank("en").vocab
        self._as_written = PhraseMatcher(self._vocab)
        self._any_ending = PhraseMatcher(self._vocab)
        self._slots: dict[int, Slot] = {}
        self._numbers: list[Slot] = []
        self._edges: list[Slot] = []
        for slot in dict.fromkeys(slot for pattern in patterns for slot in pattern.slots):
            if slot.number:
                self._numbers.append(slot)
            if slot.edge:
                self._edges.append(slot)
            key = f"slot {len(self._slots)}"
            self._slots[self._vocab.strings.add(key)] = slot
            written = {*slot.phrases, *(p for g in slot.groups if g in exact for p in groups[g])}
            bent = {phrase for g in slot.groups if g not in exact for phrase in groups[g]}
            for matcher, phrases, form in (
                (self._as_written, written, as_written),
                (self._any_ending, bent, with_any_ending),
            ):
                if words := {form(phrase) for phrase in phrases}:
                    matcher.add(key, [doc(each) for each in sorted(words)])

    def mark(self, wording: Wording) -> Marks:
        """Every occurrence of every slot, from left to right."""
        marks: dict[Slot, set[Span]] = {}
        stems = tuple(map(stem, wording.words))
        for matcher, words in ((self._as_written, wording.words), (self._any_ending, stems)):
            for key, start, end in matcher(self._doc(words)):
                marks.setdefault(self._slots[key], set()).add(Span(start, end))
        for i, word in enumerate(wording.words):
            for slot in self._numbers if word[0].isdigit() else ():
                if _in_range(word, slot):
                    marks.setdefault(slot, set()).add(Span(i, i + 1))
        for slot in self._edges:
            edge = 0 if slot.edge == "start" else len(wording.words)
            marks[slot] = {Span(i, i) for i in (*wording.stops, edge)}
        return {slot: sorted(spans) for slot, spans in marks.items()}

    def _doc(self, words: Sequence[str]) -> Doc:
        return Doc(self._vocab, list(words))


def _asks(sentence: Sequence[str]) -> bool:
    """Whether a sentence opens as a question does, also behind a word or two."""
    return sentence[0] in _ASKING or any(
        word in _QUESTION_WORDS and not _HELPING_VERBS.isdisjoint(sentence[i + 1 : i + 3])
        for i, word in enumerate(sentence[:_OPENING])
    )


def _in_range(word: str, slot: Slot) -> bool:
    assert slot.number is not None
    try:
        return slot.number[0] <= float(word) <= slot.number[1]
    except ValueError:
        return False


@dataclass(frozen=True)
class Board:
    """A message, its marks, and where a sentence takes up the one before it.

    ``turn`` is the index of the first word of the new message where the words
    before it are the previous message.
    """

    wording: Wording
    marks: Marks
    bridges: frozenset[int]
    turn: int | None = None

    @staticmethod
    def of(wording: Wording, marks: Marks, pronoun: Slot, turn: int | None = None) -> Board:
        edges = sorted(wording.stops | {0, len(wording.words)})
        bridges = set()
        for before, stop, after in zip(edges, edges[1:], edges[2:], strict=False):
            refers = any(stop <= s.start < stop + _PRONOUN_WITHIN for s in marks.get(pronoun, ()))
            short = after - stop <= _FRAGMENT and stop - before <= _SHORT_SENTENCE
            asks = stop == turn and _asks(wording.words[stop:after])
            goes_on = (short or stop == turn) and not asks
            if refers or goes_on or stop - before <= _FRAGMENT:
                bridges.add(stop)
        return Board(wording, marks, frozenset(bridges), turn)

    def find(self, pattern: Pattern, bridging: bool = True) -> Iterator[tuple[Span, ...]]:
        """Each way in which ``pattern`` occurs, as one span for each slot.

        Without ``bridging`` it must lie within one sentence.
        """
        if pattern.needed <= self.marks.keys():
            passable = self.bridges if bridging else frozenset()
            for first in self.marks[pattern.slots[0]]:
                yield from self._extend(pattern, (first,), passable)

    @property
    def _now_is_fragment(self) -> bool:
        """Whether the new message is a few words that go on with the one before."""
        now = self.wording.words[self.turn :] if self.turn is not None else ()
        return 0 < len(now) <= _FRAGMENT and now[0] not in _ADDING

    def _extend(
        self, pattern: Pattern, found: tuple[Span, ...], passable: frozenset[int]
    ) -> Iterator[tuple[Span, ...]]:
        if len(found) == len(pattern.slots):
            yield found
            return
        link = pattern.links[len(found) - 1]
        spans = self.marks[pattern.slots[len(found)]]
        # What groups name may stand in either order between two messages ("they went numb"
        # / "my legs"); a pattern's own words and numbers only where the new message is a
        # fragment: "20 pills" / "he swallowed", not "say it again" / "and bleeding".
        pair = pattern.slots[len(found) - 1 : len(found) + 1]
        turnable = self._now_is_fragment or all(slot.groups for slot in pair)
        # Spans are sorted and short, so those too far away need not be looked at.
        reach = link.gap + _WIDER_BETWEEN_TURNS + _LONGEST_PHRASE
        low = bisect_left(spans, Span(found[-1].start - reach, 0))
        for span in spans[low : bisect_left(spans, Span(found[-1].end + reach, 0))]:
            free = not any(span.overlaps(f) for f in found)
            if free and self._linked(found[-1], span, link, passable, turnable):
                yield from self._extend(pattern, (*found, span), passable)

    def _linked(
        self, a: Span, b: Span, link: Link, passable: frozenset[int], turnable: bool
    ) -> bool:
        first, second = (a, b) if a < b else (b, a)
        between_turns = self.turn is not None and first.end <= self.turn <= second.start
        if first is not a and not link.either and not (between_turns and turnable):
            return False
        gap = link.gap + (_WIDER_BETWEEN_TURNS if between_turns else 0)
        if second.start - first.end > gap:
            return False
        # An edge of a sentence is no word: an end lies before its stop, a start behind it.
        begin = first.end if first.end > first.start else first.end + 1
        last = second.start if second.end > second.start else second.start - 1
        crossed = {s for s in self.wording.stops if begin <= s <= last}
        return crossed <= passable
