"""Every ``{clinic_...}`` in a text is a value that ``facts/clinic.yml`` has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.content import Content, Problem

_PLACEHOLDER = re.compile(r"\{([^}]*)\}")


def check(content: Content) -> Iterator[Problem]:
    known = {f"clinic_{key}" for key, value in content.clinic.items() if isinstance(value, str)}
    for fact in content.facts():
        for field, text in fact.texts().items():
            for name in _PLACEHOLDER.findall(text):
                if name not in known:
                    yield fact.problem(_advice(field, name, known))
    for phrase, text in content.files["phrases.yml"]["phrases"].items():
        for name in _PLACEHOLDER.findall(text):
            if name not in known:
                yield Problem("facts/phrases.yml", phrase, _advice("text", name, known))


def _advice(field: str, name: str, known: set[str]) -> str:
    return (
        f"{field} uses {{{name}}}, which facts/clinic.yml does not give; "
        f"use one of {', '.join(sorted(known))}."
    )
