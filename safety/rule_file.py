"""Reads facts/red_flags.yml and says in plain words what is wrong with it.

Threat model: the file is edited by hand, by people who do not program. A slip
(an unknown group, a level that does not exist, a rule without patterns) must
stop the assistant at start with a sentence that says how to mend it; a rule that
silently never matches is a missed emergency.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from safety.notation import NotationError, Pattern, Slot, parse
from safety.rule_book import LEVELS, THROUGH, Cues, Rule, RuleBook

_ID = re.compile(r"[a-z][a-z0-9_]*$")
_SECTIONS = (
    "spellings", "places", "words", "exact", "breaks", "pronouns", "reports", "happening",
    "context",
    "confirmations", "rules",
)  # fmt: skip
_GROUPS = ("places", "words", "exact")
_RULE_KEYS = {"id", "level", "title", "source", "patterns", "unless", "ignores"}
_PLAIN_CUE_KEYS = ("kind", "reach", "clause_within", "through", "commas", "yields")
_COMMAS = ("pass", "stop", "list")


class RedFlagsError(ValueError):
    """The file cannot be used; ``problems`` holds one sentence for each slip."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class _Checker:
    """Builds the records and collects the problems found on the way."""

    def __init__(self, file: str, happening: Iterable[str]) -> None:
        self._file = file
        self.happening = frozenset(happening)
        self.problems: list[str] = []

    def complain(self, where: str, problem: str) -> None:
        self.problems.append(f"{self._file}, {where}: {problem}.")

    def patterns(self, where: str, lines: Any) -> tuple[Pattern, ...]:
        """Each line read; a line that cannot be read is a problem."""
        if isinstance(lines, str) or not isinstance(lines, list):
            self.complain(where, f"'{lines}' is not a list; start each line with '- '")
            return ()
        return tuple(p for p in (self._pattern(where, line) for line in lines) if p)

    def _pattern(self, where: str, line: Any) -> Pattern | None:
        try:
            return parse(line if isinstance(line, str) else "")
        except NotationError as error:
            self.complain(where, f"the pattern '{line}' cannot be read: {error}")
            return None

    def phrases(self, where: str, value: Any) -> tuple[str, ...]:
        """A list of phrases, which may hold lists of phrases."""
        if not isinstance(value, list) or not value:
            self.complain(where, "it is empty; write at least one word, as [word, other word]")
            return ()
        flat: list[str] = []
        for item in value:
            if isinstance(item, list):
                flat += self.phrases(where, item)
            elif isinstance(item, bool) or item is None:
                self.complain(where, f"'{item}' was read as yes or no; put the word in quotes")
            else:
                flat.append(str(item))
        for phrase, count in Counter(flat).items():
            if count > 1:
                self.complain(where, f"'{phrase}' stands there twice; delete one")
        return tuple(flat)

    def rule(self, number: int, entry: Mapping[str, Any], kinds: frozenset[str]) -> Rule | None:
        where = f"rule '{entry.get('id', f'number {number}')}'"
        for key in ("id", "level", "title", "source", "patterns"):
            if not entry.get(key):
                self.complain(where, f"'{key}' is missing; add a line '{key}: ...'")
        for key in sorted(set(entry) - _RULE_KEYS):
            self.complain(where, f"'{key}' is not known; use one of {_list(_RULE_KEYS)}")
        if not _ID.match(str(entry.get("id", ""))):
            self.complain(where, "the id must be small letters, digits and _, as 'chest_pain'")
        if entry.get("level") not in LEVELS:
            self.complain(where, f"level '{entry.get('level')}' is not known; use {_list(LEVELS)}")
        ignores = frozenset(entry.get("ignores", ()))
        for kind in sorted(ignores - kinds):
            self.complain(where, f"it ignores '{kind}', which is no kind; use {_list(kinds)}")
        patterns = self.patterns(where, entry.get("patterns") or [])
        unless = self.patterns(f"{where}, unless", entry.get("unless", []))
        texts = [str(entry.get(key, "")) for key in ("id", "level", "title", "source")]
        return Rule(texts[0], texts[1], texts[2], texts[3], patterns, unless, ignores)

    def cues(self, number: int, entry: Mapping[str, Any]) -> Cues:
        where = f"context entry {number} ({entry.get('kind', 'without a kind')})"
        for key, allowed in (("commas", _COMMAS), ("through", THROUGH)):
            if entry.get(key, allowed[0]) not in allowed:
                self.complain(where, f"{key} '{entry[key]}' is not known; use {_list(allowed)}")
        for key in ("kind", "means"):
            if not entry.get(key):
                self.complain(where, f"'{key}' is missing; add a line '{key}: ...'")
        for key in ("reach", "clause_within"):
            if not isinstance(entry.get(key, 0), int):
                self.complain(where, f"{key} '{entry[key]}' is not a whole number of words")
        if not any(entry.get(key) for key in ("before", "after", "around")):
            self.complain(where, "it has no cues; add a list 'before', 'after' or 'around'")
        lifted = tuple(entry.get("lifted", ()))
        for name in sorted(set(lifted) - self.happening):
            self.complain(where, f"lifted names '{name}', use {_list(self.happening)}")
        lists: dict[str, Any] = {
            key: self.patterns(f"{where}, {key}", entry.get(key, []))
            for key in ("before", "after", "around", "looks_alike")
        }
        plain: dict[str, Any] = {k: v for k, v in entry.items() if k in _PLAIN_CUE_KEYS}
        return Cues(**plain, **lists, lifted=lifted)

    def groups_exist(self, book: RuleBook) -> None:
        used = {group for pattern in book.patterns() for s in pattern.slots for group in s.groups}
        for pattern in book.patterns():
            for slot in pattern.slots:
                for group in sorted(set(slot.groups) - set(book.groups)):
                    self.complain(
                        f"pattern '{pattern.text}'",
                        f"there is no group '{group}' under {_list(_GROUPS)}; "
                        "add it or mend the name",
                    )
        for group in sorted(set(book.groups) - used):
            self.complain(f"group '{group}'", "no pattern uses it; delete it or use it")


def _list(values: Iterable[str]) -> str:
    *rest, last = sorted(values)
    return f"{', '.join(rest)} or {last}"


def read_rule_book(path: Path) -> RuleBook:
    """Read and check the file.

    Raises:
        RedFlagsError: with every problem found, each naming file, place, value
            and what to write instead.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise RedFlagsError([f"{path.name}: it is not valid YAML: {error}"]) from error
    missing = [s for s in _SECTIONS if not isinstance(data, dict) or not data.get(s)]
    if missing:
        raise RedFlagsError(f"{path.name}: the section '{s}' is missing; add it" for s in missing)
    check = _Checker(path.name, data["happening"])
    groups: dict[str, tuple[str, ...]] = {}
    for section in _GROUPS:
        for name, value in data[section].items():
            if name in groups:
                check.complain(
                    f"group '{name}'", f"it stands under two of {_list(_GROUPS)}; keep one"
                )
            groups[name] = check.phrases(f"group '{name}'", value)
    context = tuple(check.cues(i, entry) for i, entry in enumerate(data["context"], start=1))
    kinds = frozenset(cues.kind for cues in context)
    rules = tuple(
        rule
        for i, entry in enumerate(data["rules"], start=1)
        if (rule := check.rule(i, entry, kinds))
    )
    for rule_id, count in Counter(rule.id for rule in rules).items():
        if count > 1:
            check.complain(f"rule '{rule_id}'", f"{count} rules have this id; rename all but one")
    reports = data["reports"]
    book = RuleBook(
        spellings={
            written: right
            for right, variants in data["spellings"].items()
            for written in check.phrases(f"spelling '{right}'", variants)
        },
        groups=groups,
        places=frozenset(data["places"]),
        exact=frozenset(data["exact"]),
        breaks=_any_of(check.phrases("breaks", data["breaks"])),
        pronouns=_any_of(check.phrases("pronouns", data["pronouns"])),
        reports_now=check.patterns("reports, now", reports.get("now")),
        reports_past=check.patterns("reports, past", reports.get("past")),
        owned=check.patterns("reports, owned", reports.get("owned")),
        not_after=frozenset(check.phrases("reports, not_after", reports.get("not_after"))),
        happening={
            name: check.patterns(f"happening, {name}", lines)
            for name, lines in data["happening"].items()
        },
        confirmations=check.patterns("confirmations", data["confirmations"]),
        context=context,
        rules=rules,
    )
    check.groups_exist(book)
    if check.problems:
        raise RedFlagsError(check.problems)
    return book


def _any_of(phrases: tuple[str, ...]) -> Pattern:
    return Pattern("|".join(phrases), (Slot(phrases),), ())
