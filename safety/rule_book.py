"""The red flags as frozen records; facts/red_flags.yml explains each part.

Threat model: everything that decides on an alarm is in these records, so that a
clinician who reads the file has read the whole behavior.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from safety.notation import Pattern

# The first is the highest. A crisis that is also an emergency (pills already
# taken) needs 911 first.
LEVELS = ("emergency", "crisis", "urgent")
# The sections that hold groups of words.
GROUPS = ("places", "words", "exact")
# The first of each is meant where the file says nothing.
THROUGH = ("nothing", "past", "others", "everything")
COMMAS = ("pass", "stop", "list")


@dataclass(frozen=True)
class Rule:
    """One red flag."""

    id: str
    level: str
    title: str
    source: str
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...] = ()
    ignores: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cues:
    """Words that say how a sign is meant, and how far they reach."""

    kind: str
    reach: int = 8
    before: tuple[Pattern, ...] = ()
    after: tuple[Pattern, ...] = ()
    around: tuple[Pattern, ...] = ()
    looks_alike: tuple[Pattern, ...] = ()
    clause_within: int = 0
    joins: tuple[str, ...] = ()
    through: str = THROUGH[0]
    commas: str = COMMAS[0]
    lifted: tuple[str, ...] = ()
    yields: bool = False


@dataclass(frozen=True)
class RuleBook:
    """Everything that the file says."""

    spellings: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    places: frozenset[str]
    exact: frozenset[str]
    breaks: Pattern
    pronouns: Pattern
    reports_now: tuple[Pattern, ...]
    reports_past: tuple[Pattern, ...]
    owned: tuple[Pattern, ...]
    not_after: frozenset[str]
    happening: Mapping[str, tuple[Pattern, ...]]
    steady: tuple[Pattern, ...]
    confirmations: tuple[Pattern, ...]
    context: tuple[Cues, ...]
    rules: tuple[Rule, ...]

    def patterns(self) -> Iterator[Pattern]:
        """All patterns of the book."""
        yield from (self.breaks, self.pronouns)
        yield from (*self.reports_now, *self.reports_past, *self.owned, *self.confirmations)
        yield from self.steady
        for patterns in self.happening.values():
            yield from patterns
        for cues in self.context:
            yield from (*cues.before, *cues.after, *cues.around, *cues.looks_alike)
        for rule in self.rules:
            yield from (*rule.patterns, *rule.unless)
