"""The question sets are well formed, and nobody trained on them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain

import pytest
import yaml

from evaluation.sets import (
    DECLINED,
    SETS,
    read_dialogues,
    read_follow_ups,
    read_pairs,
    read_questions,
)
from knowledge.records import FactStore
from launch.environment import ROOT
from understanding.leaning_examples import read_leaning_examples

FOLLOW_UPS = ("follow_up_turns", "tuning_follow_up_turns")
QUESTIONS = (
    "alarms",
    "evaluation_out_of_scope",
    "evaluation_single",
    "evaluation_two",
    "near_misses",
    "tuning_after_alarm",
    "tuning_alarms",
    "tuning_near_misses",
    "tuning_out_of_scope",
    "tuning_single",
    "tuning_two",
)
APART = (*QUESTIONS, *FOLLOW_UPS, "alarms_two_turns", "dialogues")
# Some of their messages stand in the training data too, as some do that only come before
# a follow-up.
NOT_APART = ("tuning_dialogues", "tuning_two_turns")
# Word sets that share this much (Jaccard) are the same question in other words' clothes.
NEAR = 0.8
_LEVELS = {"none", "emergency", "urgent", "crisis"}


def training_lines() -> list[str]:
    nlu = yaml.load((ROOT / "data" / "nlu.yml").read_text(), Loader=yaml.CSafeLoader)["nlu"]
    examples = [line[2:] for item in nlu for line in item["examples"].splitlines()]
    leaning = read_leaning_examples(ROOT / "data" / "leaning.tsv")
    return examples + [text for each in leaning for text in (each.before, each.says)]


def test_every_set_is_named() -> None:
    assert sorted([*APART, *NOT_APART]) == sorted(path.stem for path in SETS.iterdir())


@pytest.mark.parametrize("name", QUESTIONS)
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


class Known:
    """Lines, to be asked which of them share ``NEAR`` of their words with others.

    Two such lines lack few of each other's words, so of one word more than that they share
    at least one. Each line is kept under so many of its rarest words, and only lines that
    are under one of the rarest that are asked for are looked at.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        words_by_line = {line: words_of(line) for line in lines}
        self._counts = Counter(chain.from_iterable(words_by_line.values()))
        self._under: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for line, words in words_by_line.items():
            for word in self._rarest(words):
                self._under[word].append((line, words))

    def near(self, words: frozenset[str]) -> set[str]:
        return {
            line
            for word in self._rarest(words)
            for line, others in self._under.get(word, ())
            if len(words & others) >= NEAR * len(words | others)
        }

    def _rarest(self, words: frozenset[str]) -> list[str]:
        may_lack = len(words) - math.ceil(NEAR * len(words))
        return sorted(words, key=lambda word: (self._counts[word], word))[: may_lack + 1]


def words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


@pytest.fixture(scope="module")
def trained() -> Known:
    return Known(training_lines())


def texts_of(name: str) -> list[str]:
    if name == "dialogues":
        return [text for dialogue in read_dialogues() for text in dialogue.says]
    if name == "alarms_two_turns":
        return [text for pair in read_pairs(name) for text in (pair.first, pair.second)]
    if name in FOLLOW_UPS:
        return [each.says for each in read_follow_ups(name)]
    return [question.text for question in read_questions(name)]


@pytest.mark.parametrize("name", APART)
def test_no_question_is_near_a_training_example(name: str, trained: Known) -> None:
    # One or two words are nobody's own: "driver needed?" may stand in both.
    asked = {text: words for text in texts_of(name) if len(words := words_of(text)) >= 3}
    near = [(text, line) for text in asked for line in trained.near(asked[text])]
    assert not near, near[:10]


def test_near_is_what_shares_four_words_of_five() -> None:
    known = Known(["do I need a driver", "who drives me home", "do I need a nurse at home now"])
    words = words_of("Do I need a driver now?")
    assert known.near(words) == {"do I need a driver"}
    assert not known.near(words | {"please"})
    assert not known.near(words_of("when may I drive home"))
