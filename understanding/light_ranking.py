"""Learn which fact a message asks for after the answer before it, by two readings of it.

It learns of leaning examples, and of messages that mean the same whatever was answered
before, which stand behind a fact at random. What it gives is in benchmarks/README.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from understanding.encoder import Encode
from understanding.intents import DECLINED, OUT_OF_SCOPE
from understanding.leaning import behind
from understanding.leaning_examples import LeaningExample
from understanding.ranking import FactRanker

# Leaning examples count three times: of a fact there are fewer of them than of questions of
# their own, of which so many of each fact are looked at.
_WEIGHT_OF_LEANING = 3
_MOST_OF_A_FACT, _MOST_DECLINED = 25, 1500


def fit_in_light(
    encode: Encode,
    facts: FactRanker,
    questions: Mapping[str, str],
    leaning: Sequence[LeaningExample],
    asked: Sequence[tuple[str, str]],
    declined: Sequence[str],
    seed: int = 0,
) -> FactRanker:
    """A ranker of facts, and of ``out_of_scope``, by ``two_readings``.

    Args:
        encode: gives the vectors that ``two_readings`` takes.
        facts: ranks by a message alone; the likeliest fact is what an example's first
            message is taken to have been told.
        questions: of each fact, the question that stands for it. Examples of other facts
            teach nothing.
        asked: questions of their own and the fact that answers each.
        declined: messages that no fact answers.
        seed: of the facts at random.
    """
    random = np.random.default_rng(seed)
    told = facts.rank(encode([each.before for each in leaning]), 1)
    pairs = [
        (fact, each.says, OUT_OF_SCOPE if answer in DECLINED else answer)
        for each, ((fact, _),) in zip(leaning, told, strict=True)
        for answer in each.answers
        if answer in DECLINED or answer in questions
    ]
    clear = _some_of_each(asked, random)
    some = random.permutation(len(declined))[:_MOST_DECLINED]
    clear += [(declined[i], OUT_OF_SCOPE) for i in some]
    others = random.choice(sorted(questions), len(clear))
    examples = pairs + [(str(other), *each) for other, each in zip(others, clear, strict=True)]
    vectors = two_readings(
        encode([text for _, text, _ in examples]),
        encode([behind(questions[fact], text) for fact, text, _ in examples]),
    )
    counts = np.repeat([_WEIGHT_OF_LEANING, 1], [len(pairs), len(clear)])
    return FactRanker.fit(vectors, [fact for _, _, fact in examples], counts)


def _some_of_each(
    asked: Sequence[tuple[str, str]], random: np.random.Generator
) -> list[tuple[str, str]]:
    """At most so many questions of each fact, at random."""
    taken: Counter[str] = Counter()
    some = []
    for i in random.permutation(len(asked)):
        text, fact = asked[i]
        taken[fact] += 1
        if taken[fact] <= _MOST_OF_A_FACT:
            some.append((text, fact))
    return some


def two_readings(alone: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Vectors of messages, float32 (texts, dimension), beside those of the same behind a
    question, as float32 (texts, 2 * dimension).
    """
    return np.hstack([alone, after])
