"""How a sign is meant: denied, imagined, asked about in general, long past, ...

Threat model: most messages that name a red flag do not report one ("can cement
cause numb legs?"), and an alarm on each of them would teach people to ignore
alarms. The cues, and how far each reaches, are data in facts/red_flags.yml. Words
such as "since this morning" lift a cue that speaks of the past.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from safety.matching import Board, Span, hull
from safety.notation import Pattern
from safety.reach import Reach
from safety.rule_book import Cues, Rule, RuleBook

# An idiom silences a sign that uses its words, wherever else the sign reaches.
_IDIOM = "idiom"


@dataclass(frozen=True)
class Cover:
    """The words that one cue silences.

    ``anchor`` is the word of the cue that lies farthest from what it silences; a
    sign that needs this word itself ("cannot walk") is not silenced by it. A cue
    that wraps the sign has none.
    """

    cues: Cues
    cue: tuple[Span, ...]
    area: Span
    anchor: Span | None


class Context:
    """The cues of one message."""

    def __init__(self, book: RuleBook, board: Board) -> None:
        self._board = board
        self._reach = Reach(book, board)
        steady = [hull(found) for pattern in book.steady for found in board.find(pattern, False)]
        self._happening = {
            name: [
                span
                for pattern in patterns
                for span in map(hull, board.find(pattern, False))
                if not any(span.overlaps(words) for words in steady)
            ]
            for name, patterns in book.happening.items()
        }
        self._covers = [cover for cues in book.context for cover in self._read(cues)]
        self._unless: dict[str, list[Span]] = {}

    def takes_back(self, rule: Rule, spans: Sequence[Span]) -> bool:
        """Whether words of the rule's ``unless`` touch a sign.

        What stands in another sentence, behind a comma or a "but", takes none back.
        """
        if rule.id not in self._unless:
            found = (
                hull(words) for pattern in rule.unless for words in self._board.find(pattern, False)
            )
            self._unless[rule.id] = [words for words in found if self._reach.is_one_clause(words)]
        sign = hull(spans)
        return any(sign.overlaps(words) for words in self._unless[rule.id])

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
        if cover.anchor and any(span.overlaps(cover.anchor) for span in spans):
            return False
        covered = [key.start for key in keys if cover.area.start <= key.start < cover.area.end]
        if not covered or (cover.cues.yields and self._reach.is_reported(covered[0])):
            return False
        sentence = self._reach.sentence(covered[0])
        return not any(
            span.overlaps(sentence) for name in cover.cues.lifted for span in self._happening[name]
        )

    def _read(self, cues: Cues) -> Iterator[Cover]:
        alike = [hull(s) for pattern in cues.looks_alike for s in self._board.find(pattern, False)]
        for cue in self._find(cues.before, alike):
            reached = self._reach.ahead(cues, hull(cue))
            yield Cover(cues, cue, Span(cue[0].end, reached.end), cue[0])
        for cue in self._find(cues.after, alike):
            reached = self._reach.behind(cues, hull(cue))
            yield Cover(cues, cue, reached, cue[-1])
        for cue in self._find(cues.around, alike):
            yield Cover(cues, cue, hull(cue), None)

    def _find(
        self, patterns: Sequence[Pattern], alike: Sequence[Span]
    ) -> Iterator[tuple[Span, ...]]:
        """The cues, but neither their look-alikes nor words that a comma parts."""
        for pattern in patterns:
            for cue in self._board.find(pattern, False):
                if not self._is_parted(cue) and not any(
                    word.overlaps(other) for word in cue for other in alike
                ):
                    yield cue

    def _is_parted(self, cue: Sequence[Span]) -> bool:
        """Whether a comma stands in a phrase of the cue, or where its words must touch."""
        touching = [
            Span(before.start, after.end)
            for before, after in pairwise(cue)
            if before.end == after.start
        ]
        return any(map(self._reach.is_parted, [*cue, *touching]))
