"""The peers on examples small enough to see the right answer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks import bm25, nearest
from benchmarks.contestant import Examples, Guess, guess_of
from benchmarks.examples import first_of_each
from benchmarks.memory import peak_mb
from benchmarks.race import METHODS, measure
from evaluation.sets import Question

EXAMPLES: Examples = [
    ("do i need a driver", "ask_driver"),
    ("who will drive me home", "ask_driver"),
    ("what are the risks", "ask_risks"),
    ("is it risky", "ask_risks"),
    ("who won the football game", "out_of_scope"),
]
INSIDE = [Question("need a driver", ("ask_driver",)), Question("the risks", ("ask_risks",))]
OUTSIDE = [Question("the football game", ("out_of_scope",))]


def test_a_guess_is_of_the_best_question_however_likely_a_refusal() -> None:
    guess = guess_of([("abuse", 0.2), ("ask_a", 0.1), ("out_of_scope", 0.5), ("ask_b", 0.2)])
    assert guess == Guess("ask_b", pytest.approx(0.7))
    assert guess_of([("greet", 1.0)]) == Guess("", 0.0)


def test_the_first_of_each_intent_in_their_order() -> None:
    assert first_of_each(EXAMPLES, 1) == [EXAMPLES[0], EXAMPLES[2], EXAMPLES[4]]


@pytest.mark.parametrize("peer", [bm25, nearest])
def test_what_is_measured(peer: object) -> None:
    measured = measure("peer", lambda: peer.fit(EXAMPLES), INSIDE, OUTSIDE)  # type: ignore[attr-defined]
    assert (measured.right, measured.auroc) == (1.0, 1.0)
    assert 0.0 < measured.p50_ms <= measured.p95_ms
    assert measured.disk_mb > 0.0


def test_bm25_knows_nothing_of_unknown_words() -> None:
    assert bm25.fit(EXAMPLES).classify("zzz") == Guess("", 0.0)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells")
def test_the_peak_is_known_of_this_and_of_another_process() -> None:
    assert peak_mb() == peak_mb(os.getpid())
    assert (peak_mb(os.getppid()) or 0.0) > 0.0
    assert peak_mb(2**31 - 1) is None


def test_every_method_but_diet_is_measured_on_all_examples_too() -> None:
    everything = {name.split(",")[0] for name, (_, count) in METHODS.items() if count is None}
    few = {name.split(",")[0] for name, (_, count) in METHODS.items() if count}
    assert few - everything == {"stock Rasa (DIET)"}
