"""Fit what tells which fact a message asks for behind an answer (``understanding/leaning.py``).

Run as ``python -m benchmarks.leaning``. Reads tuning messages by the trained model, trains
one where none fits, and fits a conditional logit model. Two in five messages lean on the one
before; the others, questions and what is to be declined, stand behind an answer at random,
which they have nothing to do with. Prints the weights, and by cross-validation what they are
worth: how many messages get a right fact, how many that a fact answers are declined, and how
many that none answers are; read alone, and in the light of the answer before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from actions.selection import select_facts
from benchmarks.trained import Sight, Trained
from evaluation.sets import read_follow_ups, read_questions
from knowledge.loader import load_store
from knowledge.records import FactStore
from launch.environment import ROOT
from nlu_components.earlier import text_behind
from understanding.decision import Decision, Thresholds, decide
from understanding.intents import DECLINED, OUT_OF_SCOPE, QUESTION_PREFIX
from understanding.leaning import Earlier, evidence, in_light, may_change
from understanding.questions import Piece

_FOLDS = 5
_PENALTY = 1e-3
# By how much less than fitted "none of them" may count.
_LESS = (0.0, 0.5, 0.75, 1.0)
# Of the messages that lean on nothing one in three is to be declined.
_OTHERS = {"tuning_single": 1.0, "tuning_out_of_scope": 0.5}


@dataclass(frozen=True)
class Message:
    """What is said behind an answer.

    Attributes:
        kind: "leaning", or the set that it is of.
        right: the facts of which any answers it, empty where none does.
    """

    kind: str
    says: str
    earlier: Earlier
    right: frozenset[str]


@dataclass(frozen=True)
class Case:
    """A message as it is read, and what speaks for each fact and for none.

    Attributes:
        ranked: the facts by both readings.
        seen: float (facts and none, signs).
        right: which of them are right.
    """

    message: Message
    decision: Decision
    alone: Sight
    ranked: list[tuple[str, float]]
    seen: np.ndarray
    right: np.ndarray


def main() -> None:
    """Print the weights and what they are worth."""
    store = load_store(ROOT / "facts")
    trained = Trained()
    messages = _leaning(trained, store)
    messages += _others(trained, store, len(messages))
    signs, cases = _cases(trained, store, messages)
    folds = np.random.default_rng(0).integers(0, _FOLDS, len(cases))
    of_fold = [
        _fit([case for case, of in zip(cases, folds, strict=True) if of != fold])
        for fold in range(_FOLDS)
    ]
    kinds = [(kind, some) for kind in ("leaning", *_OTHERS) for some in (True, False)]
    counted = {
        (kind, some): sum(c.message.kind == kind and bool(c.message.right) == some for c in cases)
        for kind, some in kinds
    }
    columns = [key for key in kinds if counted[key]]
    print("right, and wrongly declined; or where no fact answers: rightly declined")
    print(f"| | {' | '.join(_column(*key, counted[key]) for key in columns)} |")
    print("|---" * (len(columns) + 1) + "|")
    _print_row("alone", columns, cases, [_told(c.decision, c.alone.facts, store) for c in cases])
    none = np.array([sign == "none" for sign in signs])
    for less in _LESS:
        told = [
            _chosen(case, dict(zip(signs, of_fold[fold] - less * none, strict=True)), store)
            for case, fold in zip(cases, folds, strict=True)
        ]
        _print_row(f'in its light, "none" less by {less}', columns, cases, told)
    for name, weight in zip(signs, _fit(cases), strict=True):
        print(f"{name} {weight:.2f}")


def _leaning(trained: Trained, store: FactStore) -> list[Message]:
    """The tuning follow-ups of which the message before gets an answer."""
    follow_ups = read_follow_ups("tuning_follow_up_turns")
    befores = [trained.correct(each.before) for each in follow_ups]
    messages = []
    for each, text, sight in zip(follow_ups, befores, trained.sights(befores), strict=True):
        earlier = _earlier(text, sight, store)
        if earlier:
            right = frozenset(each.answers) - DECLINED
            messages.append(Message("leaning", trained.correct(each.says), earlier, right))
    return messages


def _others(trained: Trained, store: FactStore, count: int) -> list[Message]:
    """Tuning messages behind an answer at random."""
    random = np.random.default_rng(0)
    messages = []
    for name, share in _OTHERS.items():
        questions = read_questions(name)
        for i in random.permutation(len(questions))[: int(share * count)]:
            told = store.facts[str(random.choice(sorted(store.facts)))]
            facts = [fact.id for each in questions[i].intents for fact in store.answering(each)]
            messages.append(
                Message(
                    name,
                    trained.correct(questions[i].text),
                    Earlier(told.answers[0], (told.id,)),
                    frozenset(facts),
                )
            )
    return [each for each in messages if each.right or each.kind == "tuning_out_of_scope"]


def _cases(
    trained: Trained, store: FactStore, messages: Sequence[Message]
) -> tuple[list[str], list[Case]]:
    answers = {fact.id: fact.answers for fact in store.facts.values()}
    says = [each.says for each in messages]
    after = [text_behind(each.says, each.earlier, store) for each in messages]
    sights = trained.sights(says)
    rankings = trained.ranked_in_light(says, after)
    raw = [
        evidence(sight.probabilities, ranked, each.earlier, answers)
        for each, sight, ranked in zip(messages, sights, rankings, strict=True)
    ]
    signs = list(dict.fromkeys(sign for seen in raw for each in seen.values() for sign in each))
    cases = []
    for message, sight, ranked, seen in zip(messages, sights, rankings, raw, strict=True):
        wanted = message.right or {OUT_OF_SCOPE}
        (decision,) = decide(Piece(message.says, sight.probabilities), [], Thresholds())
        rows = np.array([[each.get(sign, 0.0) for sign in signs] for each in seen.values()])
        right = np.array([name in wanted for name in seen])
        cases.append(Case(message, decision, sight, ranked, rows, right))
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
    fitted = [case for case in cases if case.right.any() and may_change(case.decision)]

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


def _chosen(case: Case, weights: Mapping[str, float], store: FactStore) -> set[str]:
    """The facts told with these weights."""
    decision, facts = case.decision, list(case.alone.facts)
    if may_change(decision):
        answers = {fact.id: fact.answers for fact in store.facts.values()}
        likely, earlier = case.alone.probabilities, case.message.earlier
        decision, read = in_light(decision, likely, case.ranked, earlier, answers, weights)
        facts = read or facts
    return _told(decision, facts, store)


def _told(decision: Decision, facts: Sequence[tuple[str, float]], store: FactStore) -> set[str]:
    if not decision.intent.startswith(QUESTION_PREFIX):
        return set()
    return {fact.id for fact in select_facts(store, decision.intent, None, facts).facts}


def _column(kind: str, answered: bool, count: int) -> str:
    return f"{count} {kind}{'' if answered else ', none answers'}"


def _print_row(
    name: str,
    columns: Sequence[tuple[str, bool]],
    cases: Sequence[Case],
    told: Sequence[set[str]],
) -> None:
    """The shares of a way to read, for each kind of messages."""
    shares = []
    for kind, answered in columns:
        of_kind = [
            (case.message.right, facts)
            for case, facts in zip(cases, told, strict=True)
            if case.message.kind == kind and bool(case.message.right) == answered
        ]
        declined = np.mean([not facts for _, facts in of_kind])
        right = np.mean([bool(facts & wanted) for wanted, facts in of_kind])
        shares.append(f"{right:.3f}, {declined:.3f}" if answered else f"{declined:.3f}")
    print(f"| {name} | {' | '.join(shares)} |", flush=True)


if __name__ == "__main__":
    main()
