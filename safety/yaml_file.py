"""Reads a YAML file that people edit by hand; each slip is one plain sentence.

Threat model: YAML takes some slips without a word. Of two lines with one name the
first is lost, and " #" cuts a text short. Both are refused here: what is lost may be
half of the red flags.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

# libyaml's parser is ten times faster; PyYAML's own does where it is not built in.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What the parser says, and what the one who edits the file can do about it.
_ADVICE = {
    "mapping values are not allowed": "a text with ': ' in it must stand in quotes, and a name "
    "exactly below the other names of its entry",
    "cannot start any token": "write spaces in place of a tab, and put a text that begins with "
    "@, ` or % in quotes",
    "tab character": "write spaces in place of a tab",
    "block sequence entries are not allowed": "each '- ' must begin a line of its own",
    "found unexpected end of stream": "a quote is opened and not closed; close it",
    "unknown escape character": "a \\ stands between double quotes; use single quotes",
    "did not find expected ',' or": "a list in brackets needs a comma between two entries, and "
    "a bracket at its end",
    "did not find expected '-' indicator": "each entry of a list must begin with '- ', exactly "
    "below the entries above it",
    "did not find expected key": "the names of one entry must stand exactly below one another, "
    "and a text that begins with { or has quotes in it must stand in (other) quotes",
    "could not find expected ':'": "a line has no colon; write 'name: text'",
    "found unhashable key": "a text that begins with { must stand in quotes",
    "undefined alias": "a text that begins with * must stand in quotes",
    "control characters are not allowed": "a character that cannot be seen; type it again",
}
_UNKNOWN = "it cannot be read; compare its indents, dashes, colons and quotes with other lines"


class UnreadableError(ValueError):
    """The file cannot be read: ``where`` in it, and what to do about it."""

    def __init__(self, where: str, message: str) -> None:
        self.where = where
        self.message = message
        super().__init__(f"{where}: {message}")


def read_yaml(path: Path) -> Any:
    """What the file holds. Dates stay text: a bad date is a problem to report, not a crash.

    Raises:
        UnreadableError: it is missing, not UTF-8, not YAML, or says less than it seems to.
    """
    try:
        # Some editors begin a file with a mark of its encoding.
        return yaml.load(path.read_text("utf-8-sig"), Loader=_Loader)
    except FileNotFoundError as error:
        raise UnreadableError("file", "is missing; put it back.") from error
    except UnicodeDecodeError as error:
        raise UnreadableError("file", "is not UTF-8; save it as UTF-8.") from error
    except yaml.YAMLError as error:
        said = getattr(error, "problem", None) or str(error)
        advice = next((advice for sign, advice in _ADVICE.items() if sign in said), _UNKNOWN)
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, or a few lines above" if mark else "file"
        raise UnreadableError(where, f"{advice}.") from error


class _Loader(_Base):  # type: ignore[misc]
    """Refuses what YAML takes without a word."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._lines = text.splitlines()

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        lines: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if isinstance(key, yaml.ScalarNode):
                if key.value in lines:
                    raise UnreadableError(
                        f"line {line}",
                        f"'{key.value}' stands there already (line {lines[key.value]}); "
                        "delete one, or begin a new entry with '- '.",
                    )
                lines[key.value] = line
        return super().construct_mapping(node, deep)

    def construct_scalar(self, node: yaml.ScalarNode) -> Any:
        # A quoted text and a >- block have a style: there a # is a sign like any other, or
        # stands behind the end that everybody sees.
        if node.value and not node.style and self._has_comment_at(node.end_mark):
            raise UnreadableError(
                f"line {node.end_mark.line + 1}",
                f"' #' cuts the text off behind '{node.value}'; put the whole text in quotes, "
                "or the comment on a line of its own.",
            )
        return super().construct_scalar(node)

    def _has_comment_at(self, end: yaml.Mark) -> bool:
        rest = self._lines[end.line][end.column :] if end.line < len(self._lines) else ""
        return rest.lstrip().startswith("#")


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in _Base.yaml_implicit_resolvers.items()
}
