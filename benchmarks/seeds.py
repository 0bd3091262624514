"""``python -m benchmarks.seeds``: what the seed of the fine-tuning changes.

Told of the tuning questions with the thresholds of ``Thresholds``: the share that gets
the right intent and is not declined, what is declined wrongly and rightly, and of alarms
and near misses those that the detector takes for an alarm.
"""

from __future__ import annotations

import numpy as np

from benchmarks.examples import read_training_data
from benchmarks.ours import Reader
from evaluation.sets import read_questions
from understanding.decision import Thresholds
from understanding.intents import DECLINED, RED_FLAG_PREFIX

_SEEDS = (0, 1, 2)


def main() -> None:
    """Print a line for each seed."""
    data = read_training_data()
    print("seed  right  wrongly declined  declined  alarms  near misses")
    for seed in _SEEDS:
        shares = _shares(Reader(data.examples, data, seed))
        print(f"{seed}  {'  '.join(f'{share:.3f}' for share in shares)}", flush=True)


def _shares(reader: Reader) -> list[float]:
    names = np.array(reader.reader.labels)
    declines = np.isin(names, list(DECLINED))
    alarms = np.char.startswith(names, RED_FLAG_PREFIX)
    limits = Thresholds()

    def rows(name: str) -> np.ndarray:
        texts = [reader.speller.correct(question.text) for question in read_questions(name)]
        return reader.reader.read(texts).probabilities

    def declined(found: np.ndarray) -> np.ndarray:
        return found[:, declines].sum(axis=1) > limits.out_of_scope

    def alarmed(name: str) -> float:
        return float((rows(name)[:, alarms].sum(axis=1) >= limits.alarm).mean())

    single = rows("tuning_single")
    best = names[np.where(declines | alarms, 0.0, single).argmax(axis=1)]
    asked = [question.intents for question in read_questions("tuning_single")]
    hits = np.array([intent in intents for intent, intents in zip(best, asked, strict=True)])
    return [
        float((hits & ~declined(single)).mean()),
        float(declined(single).mean()),
        float(declined(rows("tuning_out_of_scope")).mean()),
        alarmed("tuning_alarms"),
        alarmed("tuning_near_misses"),
    ]


if __name__ == "__main__":
    main()
