"""The files of the fact store as they stand on disk, before they are records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILES = (
    "sources.yml",
    "clinic.yml",
    "disclaimer.yml",
    "rejected.yml",
    "questions.yml",
    "phrases.yml",
    "follow_ups.yml",
)


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


def read_content(folder: Path) -> Content:
    """Parse every YAML file of the store.

    Raises:
        ContentError: a file is missing, or is not YAML.
    """
    problems: list[Problem] = []

    def parse(path: Path) -> Any:
        name = f"{folder.name}/{path.relative_to(folder)}"
        try:
            return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        except FileNotFoundError:
            problems.append(Problem(name, "file", "is missing; put it back."))
        except UnicodeDecodeError:
            problems.append(Problem(name, "file", "is not UTF-8; save it as UTF-8."))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f"line {mark.line + 1}" if mark else "file"
            what = getattr(error, "problem", None) or "cannot be read"
            problems.append(
                Problem(name, line, f"is not valid YAML ({what}); check indents and quotes.")
            )
        return None

    files = {name: parse(folder / name) for name in FILES}
    paths = topic_files(folder)
    if not paths:
        problems.append(Problem(f"{folder.name}/topics", "folder", "holds no topic file."))
    topics = {f"{folder.name}/topics/{path.name}": parse(path) for path in paths}
    if problems:
        raise ContentError(problems)
    return Content(files, topics)


# libyaml's parser is ten times faster; PyYAML's own does where it is not built in.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Dates stay text: a bad date is a problem to report, not a crash."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in _Base.yaml_implicit_resolvers.items()
}
