"""What the reading of leaning messages learns from: a message, the next one, what answers it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from understanding.intents import DECLINED

_COLUMNS = 3


@dataclass(frozen=True)
class LeaningExample:
    """A message that leans on the one before it, or changes the topic.

    Attributes:
        answers: ids of facts, each of which answers it as it is meant after ``before``; or an
            intent of refusal alone, where none does.
    """

    before: str
    says: str
    answers: tuple[str, ...]


def read_leaning_examples(path: Path) -> list[LeaningExample]:
    """Lines of message, tab, next message, tab, answers with ``|`` between them.

    Raises:
        ValueError: a line has another number of columns, an empty one or answers that do not
            go together.
    """
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        columns = [column.strip() for column in line.split("\t")]
        if len(columns) != _COLUMNS or not all(columns):
            raise ValueError(
                f"{path}, line {number}: it needs a message, a tab, the next message, a tab and "
                "what answers that."
            )
        before, says, answered = columns
        answers = tuple(answer.strip() for answer in answered.split("|"))
        if not all(answers) or (len(answers) > 1 and set(answers) & DECLINED):
            raise ValueError(f"{path}, line {number}: {answered!r} is no fact, facts or refusal.")
        examples.append(LeaningExample(before, says, answers))
    return examples
