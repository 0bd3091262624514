"""Says in plain words what is wrong with facts/red_flags.yml.

Threat model: the file is edited by hand, by people who do not program. A slip
(an unknown group, a level that does not exist, a rule without patterns) must
stop the assistant at start with a sentence that says how to mend it; a rule that
silently never matches is a missed emergency.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from safety.notation import NotationError, Pattern, parse, plain_phrase
from safety.rule_book import COMMAS, GROUPS, LEVELS, THROUGH, Cues, Rule, RuleBook

_ID = re.compile(r"[a-z][a-z0-9_]*$")
_RULE_KEYS = ("id", "level", "title", "source", "patterns", "unless", "ignores")
_CUE_LISTS = ("before", "after", "around", "looks_alike")
_CUE_KEYS = (
    "kind", "reach", "clause_within", "joins", "through", "commas", "lifted", "yields",
)  # fmt: skip
_CHOICES = {"commas": COMMAS, "through": THROUGH}
_NUMBERS = ("reach", "clause_within")


class Checker:
    """Builds the records of a file and collects the problems found on the way."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.problems: list[str] = []

    def complain(self, where: str, problem: str) -> None:
        """Add the sentence "FILE: WHERE: PROBLEM."."""
        self.problems.append(f"{self._file}: {where}: {problem}.")

    def patterns(self, where: str, lines: Any) -> tuple[Pattern, ...]:
        """Each line read; a line that cannot be read is a problem."""
        if not isinstance(lines, list):
            self.complain(where, f"'{lines}' is no list; start each line with '- '")
            return ()
        return tuple(p for p in (self._pattern(where, line) for line in lines) if p)

    def _pattern(self, where: str, line: Any) -> Pattern | None:
        if not isinstance(line, str):
            self.complain(where, f"'{line}' is no text; put the words in quotes")
            return None
        try:
            return parse(line)
        except NotationError as error:
            self.complain(where, f"the pattern '{line}' cannot be read: {error}")
            return None

    def phrases(self, where: str, value: Any) -> tuple[str, ...]:
        """A list of phrases, none of them twice."""
        if not isinstance(value, list) or not value:
            self.complain(where, f"'{value}' is no list of words; write [word, other word]")
            return ()
        words = [item for item in value if not isinstance(item, bool | None)]
        for item in value:
            if item not in words:
                self.complain(where, f"'{item}' was read as yes or no; put the word in quotes")
        found = Counter(str(word) for word in words)
        for phrase in (phrase for phrase, count in found.items() if count > 1):
            self.complain(where, f"'{phrase}' stands there twice; delete one")
        return tuple(found)

    def group(self, where: str, value: Any) -> tuple[str, ...]:
        """The phrases of a group, each one that a message can hold."""
        found = self.phrases(where, value)
        for text in found:
            try:
                plain_phrase(text)
            except NotationError as error:
                self.complain(where, str(error))
        return found

    def section(self, where: str, value: Any) -> Mapping[str, Any]:
        """A mapping of names to values."""
        if not isinstance(value, dict):
            self.complain(where, f"'{value}' is no list of names; write 'name: [...]' in each line")
            return {}
        for name in value:
            if not isinstance(name, str):
                self.complain(where, f"the name '{name}' is no text; put it in quotes")
        return {str(name): item for name, item in value.items()}

    def entries(self, where: str, value: Any) -> list[Mapping[str, Any]]:
        """A list of mappings; anything else in it is a problem."""
        entries = value if isinstance(value, list) else []
        for entry in entries:
            if not isinstance(entry, dict):
                self.complain(where, f"'{entry}' is no entry; write '- key: value' lines")
        if not entries:
            self.complain(where, "it holds no entries; start each with '- '")
        return [entry for entry in entries if isinstance(entry, dict)]

    def rule(self, number: int, entry: Mapping[str, Any], kinds: frozenset[str]) -> Rule:
        """One rule of the file."""
        where = f"rule '{entry.get('id', f'number {number}')}'"
        self._keys(where, entry, _RULE_KEYS, ("id", "level", "title", "source", "patterns"))
        if not _ID.match(str(entry.get("id", ""))):
            self.complain(where, "its id must be small letters, digits and _, as 'chest_pain'")
        if entry.get("level") not in LEVELS:
            self.complain(where, f"level '{entry.get('level')}' is not known; use {_or(LEVELS)}")
        ignores = frozenset(self._listed(where, entry, "ignores"))
        for kind in sorted(ignores - kinds):
            self.complain(where, f"it ignores '{kind}', which is no kind; use {_or(kinds)}")
        patterns = self.patterns(where, entry.get("patterns", []))
        unless = self.patterns(f"{where}, unless", entry.get("unless", []))
        for text in sorted({p.text for p in patterns} & {p.text for p in unless}):
            self.complain(where, f"'{text}' stands under patterns and unless; delete one")
        for text in sorted(u.text for u in unless if any(_silences(u, p) for p in patterns)):
            self.complain(
                f"{where}, unless",
                f"'{text}' takes back what the rule itself looks for; add the words that make it "
                "harmless, or delete it",
            )
        texts = [str(entry.get(key, "")) for key in ("id", "level", "title", "source")]
        return Rule(texts[0], texts[1], texts[2], texts[3], patterns, unless, ignores)

    def cues(self, number: int, entry: Mapping[str, Any], happening: Iterable[str]) -> Cues:
        """One entry of the section "context"."""
        where = f"context entry {number} ({entry.get('kind', 'without a kind')})"
        self._keys(where, entry, (*_CUE_KEYS, *_CUE_LISTS, "means"), ("kind", "means"))
        if not any(entry.get(key) for key in _CUE_LISTS[:3]):
            self.complain(where, "it has no cues; add a list 'before', 'after' or 'around'")
        if not _ID.match(str(entry.get("kind", ""))):
            self.complain(where, "its kind must be small letters, digits and _, as 'risk'")
        plain = {key: entry[key] for key in _CUE_KEYS if key in entry}
        plain["kind"] = str(entry.get("kind", ""))
        for key, allowed in _CHOICES.items():
            if plain.get(key, allowed[0]) not in allowed:
                self.complain(where, f"{key} '{plain.pop(key)}' is not known; use {_or(allowed)}")
        for key in _NUMBERS:
            if not isinstance(plain.get(key, 0), int):
                self.complain(where, f"{key} '{plain.pop(key)}' is no whole number of words")
        for key in ("lifted", "joins"):
            plain[key] = self._listed(where, entry, key)
        for name in sorted({*plain["lifted"]} - {*happening}):
            self.complain(where, f"lifted '{name}' is not known; use {_or(happening)}")
        for key in _CUE_LISTS:
            plain[key] = self.patterns(f"{where}, {key}", entry.get(key, []))
        return Cues(**plain)

    def _listed(self, where: str, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
        return self.phrases(f"{where}, {key}", entry[key]) if key in entry else ()

    def _keys(
        self, where: str, entry: Mapping[str, Any], known: Iterable[str], needed: Iterable[str]
    ) -> None:
        for key in needed:
            if not entry.get(key):
                self.complain(where, f"'{key}' is missing; add a line '{key}: ...'")
        for key in sorted({*entry} - {*known}):
            self.complain(where, f"'{key}' is not known; use {_or(known)}")

    def whole(self, book: RuleBook) -> None:
        """What can only be seen with all parts at hand."""
        for rule_id, count in Counter(rule.id for rule in book.rules).items():
            if count > 1:
                self.complain(f"rule '{rule_id}'", f"{count} rules have this id; rename one")
        used: set[str] = set()
        for pattern in book.patterns():
            named = {group for slot in pattern.slots for group in slot.groups}
            used |= named
            for group in sorted(named - {*book.groups}):
                self.complain(
                    f"pattern '{pattern.text}'",
                    f"there is no group '{group}'; add it to {_or(GROUPS)}, or mend the name",
                )
        for group in sorted({*book.groups} - used):
            self.complain(f"group '{group}'", "no pattern uses it; use it or delete it")


def _silences(unless: Pattern, pattern: Pattern) -> bool:
    """Whether the one thing under ``unless`` is in every match of the pattern, or in many."""
    if len(unless.slots) > 1:
        return False
    taken = unless.slots[0]
    return any(
        {*slot.groups} & {*taken.groups}
        or (slot.phrases and not slot.groups and {*slot.phrases} <= {*taken.phrases})
        for slot in pattern.slots
    )


def _or(values: Iterable[str]) -> str:
    *rest, last = sorted(values)
    return f"{', '.join(rest)} or {last}" if rest else last
