"""Reading level: patients read at sixth grade, the usual page is at 12 to 14.

Flesch-Kincaid grade as textstat measures it. The target of grade 6 is the
usual advice for patient material; 8 is the most that a single answer with an
unavoidable medical word may reach.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator

import textstat

from knowledge.content import Content, Problem

HIGHEST = {"answer": 8.0, "simple": 5.0, "more": 8.0}
HIGHEST_MEDIAN = 6.0
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


def grade(text: str) -> float:
    """Flesch-Kincaid grade; a clinic's value counts as one short word."""
    return float(textstat.flesch_kincaid_grade(_PLACEHOLDER.sub("home", " ".join(text.split()))))


def check(content: Content) -> Iterator[Problem]:
    answers = []
    for fact in content.facts():
        for field, text in fact.texts().items():
            level = grade(text)
            if field == "answer":
                answers.append(level)
            if level > HIGHEST[field]:
                yield fact.problem(
                    f"{field} reads at grade {level:.1f}, above {HIGHEST[field]:.0f}; "
                    "use shorter sentences and plainer words."
                )
    if answers and statistics.median(answers) > HIGHEST_MEDIAN:
        yield Problem(
            "facts/topics",
            "all answers",
            f"their median grade is {statistics.median(answers):.1f}, above "
            f"{HIGHEST_MEDIAN:.0f}; simplify the hardest ones.",
        )
