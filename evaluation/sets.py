"""The question sets: written apart from the training examples, by other writers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

SETS = Path(__file__).parent / "sets"
# The judge's own, beside those of the pipeline: what counts as right must not follow a
# change of what is judged.
QUESTION_PREFIX = "ask_"
DECLINED = frozenset({"out_of_scope", "personal_advice", "abuse"})

Item = TypeVar("Item")


@dataclass(frozen=True)
class Question:
    """A message and the intents of which any (single) or all (two) are right.

    Attributes:
        facts: those that answer it best, where the intent has several.
    """

    text: str
    intents: tuple[str, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """Two messages in a row and the level of the red flag that they report, or ``none``."""

    first: str
    second: str
    level: str


@dataclass(frozen=True)
class FollowUp:
    """A message that leans on the one before it, and what answers it then.

    Attributes:
        answers: facts of which any is right, or one of ``DECLINED`` where none answers it.
    """

    before: str
    says: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Expectation:
    """What the reply to a turn must be.

    Attributes:
        kind: of the reply, as the website channel's contract lists them.
        intent: the question that an answer must answer.
        procedure: the procedure that an answer must hold for, None for any.
    """

    kind: str
    intent: str | None = None
    procedure: str | None = None


@dataclass(frozen=True)
class Dialogue:
    """What a patient says turn by turn, and what each reply must be."""

    id: str
    says: tuple[str, ...]
    expects: tuple[Expectation, ...]


def read_questions(name: str) -> list[Question]:
    """Questions of ``evaluation/sets/<name>.tsv``: message, tab, intents, and perhaps
    another tab and facts.

    Intents are separated by ``|`` where either is right, as facts are, and by ``,`` where
    the message holds several questions.

    Raises:
        ValueError: a line has another number of tabs.
    """
    return [
        Question(
            text,
            tuple(intents.replace("|", ",").split(",")),
            tuple(fact for each in facts for fact in each.split("|")),
        )
        for text, intents, *facts in _rows(name, 2, 3)
    ]


def read_pairs(name: str) -> list[Pair]:
    """Pairs of ``evaluation/sets/<name>.tsv``: message, tab, message, tab, level."""
    return [Pair(*row) for row in _rows(name, 3)]


def read_follow_ups(name: str) -> list[FollowUp]:
    """Those of ``evaluation/sets/<name>.tsv``: message, tab, message, tab, facts with ``|``."""
    return [
        FollowUp(before, says, tuple(answers.split("|")))
        for before, says, answers in _rows(name, 3)
    ]


def _rows(name: str, *columns: int) -> list[list[str]]:
    lines = (SETS / f"{name}.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in lines]
    for number, row in enumerate(rows, 1):
        if len(row) not in columns:
            wanted = " or ".join(map(str, columns))
            raise ValueError(f"{name}.tsv, line {number}: {len(row)} columns instead of {wanted}.")
    return rows


def read_dialogues() -> list[Dialogue]:
    """The dialogues of ``evaluation/sets/dialogues.yml``."""
    return [
        Dialogue(
            id=each["id"],
            says=tuple(turn["says"] for turn in each["turns"]),
            expects=tuple(Expectation(**turn["expect"]) for turn in each["turns"]),
        )
        for each in yaml.safe_load((SETS / "dialogues.yml").read_text())
    ]


def spread(items: Sequence[Item], limit: int | None) -> list[Item]:
    """At most so many of the items, evenly from the whole list: sets are in order of intent."""
    if limit is None or limit >= len(items):
        return list(items)
    return [items[i * len(items) // limit] for i in range(limit)]
