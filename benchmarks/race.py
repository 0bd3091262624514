"""Measure every contestant: one test set, one machine, one process each.

Stock Rasa's DIET takes most of an hour on all examples, so each method is measured on
the first examples of each intent, and all but DIET on everything too. All were taught
the intents to decline with the same examples; out of scope is scored as the area under
the ROC curve of what each has for them: probability, cosine or BM25 score, the latter
two less that of the best question. Training ends when the contestant can answer, so it
includes its start; the peak of the memory covers training and answering.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from benchmarks import bm25, in_rasa, nearest, ours
from benchmarks.contestant import Examples, Fitted
from benchmarks.examples import TrainingData, first_of_each, read_training_data
from benchmarks.memory import ended_children_peak_mb, peak_mb
from evaluation.sets import QUESTION_PREFIX, Question, read_questions, spread
from launch.environment import CACHE, ROOT, process_environment
from understanding.encoder import default_model_folder

PER_INTENT = 12

_Fit = Callable[[Examples, TrainingData], Fitted]


def _methods() -> dict[str, tuple[_Fit, int | None]]:
    """By name: how to train it, and on how many examples of each intent."""
    few = {
        "stock Rasa (DIET)": lambda some, _: in_rasa.fit_stock(some),
        "BM25": lambda some, _: bm25.fit(some),
        "nearest neighbor": lambda some, _: nearest.fit(some),
        "ours": ours.fit,
    }
    methods: dict[str, tuple[_Fit, int | None]] = {
        f"{name}, {PER_INTENT} an intent": (fit, PER_INTENT) for name, fit in few.items()
    }
    for name in ("BM25", "nearest neighbor", "ours"):
        methods[f"{name}, all examples"] = (few[name], None)
    methods["ours in Rasa, all examples"] = (lambda *_: in_rasa.fit_ours(), None)
    return methods


METHODS = _methods()


@dataclass(frozen=True)
class Measured:
    """Figures of one contestant.

    Attributes:
        right: share of the questions whose best question intent is right.
        auroc: how well out of scope is told from in scope, 0.5 for not at all.
        peak_mb: of memory; None where the system does not tell.
    """

    name: str
    right: float
    auroc: float
    train_s: float
    p50_ms: float
    p95_ms: float
    peak_mb: float | None
    disk_mb: float


def race(limit: int | None) -> list[Measured]:
    """Figures of all contestants, with a progress bar.

    Args:
        limit: questions of each set, None for all.
    """
    with (CACHE / "peers.log").open("w") as log, tqdm(METHODS, unit="peer") as bar:
        return [_apart(name, limit, bar, log.fileno()) for name in bar]


def _apart(name: str, limit: int | None, bar: tqdm[str], log: int) -> Measured:
    bar.set_description(name)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "benchmarks.race", name, "--out", str(out)]
        command += ["--limit", str(limit)] if limit else []
        ended = subprocess.run(
            command, cwd=ROOT, env=process_environment(0), stdout=log, stderr=log
        )
        if ended.returncode:
            raise SystemExit(f"'{name}' could not be measured; see .cache/peers.log.")
        return Measured(**json.loads(out.read_text()))


def measure(
    name: str, fit: Callable[[], Fitted], inside: Sequence[Question], outside: Sequence[Question]
) -> Measured:
    """Train, ask everything, and weigh what is left on the disk."""
    started = time.perf_counter()
    fitted = fit()
    trained = time.perf_counter() - started
    times, guesses = [], []
    for question in (*inside, *outside):
        started = time.perf_counter()
        guesses.append(fitted.classify(question.text))
        times.append(1000 * (time.perf_counter() - started))
    right = sum(guess.intent in q.intents for guess, q in zip(guesses, inside, strict=False))
    truth = [0] * len(inside) + [1] * len(outside)
    own = peak_mb()
    return Measured(
        name=name,
        right=right / len(inside),
        auroc=float(roc_auc_score(truth, [guess.outness for guess in guesses])),
        train_s=trained,
        p50_ms=float(np.quantile(times, 0.5)),
        p95_ms=float(np.quantile(times, 0.95)),
        peak_mb=None if own is None else max(own, ended_children_peak_mb()),
        disk_mb=_disk_mb(fitted),
    )


def _disk_mb(fitted: Fitted) -> float:
    with tempfile.TemporaryDirectory() as folder:
        fitted.save(Path(folder))
        places = [Path(folder), *([default_model_folder()] if fitted.uses_encoder else [])]
        files = [path for place in places for path in place.rglob("*") if path.is_file()]
        return sum(path.stat().st_size for path in files) / 2**20


def main() -> int:
    """Measure one contestant in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=METHODS)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    fit, per_intent = METHODS[given.name]
    data = read_training_data()
    examples = first_of_each(data.examples, per_intent) if per_intent else data.examples
    single = read_questions("evaluation_single")
    inside = [q for q in single if q.intents[0].startswith(QUESTION_PREFIX)]
    measured = measure(
        given.name,
        partial(fit, examples, data),
        spread(inside, given.limit),
        spread(read_questions("evaluation_out_of_scope"), given.limit),
    )
    given.out.write_text(json.dumps(asdict(measured)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
