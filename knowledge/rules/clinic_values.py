"""Every ``{clinic_...}`` in a text is a value that ``facts/clinic.yml`` has, in both brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from knowledge.content import Content, Problem

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# What is left of a placeholder that lost a bracket or both.
_REMAINS = re.compile(r"[{}]|\bclinic_\w+")
# What patients read apart from the facts.
_SAID = ("phrases.yml", "disclaimer.yml", "questions.yml", "sources.yml")


def check(content: Content) -> Iterator[Problem]:
    known = {f"clinic_{key}" for key, value in content.clinic.items() if isinstance(value, str)}
    for fact in content.facts():
        # An id may look like a placeholder without brackets.
        for place, text in _texts({**fact.data, "id": ""}):
            for wrong in _wrong(text, known):
                yield fact.problem(_advice(place, wrong, known))
    for file in _SAID:
        for place, text in _texts(content.files[file]):
            for wrong in _wrong(text, known):
                yield Problem(f"facts/{file}", place, _advice("text", wrong, known))
    for place, text in _texts(content.clinic):
        for wrong in _wrong(text, set()):
            yield Problem("facts/clinic.yml", place, f"uses {wrong}; write the value itself.")


def _texts(part: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Where a text stands, as ``table.rows.0.1``, and the text."""
    if isinstance(part, str):
        yield place, part
    elif isinstance(part, dict | list):
        for key, each in part.items() if isinstance(part, dict) else enumerate(part):
            yield from _texts(each, f"{place}.{key}".strip("."))


def _wrong(text: str, known: set[str]) -> list[str]:
    """Placeholders that nothing fills, and what is left of broken ones."""
    unknown = [f"{{{name}}}" for name in _PLACEHOLDER.findall(text) if name not in known]
    return unknown + _REMAINS.findall(_PLACEHOLDER.sub(" ", text))


def _advice(field: str, wrong: str, known: set[str]) -> str:
    return (
        f"{field} uses {wrong}, which facts/clinic.yml does not give; "
        f"use one of {', '.join(f'{{{name}}}' for name in sorted(known))}."
    )
