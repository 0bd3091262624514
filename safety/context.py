"""How a sign is meant: denied, imagined, asked about in general, long past, ...

Threat model: most messages that name a red flag do not report one ("can cement
cause numb legs?"), and an alarm on each of them would teach people to ignore
alarms. But a cue must never reach over into what a person tells of themselves
("can you help, my legs are numb"). So the reach of a cue ends where a report
begins, and words such as "since this morning" lift what speaks of the past. The
cues, and how far each reaches, are data in facts/red_flags.yml.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safety.matching import Board, Span
from safety.notation import Pattern
from safety.rule_book import Cues, RuleBook

# An idiom silences a sign that uses its words, wherever else the sign reaches.
_IDIOM = "idiom"
_LIST_ITEM = 3
_OWN = frozenset({"i", "my", "we", "our"})


@dataclass(frozen=True)
class Cover:
    """The words that one cue silences, and the words of the cue itself.

    ``anchor`` is the word of the cue that lies farthest from what it silences; a
    sign that needs this word itself ("cannot walk") is not silenced by it.
    """

    cues: Cues
    area: Span
    cue: tuple[Span, ...]
    wraps: bool
    forward: bool

    @property
    def anchor(self) -> Span:
        return self.cue[0] if self.forward else self.cue[-1]


class Context:
    """The cues of one message."""

    def __init__(self, book: RuleBook, board: Board) -> None:
        self._board = board
        self._words = board.wording.words
        self._stops = sorted(board.wording.stops)
        self._breaks = sorted(spans[0].start for spans in board.find(book.breaks))
        self._not_after = book.not_after
        self._places = {
            span.start
            for slot, spans in board.marks.items()
            if slot.groups and book.places.issuperset(slot.groups)
            for span in spans
        }
        now = self._reports(book.reports_now) | self._reports(book.owned, anywhere=True)
        past = self._reports(book.reports_past)
        self._starts = sorted(now | past)
        self._breaking = {
            "nothing": self._starts,
            "past": sorted(now),
            "others": [s for s in self._starts if self._words[s] in _OWN],
            "everything": [],
        }
        self._happening = {
            name: [_hull(s) for p in patterns for s in board.find(p, False)]
            for name, patterns in book.happening.items()
        }
        self._covers = [cover for cues in book.context for cover in self._read(cues)]

    def silenced(self, spans: Sequence[Span], keys: Sequence[Span]) -> frozenset[str]:
        """The kinds of context that silence a sign.

        Args:
            spans: all words of the sign.
            keys: those of ``spans`` that say what is wrong, not where.
        """
        return frozenset(
            cover.cues.kind for cover in self._covers if self._silences(cover, spans, keys)
        )

    def _silences(self, cover: Cover, spans: Sequence[Span], keys: Sequence[Span]) -> bool:
        if cover.cues.kind == _IDIOM:
            return any(span.overlaps(word) for span in spans for word in cover.cue)
        if not cover.wraps and any(s.overlaps(cover.anchor) for s in spans):
            return False
        covered = [key for key in keys if cover.area.start <= key.start < cover.area.end]
        if not covered:
            return False
        if cover.cues.yields and not cover.forward and self._is_reported(covered[0]):
            return False
        return not any(self._is_happening(name, covered[0]) for name in cover.cues.lifted)

    def _is_reported(self, key: Span) -> bool:
        sentence = max((s for s in self._stops if s <= key.start), default=0)
        return any(sentence <= s <= key.start for s in self._starts)

    def _is_happening(self, name: str, key: Span) -> bool:
        begin = max((s for s in self._stops if s <= key.start), default=0)
        end = min((s for s in self._stops if s > key.start), default=len(self._words))
        return any(begin <= span.start < end for span in self._happening[name])

    def _reports(self, patterns: Iterable[Pattern], anywhere: bool = False) -> set[int]:
        """Where reports begin; "can I have" is a question unless ``anywhere``."""
        starts = {s[0].start for pattern in patterns for s in self._board.find(pattern, False)}
        return {
            s
            for s in starts
            if anywhere or s == 0 or s in self._stops or self._words[s - 1] not in self._not_after
        }

    def _read(self, cues: Cues) -> Iterable[Cover]:
        alike = [_hull(s) for pattern in cues.looks_alike for s in self._board.find(pattern, False)]
        for patterns, area, wraps, forward in (
            (cues.before, self._ahead, False, True),
            (cues.after, self._behind, False, False),
            (cues.around, self._inside, True, False),
        ):
            for pattern in patterns:
                for cue in self._board.find(pattern, False):
                    if not self._is_void(cue, alike):
                        reached = area(cues, _hull(cue))
                        if forward:
                            reached = Span(cue[0].end, reached.end)
                        yield Cover(cues, reached, cue, wraps, forward)

    def _is_void(self, cue: Sequence[Span], alike: Sequence[Span]) -> bool:
        """Whether the words only look like a cue, or a comma parts them."""
        pauses = self._board.wording.pauses | self._board.wording.stops
        return any(
            any(word.overlaps(hull) for hull in alike)
            or any(p in pauses for p in range(word.start + 1, word.end))
            for word in cue
        )

    def _inside(self, cues: Cues, cue: Span) -> Span:
        return cue

    def _ahead(self, cues: Cues, cue: Span) -> Span:
        end = min(len(self._words), cue.end + cues.reach)
        clause_taken = not cues.clause_within
        for start in self._breaking[cues.through]:
            if start >= cue.end:
                gap = self._words[cue.end : start]
                if not clause_taken and len(gap) <= cues.clause_within and "and" not in gap:
                    clause_taken = True
                    continue
                end = min(end, start)
                break
        if cues.through != "everything":
            end = min([end, *(b for b in (*self._breaks, *self._stops) if b >= cue.end)])
        pauses = sorted(p for p in self._board.wording.pauses if cue.end <= p < end)
        if pauses and cues.commas == "stop":
            end = pauses[0]
        elif pauses and cues.commas == "list":
            end = self._end_of_list(pauses, end)
        return Span(cue.end, end)

    def _end_of_list(self, pauses: Sequence[int], end: int) -> int:
        """Where a list of denied things ends: "no fever, chills or cough, legs numb"."""
        if {"or", "nor"} & set(self._words[pauses[0] : end]):
            return end
        if len(pauses) < 2:
            return pauses[0]
        for item, after in zip(pauses, [*pauses[1:], end], strict=False):
            if after - item > _LIST_ITEM or self._places & set(range(item, after)):
                return item
        return end

    def _behind(self, cues: Cues, cue: Span) -> Span:
        begin = max(0, cue.start - cues.reach)
        if cues.through != "everything":
            edges = [*self._stops, *self._starts, *(b + 1 for b in self._breaks)]
            begin = max(
                [
                    begin,
                    *(e for e in edges if e < cue.start or (e in self._stops and e == cue.start)),
                ]
            )
        if cues.commas == "stop":
            begin = max([begin, *(p for p in self._board.wording.pauses if p <= cue.start)])
        return Span(begin, cue.start)


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(s.start for s in spans), max(s.end for s in spans))
