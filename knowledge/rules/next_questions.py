"""Intents that facts and follow-ups name have a title in ``facts/questions.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.content import Content, Problem


def check(content: Content) -> Iterator[Problem]:
    titles = content.files["questions.yml"]["questions"]
    answered: set[str] = set()
    topics: set[str] = set()
    for fact in content.facts():
        topics.add(fact.topic)
        answered.update(fact.data["answers"])
        for field in ("answers", "next"):
            for intent in fact.data[field]:
                if intent not in titles:
                    yield fact.problem(
                        f"{field} names '{intent}', which facts/questions.yml does not have; "
                        "correct the name or add its title there."
                    )
        for intent in set(fact.data["next"]) & set(fact.data["answers"]):
            yield fact.problem(
                f"next suggests '{intent}', which this fact answers itself; choose another."
            )
    for intent in titles:
        if intent not in answered:
            yield Problem(
                "facts/questions.yml", intent, "no fact answers it; add one or remove the title."
            )
    known = {*titles, *topics, "default", "same"}
    for kind, follow_up in content.files["follow_ups.yml"].items():
        means = follow_up["means"]
        for name in (*follow_up.get("choices", ()), *means, *means.values()):
            if name not in known:
                yield Problem(
                    "facts/follow_ups.yml",
                    kind,
                    f"names '{name}', which is neither a question of facts/questions.yml "
                    "nor a topic; correct the name.",
                )
