"""Fit what tells which fact a leaning message asks for (``understanding/leaning.py``).

Run as ``python -m benchmarks.leaning``. Reads the tuning follow-ups by the trained model, trains
one where none fits, and fits a conditional logit model. Prints the weights, and by
cross-validation how many follow-ups get a right fact, how many that a fact answers are
declined, and how many that none answers are: read alone, and in the light of the answer before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from actions.selection import select_facts
from benchmarks.trained import Sight, Trained
from evaluation.sets import FollowUp, read_follow_ups
from knowledge.loader import load_store
from knowledge.records import FactStore
from launch.environment import ROOT
from nlu_components.earlier import meant_facts, text_behind
from understanding.decision import Decision, Thresholds, decide
from understanding.intents import DECLINED, OUT_OF_SCOPE, QUESTION_PREFIX
from understanding.leaning import Earlier, evidence, leans
from understanding.questions import Piece

_FOLDS = 5
_PENALTY = 1e-3
# By how much less than fitted "none of them" may count.
_LESS = (0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Case:
    """A follow-up as it is read, and what speaks for each fact and for none."""

    follow_up: FollowUp
    decision: Decision
    alone: Sight
    names: list[str]
    seen: np.ndarray
    right: np.ndarray


def main() -> None:
    """Print the weights and what they are worth."""
    store = load_store(ROOT / "facts")
    signs, cases = _cases(Trained(), store, read_follow_ups("tuning_follow_up_turns"))
    fitted = [case for case in cases if case.right.any()]
    print(f"{len(cases)} follow-ups, {len(fitted)} of them with a right answer in sight")
    print("|  | right fact told | declined | none answers: declined |\n|---|---|---|---|")
    _print_row(
        "alone",
        cases,
        {id(case): _told(case.decision, case.alone.facts, store) for case in cases},
    )
    folds = np.random.default_rng(0).integers(0, _FOLDS, len(cases))
    of_fold = [
        _fit([case for case, of in zip(cases, folds, strict=True) if of != fold])
        for fold in range(_FOLDS)
    ]
    weights_of = {id(case): of_fold[of] for case, of in zip(cases, folds, strict=True)}
    none = np.array([sign == "none" for sign in signs])
    for less in _LESS:
        told = {
            id(case): _chosen(case, weights_of[id(case)] - less * none, store) for case in cases
        }
        name = f'in the light of the answer, "none" less by {less}'
        _print_row(name, cases, told)
    for name, weight in zip(signs, _fit(cases), strict=True):
        print(f"{name} {weight:.2f}")


def _cases(
    trained: Trained, store: FactStore, follow_ups: Sequence[FollowUp]
) -> tuple[list[str], list[Case]]:
    """Those follow-ups of which the message before gets an answer."""
    answers = {fact.id: fact.answers for fact in store.facts.values()}
    befores = [trained.correct(each.before) for each in follow_ups]
    says = [trained.correct(each.says) for each in follow_ups]
    earlier = [
        _earlier(text, sight, store)
        for text, sight in zip(befores, trained.sights(befores), strict=True)
    ]
    answered = [(i, each) for i, each in enumerate(earlier) if each]
    asked = [says[i] for i, _ in answered]
    after = [text_behind(says[i], before, store) for i, before in answered]
    sights = trained.sights(asked)
    raw = []
    for sight, ranked, (_, before) in zip(
        sights, trained.ranked_in_light(asked, after), answered, strict=True
    ):
        meant = meant_facts(sight.probabilities, before, store)
        raw.append(evidence(sight.probabilities, ranked, before, answers, meant))
    signs = list(dict.fromkeys(sign for seen in raw for each in seen.values() for sign in each))
    cases = []
    for (i, _), sight, seen in zip(answered, sights, raw, strict=True):
        wanted = set(follow_ups[i].answers)
        wanted = {OUT_OF_SCOPE} if wanted & DECLINED else wanted
        (decision,) = decide(Piece(says[i], sight.probabilities), [], Thresholds())
        rows = np.array([[each.get(sign, 0.0) for sign in signs] for each in seen.values()])
        right = np.array([name in wanted for name in seen])
        cases.append(Case(follow_ups[i], decision, sight, list(seen), rows, right))
    return signs, cases


def _earlier(text: str, sight: Sight, store: FactStore) -> Earlier | None:
    """What the message gets as an answer, None where it gets none."""
    (decision,) = decide(Piece(text, sight.probabilities), [], Thresholds())
    if not decision.intent.startswith(QUESTION_PREFIX):
        return None
    told = select_facts(store, decision.intent, None, sight.facts).facts
    return Earlier(decision.intent, tuple(fact.id for fact in told))


def _fit(cases: Sequence[Case]) -> np.ndarray:
    """Weights under which the right ones of each case are likeliest together."""
    fitted = [case for case in cases if case.right.any()]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros_like(weights)
        for case in fitted:
            odds = np.exp(case.seen @ weights - (case.seen @ weights).max())
            likely = odds / odds.sum()
            among = np.where(case.right, likely, 0.0)
            total -= np.log(among.sum() + 1e-12)
            slope += (likely - among / (among.sum() + 1e-12)) @ case.seen
        penalty = _PENALTY * weights @ weights
        return total / len(fitted) + penalty, slope / len(fitted) + 2 * _PENALTY * weights

    start = np.zeros(fitted[0].seen.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def _chosen(case: Case, weights: np.ndarray, store: FactStore) -> set[str]:
    """The facts told with these weights."""
    if not leans(case.decision):
        return _told(case.decision, case.alone.facts, store)
    scores = zip(case.names, map(float, case.seen @ weights), strict=True)
    ranked = sorted(scores, key=lambda item: -item[1])
    best, _ = ranked[0]
    if best == OUT_OF_SCOPE:
        return set()
    likely = case.alone.probabilities
    intent = max(store.facts[best].answers, key=lambda each: likely.get(each, 0.0))
    facts = [each for each in ranked if each[0] != OUT_OF_SCOPE]
    return _told(replace(case.decision, intent=intent), facts, store)


def _told(decision: Decision, facts: Sequence[tuple[str, float]], store: FactStore) -> set[str]:
    if not decision.intent.startswith(QUESTION_PREFIX):
        return set()
    return {fact.id for fact in select_facts(store, decision.intent, None, facts).facts}


def _print_row(name: str, cases: Sequence[Case], told: Mapping[int, set[str]]) -> None:
    """The shares of a way to read; ``told`` has the facts by the id of the case."""
    answered = [case for case in cases if not set(case.follow_up.answers) & DECLINED]
    others = [case for case in cases if set(case.follow_up.answers) & DECLINED]
    right = np.mean([bool(told[id(case)] & set(case.follow_up.answers)) for case in answered])
    lost = np.mean([not told[id(case)] for case in answered])
    declined = np.mean([not told[id(case)] for case in others])
    print(f"| {name} | {right:.3f} | {lost:.3f} | {declined:.3f} |", flush=True)


if __name__ == "__main__":
    main()
