"""A text is one paragraph: channels cut a message at a blank line."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.content import Content, Problem


def check(content: Content) -> Iterator[Problem]:
    for fact in content.facts():
        for field, text in fact.texts().items():
            if "\n\n" in text.strip():
                yield fact.problem(f"{field} has a blank line; make it one paragraph.")
    for name, text in content.files["phrases.yml"]["phrases"].items():
        if "\n\n" in text.strip():
            yield Problem("facts/phrases.yml", name, "has a blank line; make it one paragraph.")
