"""Fit what tells two questions from one: the weights of ``understanding/questions.py``.

Run as ``python -m benchmarks.splits``. Learns from data/nlu.yml as the pipeline does,
finds the best way to cut every tuning question, and fits a logistic regression on
whether the message really holds those questions. Prints the weights, and by
cross-validation how many messages of several questions are fully found and how many
others are split falsely.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from actions.follow_ups import own_questions
from actions.turn import Part, Turn
from benchmarks.examples import read_training_data
from benchmarks.ours import Reader
from evaluation.sets import Question, read_questions
from knowledge.loader import load_store
from knowledge.records import FactStore
from launch.environment import ROOT
from understanding.intents import DECLINED
from understanding.questions import Piece, evidence, questions_of, with_follow_ups
from understanding.questions import Question as Found
from understanding.splitting import cuts

_FOLDS = 10
_THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.4)
_SEVERAL, _SINGLE, _DECLINED = "tuning_two", "tuning_single", "tuning_out_of_scope"


def main() -> None:
    """Print the weights and what they are worth."""
    data = read_training_data()
    store = load_store(ROOT / "facts")
    reader = Reader(data.examples, data)
    features: list[list[float]] = []
    labels: list[bool] = []
    kinds: list[str] = []
    names: list[str] = []
    sets = {kind: read_questions(kind) for kind in (_SEVERAL, _SINGLE, _DECLINED)}
    for kind, questions in sets.items():
        for question in tqdm(questions, leave=False):
            whole, found = _read(reader, question.text)
            if any(each.intent not in DECLINED for each in found):
                seen = evidence(whole, found)
                names = list(seen)
                features.append(list(seen.values()))
                labels.append(kind == _SEVERAL and _holds_all(question, found, store))
                kinds.append(kind)
    sizes = {kind: len(questions) for kind, questions in sets.items()}
    _print_worth(np.array(features), np.array(labels), np.array(kinds), sizes)
    _print_weights(names, np.array(features), np.array(labels))


def _read(reader: Reader, message: str) -> tuple[Piece, tuple[Found, ...]]:
    """The message, and the questions that its pieces ask."""
    text = reader.speller.correct(message)
    parts = cuts(text)
    texts, joints = [text, *(cut.text for cut in parts)], ["", *(cut.joint for cut in parts)]
    whole, *pieces = map(Piece, texts, reader.probabilities(texts), joints)
    return whole, questions_of(whole, pieces)


def _holds_all(question: Question, found: Sequence[Found], store: FactStore) -> bool:
    """Whether every question of the message was found; one refusal is as good as another."""
    asked = {"declined" if intent in DECLINED else intent for intent in question.intents}
    parts = tuple(Part(each.text, each.intent) for each in with_follow_ups(found))
    read = own_questions(Turn(parts), store)
    return asked <= {"declined" if part.intent in DECLINED else part.intent for part in read}


def _print_worth(
    features: np.ndarray, labels: np.ndarray, kinds: np.ndarray, sizes: Mapping[str, int]
) -> None:
    """By cross-validation, what each threshold finds and what it splits falsely."""
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    guessed = cross_val_predict(model, features, labels, cv=folds, method="predict_proba")[:, 1]
    for least in _THRESHOLDS:
        taken = guessed >= least
        split = {kind: (taken & (kinds == kind)).sum() / size for kind, size in sizes.items()}
        print(
            f"from {least:.2f}: all found {(taken & labels).sum() / sizes[_SEVERAL]:.1%}, split"
            f" falsely: single {split[_SINGLE]:.1%}, declined {split[_DECLINED]:.1%}"
        )


def _print_weights(names: Sequence[str], features: np.ndarray, labels: np.ndarray) -> None:
    """The regression on plain features, so that it can be computed without scaling."""
    mean, spread = features.mean(0), features.std(0)
    model = LogisticRegression(max_iter=2000).fit((features - mean) / spread, labels)
    weights = model.coef_[0] / spread
    print(f"offset {model.intercept_[0] - weights @ mean:.2f}")
    for name, weight in zip(names, weights, strict=True):
        print(f"{name} {weight:.2f}")


if __name__ == "__main__":
    main()
