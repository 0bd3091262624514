"""The files of the fact store as they stand on disk, before they are records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safety.yaml_file import UnreadableError, read_yaml

FILES = (
    "sources.yml",
    "clinic.yml",
    "disclaimer.yml",
    "rejected.yml",
    "questions.yml",
    "phrases.yml",
    "follow_ups.yml",
)
_LIKE_TOPICS = (".yml", ".yaml", ".txt")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file: where, which value, and what to do about it."""

    file: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.message}"


class ContentError(Exception):
    """The fact store cannot be used; ``problems`` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class RawFact:
    """A fact as its file has it."""

    file: str
    topic: str
    data: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.data.get("id", "(fact without id)"))

    def texts(self) -> dict[str, str]:
        """What patients read of it: field name to text."""
        names = ("answer", "simple", "more")
        return {n: self.data[n] for n in names if isinstance(self.data.get(n), str)}

    def cells(self) -> dict[str, str]:
        """The texts of its table, as ``table row 1, cell 2``; the columns' titles are row 0."""
        table = self.data.get("table")
        if not table:
            return {}
        return {"table caption": table["caption"]} | {
            f"table row {row}, cell {cell}": text
            for row, texts in enumerate([table["columns"], *table["rows"]])
            for cell, text in enumerate(texts, start=1)
        }

    def problem(self, message: str) -> Problem:
        return Problem(self.file, f"fact '{self.id}'", message)


@dataclass(frozen=True)
class Content:
    """All files of the store, parsed."""

    files: dict[str, Any]
    topics: dict[str, Any]

    def facts(self) -> Iterator[RawFact]:
        for file, topic in self.topics.items():
            for data in topic.get("facts", []):
                yield RawFact(file, topic.get("topic", ""), data)

    @property
    def clinic(self) -> dict[str, Any]:
        return dict(self.files["clinic.yml"])

    @property
    def sources(self) -> list[dict[str, Any]]:
        return list(self.files["sources.yml"]["sources"])


def topic_files(folder: Path) -> list[Path]:
    """The files of the store's facts, in the order of their names."""
    return sorted((folder / "topics").glob("*.yml"))


def _unread(folder: Path) -> Iterator[Problem]:
    """Files that somebody may think are read. Those that an editor leaves are none of them."""
    for path in sorted({*(folder / "topics").iterdir()} - {*topic_files(folder)}):
        if path.suffix.lower() in _LIKE_TOPICS and not path.name.startswith("."):
            name = f"{folder.name}/topics/{path.name}"
            yield Problem(name, "file", "is not read; end its name with .yml, or move it away.")


def read_content(folder: Path) -> Content:
    """Parse every YAML file of the store.

    Raises:
        ContentError: a file is missing, cannot be read, or would not be read.
    """
    problems: list[Problem] = []

    def parse(path: Path) -> Any:
        name = f"{folder.name}/{path.relative_to(folder)}"
        try:
            return read_yaml(path)
        except UnreadableError as error:
            problems.append(Problem(name, error.where, error.message))
        return None

    files = {name: parse(folder / name) for name in FILES}
    paths = topic_files(folder)
    if paths:
        problems += _unread(folder)
    else:
        problems.append(Problem(f"{folder.name}/topics", "folder", "holds no topic file."))
    topics = {f"{folder.name}/topics/{path.name}": parse(path) for path in paths}
    if problems:
        raise ContentError(problems)
    return Content(files, topics)
