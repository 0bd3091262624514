"""Content rules, one a file. Each has ``check(content)`` and yields problems."""

from __future__ import annotations

from knowledge.content import Content, Problem
from knowledge.rules import (
    american_spelling,
    clinic_values,
    dates_ordered,
    duplicate_wording,
    figures_in_notes,
    next_questions,
    numbers_to_call,
    one_paragraph,
    reading_level,
    rejected_claims,
    schema,
    sources_exist,
    table_shape,
    unique_ids,
)

# The schema comes first and alone: the others rely on the shape it checks.
_RULES = (
    unique_ids,
    sources_exist,
    next_questions,
    clinic_values,
    numbers_to_call,
    table_shape,
    figures_in_notes,
    rejected_claims,
    duplicate_wording,
    dates_ordered,
    one_paragraph,
    american_spelling,
    reading_level,
)


def check(content: Content) -> list[Problem]:
    """Every problem of the content, the schema's alone if there are any."""
    problems = list(schema.check(content))
    if problems:
        return problems
    return [problem for rule in _RULES for problem in rule.check(content)]
