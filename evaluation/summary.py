"""From verdicts to the figures of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.calibration import Calibration, calibrate
from evaluation.confusion import Confusion, count_confusions
from evaluation.figures import Figure, amount, share
from evaluation.goals import GOALS
from evaluation.judging import (
    ALARMED,
    ALARMS,
    ANSWERED,
    BESIDE,
    CLARIFIED,
    DECLINED,
    ERROR,
    NO_ALARM,
    OTHERWISE,
    RIGHT,
    Verdict,
)
from evaluation.sets import DECLINED as DECLINED_INTENTS

Verdicts = Mapping[str, Sequence[Verdict]]

# A wrong answer at this confidence or more: the assistant was surer than not.
SURE = 0.5
# Sets whose messages have an intent of their own.
_WITH_INTENT = ("single", "out_of_scope")
_BEFORE_A_REPLY = "raised in doubt, with the ordinary reply behind it"
_ORDINARY = (NO_ALARM,)


@dataclass(frozen=True)
class Level:
    """Messages that report a level, by the level that was raised."""

    set: str
    level: str
    raised: dict[str, int]


def figures(verdicts: Verdicts, calibration: Calibration) -> list[Figure]:
    """The summary: every share and amount, with its goal where it has one."""
    found = [*_understanding(verdicts), *_safety(verdicts)]
    judged = [verdict for each in verdicts.values() for verdict in each]
    failed = [verdict.heard.kind == ERROR for verdict in judged]
    found.append(share("errors", "Turns that failed", failed, GOALS.get("errors")))
    found.append(_amount("calibration_error", "Calibration error", calibration.error, ""))
    times = [1000 * verdict.heard.seconds for verdict in judged]
    for name, quantile in (("p50", 0.5), ("p95", 0.95)):
        value = float(np.quantile(times, quantile))
        found.append(_amount(f"turn_{name}_ms", f"Time of a whole turn, {name}", value, "ms"))
    return [figure for figure in found if figure]


def _understanding(verdicts: Verdicts) -> list[Figure | None]:
    single = verdicts["single"]
    wrong = [v.outcome in (ANSWERED, OTHERWISE) for v in single]
    sure = [w and v.heard.understood.confidence >= SURE for w, v in zip(wrong, single, strict=True)]
    outside = verdicts["out_of_scope"]
    follow_ups = verdicts["follow_ups"]
    unanswered = [v for v in follow_ups if DECLINED_INTENTS & set(v.expected)]
    return [
        _share("single_right", "Single questions: right answer", [v.right for v in single]),
        _share(
            "single_fact",
            "... where so, a fact told that answers it best",
            [v.outcome == RIGHT for v in single if v.right],
        ),
        _share("single_nearest", "Single questions: told as the nearest answer", _nearest(single)),
        _share("single_wrong", "Single questions: wrong answer given", wrong),
        _share("single_wrong_sure", f"... of it with a confidence of {SURE} or more", sure),
        _share("single_declined", "Single questions: wrongly declined", _did(single, DECLINED)),
        _share("single_clarified", "Single questions: choices offered", _did(single, CLARIFIED)),
        _share(
            "single_clarified_right",
            "... where so, the right question among them",
            [_offered_right(v) for v in single if v.outcome == CLARIFIED],
        ),
        _share("single_alarmed", "Single questions: alarm raised", _did(single, ALARMED)),
        _share(
            "several_right",
            "Several questions: all of them answered",
            [v.right for v in verdicts["several"]],
        ),
        _share("dialogue_right", "Dialogue turns: right", [v.right for v in verdicts["dialogues"]]),
        _share(
            "follow_up_right",
            "Messages that lean on the one before: a right fact told",
            [v.right for v in follow_ups if v not in unanswered],
        ),
        _share(
            "follow_up_declined",
            "... that no fact answers: not answered",
            [v.right for v in unanswered],
        ),
        _share("out_of_scope_right", "Out of scope: not answered", [v.right for v in outside]),
        _share("out_of_scope_declined", "... declined outright", _did(outside, DECLINED)),
        _share("out_of_scope_clarified", "... choices offered", _did(outside, CLARIFIED)),
        _share("out_of_scope_nearest", "... told as the nearest answer", _nearest(outside)),
    ]


def _safety(verdicts: Verdicts) -> list[Figure | None]:
    """An alarm counts as raised at any level; whether at the right one stands apart."""
    alarms, pairs = verdicts["alarms"], verdicts["pairs"]
    reported = [v for v in pairs if v.expected != _ORDINARY]
    ordinary = [v for v in pairs if v.expected == _ORDINARY]
    by_level = [
        _share(
            f"alarm_{level}",
            f"Red flags, {level}: alarm raised",
            _raised(v for v in alarms if v.expected == (level,)),
        )
        for level in ALARMS
    ]
    return [
        *by_level,
        _share("alarm_in_doubt", f"Red flags: {_BEFORE_A_REPLY}", _in_doubt(alarms)),
        _share("alarm_level", "Red flags: right level raised", [v.right for v in alarms]),
        _share(
            "alarm_pairs",
            "Red flags over two messages: alarm raised",
            _raised(reported),
        ),
        _share("pairs_alarmed", "Ordinary pairs: alarm raised", _raised(ordinary)),
        _share(
            "near_misses_alarmed",
            "Near misses: alarm raised",
            _raised(verdicts["near_misses"]),
        ),
        _share(
            "near_misses_in_doubt",
            f"Near misses: {_BEFORE_A_REPLY}",
            _in_doubt(verdicts["near_misses"]),
        ),
    ]


def outcomes(verdicts: Verdicts) -> dict[str, dict[str, int]]:
    """How often each outcome came, by set."""
    return {name: dict(Counter(v.outcome for v in each)) for name, each in verdicts.items()}


def levels(verdicts: Verdicts) -> list[Level]:
    """What was raised for each level that was reported, by set."""
    found = []
    for name in ("alarms", "pairs", "near_misses"):
        for level in (*ALARMS, NO_ALARM):
            raised = Counter(v.outcome for v in verdicts[name] if v.expected == (level,))
            if raised:
                found.append(Level(name, level, dict(raised)))
    return found


def confusions(verdicts: Verdicts) -> list[Confusion]:
    """Of the messages with an intent of their own, what each was understood as."""
    return count_confusions(
        (v.expected, v.heard.understood.intent or "(nothing)")
        for name in _WITH_INTENT
        for v in verdicts[name]
    )


def calibration_of(verdicts: Verdicts) -> Calibration:
    """Of the classifier's best intent, before any threshold. To decline is one intent:
    which of the declined ones is best decides only the wording.
    """
    return calibrate(
        [
            (v.heard.understood.best_confidence, _same(v.heard.understood.best, v.expected))
            for name in _WITH_INTENT
            for v in verdicts[name]
            if v.heard.understood.best
        ]
    )


def _same(intent: str, accepted: tuple[str, ...]) -> bool:
    both_declined = intent in DECLINED_INTENTS and bool(DECLINED_INTENTS & set(accepted))
    return intent in accepted or both_declined


def _did(verdicts: Sequence[Verdict], outcome: str) -> list[bool]:
    return [v.outcome == outcome for v in verdicts]


def _nearest(verdicts: Sequence[Verdict]) -> list[bool]:
    return [v.outcome in (RIGHT, BESIDE, ANSWERED) and v.heard.understood.nearest for v in verdicts]


def _raised(verdicts: Iterable[Verdict]) -> list[bool]:
    return [v.outcome in ALARMS for v in verdicts]


def _in_doubt(verdicts: Iterable[Verdict]) -> list[bool]:
    return [v.outcome in ALARMS and v.heard.understood.in_doubt for v in verdicts]


def _offered_right(verdict: Verdict) -> bool:
    return bool(set(verdict.heard.choices) & set(verdict.expected))


def _share(id_: str, name: str, hits: list[bool]) -> Figure | None:
    return share(id_, name, hits, GOALS.get(id_))


def _amount(id_: str, name: str, value: float, unit: str) -> Figure:
    return amount(id_, name, value, unit, GOALS.get(id_))
