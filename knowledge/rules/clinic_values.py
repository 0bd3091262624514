"""Every ``{clinic_...}`` in a text is a value that ``facts/clinic.yml`` has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from knowledge.content import Content, Problem

_PLACEHOLDER = re.compile(r"\{([^}]*)\}")
# What patients read apart from the facts.
_SAID = ("phrases.yml", "disclaimer.yml", "questions.yml", "sources.yml")


def check(content: Content) -> Iterator[Problem]:
    known = {f"clinic_{key}" for key, value in content.clinic.items() if isinstance(value, str)}
    for fact in content.facts():
        for place, name in _placeholders(fact.data):
            if name not in known:
                yield fact.problem(_advice(place, name, known))
    for file in _SAID:
        for place, name in _placeholders(content.files[file]):
            if name not in known:
                yield Problem(f"facts/{file}", place, _advice("text", name, known))
    for place, name in _placeholders(content.clinic):
        yield Problem("facts/clinic.yml", place, f"uses {{{name}}}; write the value itself.")


def _placeholders(part: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Where a placeholder stands, as ``table.rows.0.1``, and its name."""
    if isinstance(part, str):
        yield from ((place, name) for name in _PLACEHOLDER.findall(part))
    elif isinstance(part, dict | list):
        for key, each in part.items() if isinstance(part, dict) else enumerate(part):
            yield from _placeholders(each, f"{place}.{key}".strip("."))


def _advice(field: str, name: str, known: set[str]) -> str:
    return (
        f"{field} uses {{{name}}}, which facts/clinic.yml does not give; "
        f"use one of {', '.join(sorted(known))}."
    )
