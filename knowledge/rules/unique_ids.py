"""No two facts share an id or a question."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.content import Content, Problem


def check(content: Content) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    asked: dict[str, str] = {}
    for fact in content.facts():
        if fact.id in seen:
            yield fact.problem(f"id is already used in {seen[fact.id]}; choose another.")
        seen[fact.id] = fact.file
        for question in fact.data["questions"]:
            other = asked.setdefault(question.strip().lower(), fact.id)
            if other != fact.id:
                yield fact.problem(
                    f"question '{question}' is also a question of fact '{other}'; "
                    "keep it where it is answered best."
                )
