"""The fact store as immutable, typed records.

Their fields are defined once, in ``facts/schema.json``; these records are what
the loader makes of files that passed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SourcePage:
    """One of the pages that the assistant may speak from."""

    id: str
    title: str
    publisher: str
    kind: str
    read_on: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Citation:
    """Where a fact stands, and in our words what stands there."""

    page: str
    section: str
    says: str


@dataclass(frozen=True)
class Stance:
    """What some of the pages say where the pages differ."""

    pages: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Table:
    """A comparison: a caption, column titles and rows of cells."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Fact:
    """One reviewed thing that the assistant may say. Dates are ISO 8601."""

    id: str
    topic: str
    answers: tuple[str, ...]
    procedures: tuple[str, ...]
    questions: tuple[str, ...]
    answer: str
    simple: str
    more: str | None
    table: Table | None
    sources: tuple[Citation, ...]
    differ: tuple[Stance, ...]
    next: tuple[str, ...]
    version: int
    reviewed_on: str

    def holds_for(self, procedure: str) -> bool:
        """True if the sources tell this of the procedure, or of none in particular."""
        return not self.procedures or procedure in self.procedures


@dataclass(frozen=True)
class Clinic:
    """The deploying clinic, as ``facts/clinic.yml`` gives it."""

    name: str
    phone: str
    fax: str
    address: str
    hours: str


@dataclass(frozen=True)
class Disclaimer:
    """The only disclaimer texts."""

    full: str
    short: str


@dataclass(frozen=True)
class FollowUp:
    """A follow-up that names no subject, such as "how long does that take?".

    Attributes:
        choices: question intents to offer where nothing was talked of before; where
            there are none, the default is answered.
        means: the intent that is meant, or "same", by the last intent or topic.
    """

    choices: tuple[str, ...]
    means: Mapping[str, str]


@dataclass(frozen=True)
class FactStore:
    """Everything that the assistant may say, read-only.

    Attributes:
        facts: by fact id, in file order.
        questions: title that a patient can press, by intent.
        phrases: the assistant's other sentences (greeting, refusal, ...), by name.
        follow_ups: what follow-ups that name no subject mean, by kind.
        questions_digest: changes when what the model learns of the facts changes.
    """

    facts: Mapping[str, Fact]
    sources: Mapping[str, SourcePage]
    clinic: Clinic
    disclaimer: Disclaimer
    questions: Mapping[str, str]
    phrases: Mapping[str, str]
    follow_ups: Mapping[str, FollowUp]
    questions_digest: str

    def answering(self, intent: str) -> list[Fact]:
        """Facts that answer the intent; those that answer it first come first."""
        found = [fact for fact in self.facts.values() if intent in fact.answers]
        return sorted(found, key=lambda fact: fact.answers.index(intent))
