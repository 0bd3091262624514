"""How far a cue reaches in a message.

Threat model: a cue that reaches too far silences an emergency ("can you help, my
legs are numb"), one that reaches too short cries wolf. So a reach ends at the end
of the sentence, at words such as "but", and where somebody begins to tell what is
so: a report ("my legs are", "she can't").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from safety.matching import Board, Span, hull
from safety.notation import Pattern
from safety.rule_book import Cues, RuleBook

# "No fever, chills, leg pain": an item of a list of denied things is that short.
_LIST_ITEM = 3
# After "is" these open a question.
_ASKED = frozenset({("it",), ("that",), ("this",), ("they",), ("these",), ("those",), ("there",)})
_SUBJECTS = frozenset({"i", "we", "he", "she", "it", "they", "there", "this", "that"})
_OPENERS = frozenset({"my", "his", "her", "their", "the"})
# A comma behind these parts a cue from its own clause.
_ASIDES = frozenset({"after", "during", "in", "on", "at", "by", "later", "some", "one", "god"})
_OWN = frozenset({"i", "my", "we", "our"})


class Reach:
    """The sentences and reports of one message."""

    def __init__(self, book: RuleBook, board: Board) -> None:
        self._words = board.wording.words
        self._pauses = board.wording.pauses
        self._not_after = book.not_after
        self._places = {
            span.start
            for slot, spans in board.marks.items()
            if slot.groups and book.places.issuperset(slot.groups)
            for span in spans
        }
        self._stops = sorted(board.wording.stops)
        self._breaks = sorted(spans[0].start for spans in board.find(book.breaks))
        now = self._reports(board, book.reports_now)
        now |= self._reports(board, book.owned, anywhere=True)
        self._starts = sorted(now | self._reports(board, book.reports_past))
        self._ending = {
            "nothing": self._starts,
            "past": sorted(now),
            "others": [start for start in self._starts if self._words[start] in _OWN],
            "everything": [],
        }

    def _reports(
        self, board: Board, patterns: Iterable[Pattern], anywhere: bool = False
    ) -> set[int]:
        """Where reports begin; "can I have" is none, unless ``anywhere``."""
        found = [s for pattern in patterns for s in board.find(pattern, False)]
        starts = {
            spans[0].start
            for spans in found
            if not self._asks(hull(spans)) and not self._is_of_another_clause(spans)
        }
        first = {0, *self._stops, *self._pauses}
        return {
            start
            for start in starts
            if anywhere or start in first or self._words[start - 1] not in self._not_after
        }

    def _asks(self, span: Span) -> bool:
        """Whether a comma parts its words and a question opens: "the cement, is it a myth"."""
        return self._words[span.end : span.end + 1] in _ASKED and self.is_parted(span)

    def _is_of_another_clause(self, spans: Sequence[Span]) -> bool:
        """Whether the verb has its own subject: "not the fever, there is no pus"."""
        first, subject = spans[0].start, spans[-1].start - 1
        if any(i in self._pauses and self._words[i] in _OPENERS for i in range(first + 1, subject)):
            return True
        return (
            subject > first
            and self._words[subject] in _SUBJECTS
            and (subject in self._pauses or self._words[first] == "the")
        )

    def sentence(self, at: int) -> Span:
        """The sentence that holds the word ``at``."""
        begin = max((stop for stop in self._stops if stop <= at), default=0)
        end = min((stop for stop in self._stops if stop > at), default=len(self._words))
        return Span(begin, end)

    def is_reported(self, at: int) -> bool:
        """Whether a report begins before the word ``at`` in its sentence."""
        begin = self.sentence(at).start
        return any(begin <= start <= at for start in self._starts)

    def is_parted(self, span: Span) -> bool:
        """Whether a comma or a sentence end lies within the words of ``span``."""
        edges = {*self._pauses, *self._stops}
        return any(i in edges for i in range(span.start + 1, span.end))

    def is_one_clause(self, span: Span) -> bool:
        """Whether neither a comma, a sentence end nor a word of "breaks" parts its words."""
        return not self.is_parted(span) and not any(
            span.start < word < span.end for word in self._breaks
        )

    def ahead(self, cues: Cues, cue: Span) -> Span:
        """The words that a cue covers behind itself."""
        end = min(len(self._words), cue.end + cues.reach, self._report_ahead(cues, cue))
        if cues.through != "everything":
            end = min([end, *(i for i in (*self._breaks, *self._stops) if i >= cue.end)])
        pauses = sorted(pause for pause in self._pauses if cue.end <= pause < end)
        if pauses and cues.commas == "stop":
            end = pauses[0]
        elif pauses and cues.commas == "list":
            end = self._end_of_list(pauses, end)
        return Span(cue.end, end)

    def _report_ahead(self, cues: Cues, cue: Span) -> int:
        """Where the report begins that ends the cue: neither its own clause nor joined to it."""
        own_clause = bool(cues.clause_within)
        for start in (start for start in self._ending[cues.through] if start >= cue.end):
            gap = self._words[cue.end : start]
            if self._words[start - 1] in cues.joins:
                own_clause = False
                continue
            # "If it has latex, my wife is gasping" tells behind its comma; "if, after it, my
            # legs are numb" does not.
            told = start in self._pauses and bool(gap) and gap[0] not in _ASIDES
            if not own_clause or told or len(gap) > cues.clause_within or "and" in gap:
                return start
            own_clause = False
        return len(self._words)

    def _end_of_list(self, pauses: Sequence[int], end: int) -> int:
        """Where denied things end: "no fever, chills or cough", not "no pain, legs numb"."""
        if {"or", "nor"} & set(self._words[pauses[0] : end]):
            return end
        if len(pauses) < 2:
            return pauses[0]
        for item, after in zip(pauses, [*pauses[1:], end], strict=True):
            if after - item > _LIST_ITEM or self._places & set(range(item, after)):
                return item
        return end

    def behind(self, cues: Cues, cue: Span) -> Span:
        """The words that a cue covers in front of itself."""
        edges = [cue.start - cues.reach, 0]
        if cues.through != "everything":
            edges += [stop for stop in self._stops if stop <= cue.start]
            edges += [start for start in self._starts if start < cue.start]
            edges += [word + 1 for word in self._breaks if word < cue.start]
        if cues.commas == "stop":
            edges += [pause for pause in self._pauses if pause <= cue.start]
        return Span(max(edges), cue.start)
