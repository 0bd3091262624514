"""Which fact of the right intent is told: what others than ``understanding/ranking.py`` give.

Run as ``python -m benchmarks.facts``. Takes the vectors from the trained model, trains
one where none fits, and asks the tuning questions, whose best facts were chosen by reading.
Prints the share in which a best fact leads, the same of the questions whose best fact is
the intent's main one, and the share in which a best fact is among those told.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from actions.selection import MAIN_FACT_BONUS, NEAR_TIE
from benchmarks.examples import read_asked
from benchmarks.trained import Trained
from evaluation.sets import Question, read_questions
from knowledge.loader import load_store
from knowledge.records import FactStore
from launch.environment import ROOT
from understanding.ranking import FactRanker

# Scores of all facts, by id, for one question.
Scores = dict[str, float]

_BONUSES, _TIES = (0.0, 0.3, 0.6, 1.0), (0.6, 0.8, 1.0)


def main() -> None:
    """Print the table of ``benchmarks/README.md``."""
    store = load_store(ROOT / "facts")
    reader = Trained().reader
    own = [(question, fact.id) for fact in store.facts.values() for question in fact.questions]
    examples = [(text, fact) for text, fact in read_asked() if fact in store.facts]
    questions = [q for q in read_questions("tuning_single") if q.facts]
    vectors = reader.vectors([q.text for q in questions])
    of_own = reader.vectors([text for text, _ in own])
    of_all = np.vstack([of_own, reader.vectors([text for text, _ in examples])])
    names = [fact for _, fact in own]
    all_names = names + [fact for _, fact in examples]
    half = vectors.shape[1] // 2

    def row(name: str, scores: list[Scores], bonus: float, tie: float) -> None:
        print(f"| {name} | {_figures(store, questions, scores, bonus, tie)} |", flush=True)

    print(f"{len(questions)} questions, {len(own)} of the facts' own, {len(examples)} examples")
    row("nearest two, published", _nearest(of_own[:, :half], names, vectors[:, :half]), 0.04, 0.05)
    row("nearest two, both", _nearest(of_own, names, vectors / 2.0), 0.04, 0.05)
    for name, fitted in (
        ("regression, facts' own questions", _ranked(of_own, names, vectors)),
        ("regression, published", _ranked(of_all[:, :half], all_names, vectors[:, :half])),
        ("regression", _ranked(of_all, all_names, vectors)),
    ):
        row(name, fitted, MAIN_FACT_BONUS, NEAR_TIE)
    for bonus in _BONUSES:
        for tie in _TIES:
            row(f"main fact + {bonus}, told within {tie}", fitted, bonus, tie)


def _nearest(known: np.ndarray, facts: Sequence[str], asked: np.ndarray) -> list[Scores]:
    """Mean cosine of each fact's nearest two questions."""
    cosines = asked @ known.T
    rows = {fact: [i for i, each in enumerate(facts) if each == fact] for fact in set(facts)}
    return [{fact: float(np.sort(row[rows[fact]])[-2:].mean()) for fact in rows} for row in cosines]


def _ranked(known: np.ndarray, facts: Sequence[str], asked: np.ndarray) -> list[Scores]:
    return [dict(ranked) for ranked in FactRanker.fit(known, facts).rank(asked, len(facts))]


def _figures(
    store: FactStore,
    questions: Sequence[Question],
    scores: Sequence[Scores],
    bonus: float,
    tie: float,
) -> str:
    leads, told, counts, main = [], [], [], []
    for question, given in zip(questions, scores, strict=True):
        intent = next(i for i in question.intents if _answers(store, i, question.facts[0]))
        first, *others = [fact.id for fact in store.answering(intent)]
        likely = {fact: given[fact] for fact in (first, *others)}
        if store.facts[first].answers[0] == intent:
            likely[first] += bonus
        ranked = sorted(likely, key=lambda fact: -likely[fact])
        tells = [fact for fact in ranked[:2] if likely[fact] >= likely[ranked[0]] - tie]
        leads.append(ranked[0] in question.facts)
        told.append(bool(set(tells) & set(question.facts)))
        counts.append(len(tells))
        if first in question.facts:
            main.append(ranked[0] == first)
    lead, of_main, among, count = (float(np.mean(each)) for each in (leads, main, told, counts))
    return f"{lead:.3f} | {of_main:.3f} | {among:.3f} with {count:.2f} facts"


def _answers(store: FactStore, intent: str, fact: str) -> bool:
    return intent in store.facts[fact].answers


if __name__ == "__main__":
    main()
