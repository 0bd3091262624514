"""Reads facts/red_flags.yml into a ``RuleBook``.

Threat model: a file with a mistake must not be used at all; see ``rule_check``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from safety.notation import Pattern, Slot
from safety.rule_book import GROUPS, RuleBook
from safety.rule_check import Checker
from safety.yaml_file import UnreadableError, read_yaml

_REPORTS = ("now", "past", "owned", "not_after")
_SECTIONS = (
    "spellings", *GROUPS, "breaks", "pronouns", "reports", "happening", "steady",
    "confirmations", "context", "rules",
)  # fmt: skip


class RedFlagsError(ValueError):
    """The file cannot be used; ``problems`` holds one sentence for each slip."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def read_rule_book(path: Path) -> RuleBook:
    """Read and check the file.

    Raises:
        RedFlagsError: with every problem found: file, place, value and what to write instead.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        data = read_yaml(path)
    except UnreadableError as error:
        raise RedFlagsError([f"{name}: {error}"]) from error
    data = data if isinstance(data, dict) else {}
    if missing := [section for section in _SECTIONS if not data.get(section)]:
        raise RedFlagsError(f"{name}: section '{n}' is missing; add it." for n in missing)
    check = Checker(name)
    book = _book(check, data)
    check.whole(book)
    if check.problems:
        raise RedFlagsError(check.problems)
    return book


def _book(check: Checker, data: Mapping[str, Any]) -> RuleBook:
    for name in sorted({*data} - {*_SECTIONS}):
        check.complain(f"section '{name}'", "it is not known; delete it or mend the name")
    groups: dict[str, tuple[str, ...]] = {}
    named = {section: check.section(f"section '{section}'", data[section]) for section in GROUPS}
    for section in named.values():
        for name, value in section.items():
            if name in groups:
                check.complain(f"group '{name}'", "two groups have this name; rename one")
            groups[name] = check.group(f"group '{name}'", value)
    reports = check.section("section 'reports'", data["reports"])
    now, past, owned = (
        check.patterns(f"reports, {name}", reports.get(name)) for name in _REPORTS[:3]
    )
    happening = {
        name: check.patterns(f"happening, {name}", lines)
        for name, lines in check.section("section 'happening'", data["happening"]).items()
    }
    context = tuple(
        check.cues(i, entry, happening)
        for i, entry in enumerate(check.entries("section 'context'", data["context"]), start=1)
    )
    kinds = frozenset(cues.kind for cues in context)
    return RuleBook(
        spellings={
            written: right
            for right, variants in check.section("section 'spellings'", data["spellings"]).items()
            for written in check.phrases(f"spelling '{right}'", variants)
        },
        groups=groups,
        places=frozenset(named["places"]),
        exact=frozenset(named["exact"]),
        breaks=_any_of(check.phrases("breaks", data["breaks"])),
        pronouns=_any_of(check.phrases("pronouns", data["pronouns"])),
        reports_now=now,
        reports_past=past,
        owned=owned,
        not_after=frozenset(check.phrases("reports, not_after", reports.get("not_after"))),
        happening=happening,
        steady=check.patterns("steady", data["steady"]),
        confirmations=check.patterns("confirmations", data["confirmations"]),
        context=context,
        rules=tuple(
            check.rule(i, entry, kinds)
            for i, entry in enumerate(check.entries("section 'rules'", data["rules"]), start=1)
        ),
    )


def _any_of(phrases: tuple[str, ...]) -> Pattern:
    return Pattern("|".join(phrases), (Slot(phrases),), ())
