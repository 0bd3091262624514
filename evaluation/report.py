"""The report as data: what ``report.json`` holds and ``report.html`` shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.race import Measured
from evaluation.calibration import Calibration
from evaluation.confusion import Confusion
from evaluation.figures import Figure
from evaluation.judging import BESIDE, Verdict
from evaluation.summary import (
    Level,
    calibration_of,
    confusions,
    figures,
    levels,
    outcomes,
)

_START_OF_REPLY = 160


@dataclass(frozen=True)
class About:
    """When and of what the report was made.

    Attributes:
        limit: conversations that were played of each set, None for all.
        memory_mb: the most that the Rasa server and the action server held together;
            None where the system does not tell.
        load: mean number of programs that wanted a core in the last minute of playing;
            above ``cores``, times are those of a busy machine.
    """

    made: str
    model: str
    model_mb: float
    memory_mb: float | None
    limit: int | None
    cores: int
    load: float
    python: str
    rasa: str


@dataclass(frozen=True)
class Miss:
    """A reply that was not right.

    Attributes:
        said: the patient's messages so far; the last one was judged.
        understood: the intent that chose the reply, or those of all questions found.
        confidence: in the intent that chose the reply.
        reply: how it begins.
    """

    said: tuple[str, ...]
    expected: tuple[str, ...]
    understood: str
    confidence: float
    outcome: str
    kind: str
    reply: str


@dataclass(frozen=True)
class Report:
    """All figures, and all misses by set. ``peers`` is None where they were skipped."""

    about: About
    figures: list[Figure]
    outcomes: dict[str, dict[str, int]]
    levels: list[Level]
    calibration: Calibration
    confusions: list[Confusion]
    misses: dict[str, list[Miss]]
    peers: list[Measured] | None

    def as_json(self) -> dict[str, Any]:
        """Plain data, in the shape of ``evaluation/schema.py``."""
        return asdict(self)


def report_of(
    about: About, verdicts: Mapping[str, Sequence[Verdict]], peers: list[Measured] | None
) -> Report:
    """The report of judged sets."""
    calibration = calibration_of(verdicts)
    return Report(
        about=about,
        figures=figures(verdicts, calibration),
        outcomes=outcomes(verdicts),
        levels=levels(verdicts),
        calibration=calibration,
        confusions=confusions(verdicts),
        misses={
            name: [_miss(v) for v in each if not v.right or v.outcome == BESIDE]
            for name, each in verdicts.items()
        },
        peers=peers,
    )


def _miss(verdict: Verdict) -> Miss:
    heard = verdict.heard
    several = heard.understood.parts
    text = " ".join(heard.text.split())
    start = text if len(text) <= _START_OF_REPLY else text[:_START_OF_REPLY].rstrip() + " ..."
    return Miss(
        said=verdict.says,
        expected=verdict.expected,
        understood=", ".join(several) if len(several) > 1 else heard.understood.intent,
        confidence=heard.understood.confidence,
        outcome=verdict.outcome,
        kind=heard.kind,
        reply=start,
    )
