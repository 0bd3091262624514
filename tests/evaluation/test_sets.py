"""The question sets are well formed, and nobody trained on them."""

from __future__ import annotations

import numpy as np
import pytest
import yaml
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from evaluation.sets import DECLINED, SETS, read_follow_ups, read_questions
from knowledge.records import FactStore
from launch.environment import ROOT
from understanding.leaning_examples import read_leaning_examples

FOLLOW_UPS = ("follow_up_turns", "tuning_follow_up_turns")
NAMES = sorted(path.stem for path in SETS.glob("*_*.tsv") if "turns" not in path.stem)
# Word sets that share this much (Jaccard) are the same question in other words' clothes.
NEAR = 0.8
# So many at a time: the table of these by all training examples stays small.
_AT_ONCE = 200
_LEVELS = {"none", "emergency", "urgent", "crisis"}


def training_lines() -> list[str]:
    nlu = yaml.load((ROOT / "data" / "nlu.yml").read_text(), Loader=yaml.CSafeLoader)["nlu"]
    examples = [line[2:] for item in nlu for line in item["examples"].splitlines()]
    leaning = read_leaning_examples(ROOT / "data" / "leaning.tsv")
    return examples + [text for each in leaning for text in (each.before, each.says)]


@pytest.mark.parametrize("name", NAMES)
def test_intents_are_those_of_the_domain(name: str) -> None:
    known = set(yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]) | _LEVELS
    for question in read_questions(name):
        assert question.text.strip()
        assert set(question.intents) <= known, question


@pytest.mark.parametrize("name", ["tuning_single", "evaluation_single"])
def test_best_facts_answer_the_question(name: str, store: FactStore) -> None:
    labelled = [question for question in read_questions(name) if question.facts]
    assert len(labelled) > 500
    for question in labelled:
        for fact in question.facts:
            assert set(store.facts[fact].answers) & set(question.intents), (fact, question)


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_what_answers_a_follow_up_is_in_the_store(name: str, store: FactStore) -> None:
    for each in read_follow_ups(name):
        assert each.before.strip() and each.says.strip()
        declined = set(each.answers) & DECLINED
        assert len(each.answers) == 1 if declined else set(each.answers) <= set(store.facts), each


@pytest.fixture(scope="module")
def trained() -> tuple[list[str], CountVectorizer, csr_matrix]:
    lines = training_lines()
    words = CountVectorizer(binary=True, token_pattern=r"(?u)\b\w+\b", dtype=np.float32)
    return lines, words, words.fit_transform(lines)


@pytest.mark.parametrize("name", [*NAMES, *FOLLOW_UPS])
def test_no_question_is_near_a_training_example(
    name: str, trained: tuple[list[str], CountVectorizer, csr_matrix]
) -> None:
    lines, words, of_trained = trained
    words_of = words.build_analyzer()
    # One or two words are nobody's own: "driver needed?" may stand in both.
    texts = (
        [each.says for each in read_follow_ups(name)]
        if name in FOLLOW_UPS
        else [question.text for question in read_questions(name)]
    )
    asked = [text for text in texts if len(set(words_of(text))) >= 3]
    in_trained = of_trained.sum(axis=1).A1
    near = []
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        shared = (words.transform(some) @ of_trained.T).toarray()
        both = np.array([len(set(words_of(text))) for text in some])[:, None] + in_trained
        rows, columns = np.nonzero(shared >= NEAR * (both - shared))
        near += [(some[i], lines[j]) for i, j in zip(rows, columns, strict=True)]
    assert not near, near[:10]
