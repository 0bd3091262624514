"""The question sets: written apart from the training examples, by other writers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SETS = Path(__file__).parent / "sets"


@dataclass(frozen=True)
class Question:
    """A message and the intents of which any (single) or all (two) are right."""

    text: str
    intents: tuple[str, ...]


def read_questions(name: str) -> list[Question]:
    """Questions of ``evaluation/sets/<name>.tsv``: message, tab, intents.

    Intents are separated by ``|`` where either is right, by ``,`` where the
    message holds several questions.

    Raises:
        ValueError: a line has no tab.
    """
    questions = []
    for number, line in enumerate((SETS / f"{name}.tsv").read_text().splitlines(), 1):
        text, tab, intents = line.rpartition("\t")
        if not tab:
            raise ValueError(f"{name}.tsv, line {number}: no tab between message and intent.")
        questions.append(Question(text, tuple(intents.strip().replace("|", ",").split(","))))
    return questions
