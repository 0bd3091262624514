"""How each word of a message is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.moods import with_moods

MARKED = {
    "No fever. Is it bad?": "F_no N_fever Q_is Q_it Q_bad",
    "denies numbness, feet cold": "F_denies N_numbness F_feet F_cold",
    "No pain but my feet are numb": "F_no N_pain F_my F_feet F_are F_numb",
    "my legs won't move": "F_my F_legs F_won't N_move",
    "I had numb toes in 1998": "P_i P_had P_numb P_toes P_in P_1998",
    "can my feet go numb": "Q_can Q_my Q_feet Q_go Q_numb",
    "": "",
}


@pytest.mark.parametrize("text", MARKED)
def test_each_word_is_marked(text: str) -> None:
    assert with_moods(text) == MARKED[text]


@given(st.text(max_size=100))
def test_any_text_can_be_marked(text: str) -> None:
    assert all(
        word.partition("_")[0] in {"F", "N", "Q", "P", "NQ", "NP", "QP", "NQP"}
        for word in with_moods(text).split()
    )
