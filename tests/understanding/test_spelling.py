"""Misspelled words are mended; true words and contractions are left alone."""

from __future__ import annotations

import pytest

from understanding.spelling import SpellingCorrector

EXAMPLES = [
    "how long is the recovery after the procedure with the balloon and the cement,"
    " exercise for hours"
] * 4
DOMAIN = ["kyphoplasty", "vertebroplasty", "anesthesia", "kypho"]


@pytest.fixture(scope="module")
def corrector() -> SpellingCorrector:
    return SpellingCorrector.from_examples(EXAMPLES, DOMAIN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kifoplasty", "kyphoplasty"),
        ("kyphoplasti", "kyphoplasty"),
        ("vertabroplasty", "vertebroplasty"),
        ("anasthesia", "anesthesia"),
        ("cemment", "cement"),
        ("recovry", "recovery"),
        ("ballon?", "balloon?"),
        ("havent", "haven't"),
        ("hors", "hours"),
        ("exercize", "exercise"),
        ("dont", "don't"),
    ],
)
def test_mended(corrector: SpellingCorrector, typed: str, meant: str) -> None:
    assert corrector.correct(typed) == meant


@pytest.mark.parametrize(
    "word",
    ["typo", "kypho", "horse", "VCF", "L1", "", "it's", "COPD", "paralyzed", "tumor", "favorite"],
)
def test_left_alone(corrector: SpellingCorrector, word: str) -> None:
    assert corrector.correct(word) == word


def test_a_rare_misspelling_in_the_examples_is_no_target() -> None:
    corrector = SpellingCorrector.from_examples([*EXAMPLES, "the recovrey"], DOMAIN)
    assert "recovrey" not in corrector.targets


def test_a_common_misspelling_of_a_domain_word_is_no_true_word() -> None:
    corrector = SpellingCorrector.from_examples(["the kifoplasty meds"] * 9, DOMAIN)
    assert corrector.correct("kifoplasty meds") == "kyphoplasty meds"
