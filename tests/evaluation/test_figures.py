"""Shares, their intervals, calibration, confusions, and what the summary counts."""

from __future__ import annotations

import pytest

from evaluation.calibration import calibrate
from evaluation.confusion import Confusion, count_confusions
from evaluation.figures import Goal, interval, share
from evaluation.goals import GOALS
from evaluation.heard import Understood
from evaluation.judging import BESIDE, Verdict
from evaluation.summary import calibration_of, figures, levels
from tests.evaluation.turns import heard


def verdict(
    expected: str, outcome: str, kind: str = "answer", intent: str = "", confidence: float = 0.9
) -> Verdict:
    understood = Understood(intent, confidence, intent, confidence)
    right = outcome in ("right", BESIDE, expected)
    return Verdict(("q",), (expected,), right, outcome, heard(kind, understood=understood))


EMPTY: dict[str, list[Verdict]] = {
    name: []
    for name in (
        "single", "several", "dialogues", "follow_ups", "out_of_scope", "alarms", "pairs",
        "near_misses",
    )
}  # fmt: skip


def test_wilsons_interval_is_that_of_the_literature() -> None:
    # Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    for count, total, low, high in [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ]:  # fmt: skip
        assert interval(count, total) == pytest.approx((low, high), abs=1e-4)


def test_a_share_of_nothing_is_no_figure() -> None:
    assert share("x", "X", []) is None


@pytest.mark.parametrize(
    ("value", "goal", "reached"),
    [
        (0.9, Goal(0.9, at_least=True), True),
        (0.8, Goal(0.9, at_least=True), False),
        (0.1, Goal(0.1, at_least=False), True),
        (0.2, Goal(0.1, at_least=False), False),
    ],
)
def test_goals(value: float, goal: Goal, reached: bool) -> None:
    assert goal.reached_by(value) == reached


def test_calibration_of_what_is_as_sure_as_it_may_be() -> None:
    perfect = calibrate([(0.75, True)] * 3 + [(0.75, False)])
    assert perfect.error == pytest.approx(0.0)
    assert [each.count for each in perfect.bins] == [0, 0, 0, 0, 0, 0, 0, 4, 0, 0]


def test_calibration_error_is_the_mean_gap() -> None:
    # A gap of 0.5 for one message, of 0 for three.
    judged = [(0.5, True), (1.0, True), (1.0, True), (1.0, True)]
    assert calibrate(judged).error == pytest.approx(0.125)
    assert calibrate([]).error == 0.0


def test_confusions_take_the_first_of_several_accepted_intents() -> None:
    counted = count_confusions([(("a", "b"), "b"), (("a", "b"), "c"), (("a", "b"), "c")])
    assert counted == [Confusion("a", "c", 2), Confusion("b", "b", 1)]


def test_to_decline_is_one_intent_for_calibration() -> None:
    judged = {**EMPTY, "out_of_scope": [verdict("abuse", "declined", intent="out_of_scope")]}
    assert calibration_of(judged).bins[9].right == 1.0


def test_the_summary_counts_by_outcome() -> None:
    single = [
        verdict("ask_risks", "right"),
        verdict("ask_risks", BESIDE),
        verdict("ask_risks", "answered"),
        verdict("ask_risks", "answered", confidence=0.3),
        verdict("ask_risks", "declined"),
    ]
    judged = {
        **EMPTY,
        "single": single,
        "alarms": [verdict("crisis", "urgent"), verdict("crisis", "none")],
        "pairs": [verdict("urgent", "urgent"), verdict("none", "urgent")],
        "near_misses": [verdict("none", "none"), verdict("none", "error", kind="error")],
    }
    found = {f.id: (f.count, f.total) for f in figures(judged, calibration_of(judged))}
    assert found["single_right"] == (2, 5)
    assert found["single_fact"] == (1, 2)
    assert found["single_wrong"] == (2, 5)
    assert found["single_wrong_sure"] == (1, 5)
    assert found["single_declined"] == (1, 5)
    # Raised at another level is raised; the level has a figure of its own.
    assert found["alarm_crisis"] == (1, 2)
    assert found["alarm_level"] == (0, 2)
    assert found["alarm_pairs"] == (1, 1)
    assert found["pairs_alarmed"] == (1, 1)
    assert found["near_misses_alarmed"] == (0, 2)
    assert found["errors"] == (1, 11)
    assert "alarm_emergency" not in found
    by_level = {(each.set, each.level): each.raised for each in levels(judged)}
    assert by_level["alarms", "crisis"] == {"urgent": 1, "none": 1}


def test_only_what_is_told_can_be_told_as_the_nearest() -> None:
    near = Understood("ask_risks", 0.9, "ask_risks", 0.9, nearest=True)
    told = [
        Verdict(("q",), ("x",), False, outcome, heard("answer", understood=understood))
        for outcome in ("right", "answered", "alarmed")
        for understood in (near, Understood())
    ]
    judged = {**EMPTY, "single": told, "out_of_scope": told}
    found = {f.id: (f.count, f.total) for f in figures(judged, calibration_of(judged))}
    assert found["single_nearest"] == found["out_of_scope_nearest"] == (2, 6)


def test_every_goal_belongs_to_a_figure() -> None:
    one_of_each = {
        **{name: [verdict("ask_risks", "right")] for name in EMPTY},
        "alarms": [verdict(level, level) for level in ("emergency", "urgent", "crisis")],
        "pairs": [verdict("urgent", "urgent"), verdict("none", "none")],
        "follow_ups": [verdict("some_fact", "right"), verdict("out_of_scope", "declined")],
    }
    ids = {figure.id for figure in figures(one_of_each, calibration_of(one_of_each))}
    assert set(GOALS) <= ids


def test_what_is_raised_in_doubt_is_raised_and_counted_apart() -> None:
    doubt = Understood("ask_driver", 0.9, "ask_driver", 0.9, in_doubt=True)
    raised = [
        Verdict(("q",), (level,), level == "crisis", outcome, heard("crisis", understood=seen))
        for level in ("crisis", "none")
        for outcome, seen in (("crisis", doubt), ("crisis", Understood()), ("none", doubt))
    ]
    judged = {**EMPTY, "alarms": raised[:3], "near_misses": raised[3:]}
    found = {f.id: (f.count, f.total) for f in figures(judged, calibration_of(judged))}
    assert found["alarm_crisis"] == found["near_misses_alarmed"] == (2, 3)
    assert found["alarm_in_doubt"] == found["near_misses_in_doubt"] == (1, 3)
