"""Every figure in an answer is in the fact's own notes, and with no other unit than there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.content import Content, Problem

_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
# Spelled-out figures count too. "One" and "two" do where a unit follows: "one
# page", "the two procedures" are no figures of the source.
_SPELLED = {
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
    "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20",
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70",
    "eighty": "80", "ninety": "90", "hundred": "100", "half": "half",
}  # fmt: skip
_SMALL = {"one": "1", "two": "2"}
_WORD = re.compile(r"[a-z]+")
_SMALL_WITH_UNIT = re.compile(
    r"\b(one|two)\s+(?:minutes?|hours?|days?|weeks?|months?|years?|percent)\b"
)
_FIGURE = rf"\d+(?:[.,]\d+)*|{'|'.join({**_SPELLED, **_SMALL})}"
_MEASURE = re.compile(
    rf"\b({_FIGURE})(?:\s*(?:to|or|and|-|–)\s*({_FIGURE}))?[\s-]+"
    r"(minute|hour|day|week|month|year|percent)s?\b"
)
_SHORT = ((re.compile(r"\s*%"), " percent"), (re.compile(r"\bmins?\b"), "minutes"))


def figures(text: str) -> set[str]:
    """Figures of a text as digits, spelled-out ones included."""
    plain = _PLACEHOLDER.sub(" ", text)
    spelled = {_SPELLED[w] for w in _WORD.findall(plain.lower()) if w in _SPELLED}
    small = {_SMALL[w] for w in _SMALL_WITH_UNIT.findall(plain.lower())}
    return set(_DIGITS.findall(plain)) | spelled | small


def measures(text: str) -> set[str]:
    """Figures with the unit of time or share behind them: "3 to 4 hours" are "3 hour", "4 hour"."""
    plain = _PLACEHOLDER.sub(" ", text).lower()
    for short, unit in _SHORT:
        plain = short.sub(unit, plain)
    return {
        f"{_SPELLED.get(figure) or _SMALL.get(figure, figure)} {found[3]}"
        for found in _MEASURE.finditer(plain)
        for figure in (found[1], found[2])
        if figure
    }


def check(content: Content) -> Iterator[Problem]:
    for fact in content.facts():
        notes = " / ".join(source["says"] for source in fact.data["sources"])
        noted, measured = figures(notes), measures(notes)
        # A note may give a figure without its unit, but not with another one.
        with_unit = {measure.split()[0] for measure in measured}
        differ = {
            f"differ {number}": stance["says"]
            for number, stance in enumerate(fact.data.get("differ", []), start=1)
        }
        for field, text in (fact.texts() | fact.cells() | differ).items():
            other = {m for m in measures(text) - measured if m.split()[0] in with_unit}
            for figure in sorted(figures(text) - noted or other):
                yield fact.problem(
                    f"{field} says '{figure}', but no note under sources says it; "
                    "check the source page, then correct the text or the note."
                )
