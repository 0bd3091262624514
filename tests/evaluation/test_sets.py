"""The question sets are well formed, and nobody trained on them."""

from __future__ import annotations

import re

import numpy as np
import pytest
import yaml
from sklearn.feature_extraction.text import CountVectorizer

from evaluation.sets import SETS, read_questions
from launch.environment import ROOT

NAMES = sorted(path.stem for path in SETS.glob("*_*.tsv") if "turns" not in path.stem)
# Word sets that share this much (Jaccard) are the same question in other words' clothes.
NEAR = 0.8
_LEVELS = {"none", "emergency", "urgent", "crisis"}


def training_lines() -> list[str]:
    nlu = yaml.load((ROOT / "data" / "nlu.yml").read_text(), Loader=yaml.CSafeLoader)["nlu"]
    return [line[2:] for item in nlu for line in item["examples"].splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_intents_are_those_of_the_domain(name: str) -> None:
    known = set(yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]) | _LEVELS
    for question in read_questions(name):
        assert question.text.strip()
        assert set(question.intents) <= known, question


@pytest.mark.parametrize("name", NAMES)
def test_no_question_is_near_a_training_example(name: str) -> None:
    trained, asked = training_lines(), [question.text for question in read_questions(name)]
    words = CountVectorizer(binary=True, token_pattern=r"(?u)\b\w+\b", dtype=np.int32)
    of_trained = words.fit_transform(trained)
    of_asked = words.transform(asked)
    shared = (of_asked @ of_trained.T).toarray()
    sizes = [len(set(re.findall(r"\w+", text.lower()))) for text in asked]
    union = np.array(sizes)[:, None] + of_trained.sum(axis=1).A1[None, :] - shared
    jaccard = shared / np.maximum(union, 1)
    # One or two words are nobody's own: "driver needed?" may stand in both.
    long_enough = np.array(sizes) >= 3
    near = [
        (asked[i], trained[int(jaccard[i].argmax())])
        for i in np.flatnonzero((jaccard.max(axis=1) >= NEAR) & long_enough)
    ]
    assert not near, near[:10]
