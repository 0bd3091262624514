"""Another language is told from rough English."""

from __future__ import annotations

import pytest

from understanding.language import other_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("¿Cuánto dura la recuperación?", "es"),
        ("mi mama necesita ayuda", "es"),
        ("gracias, cuanto tiempo dura", "es"),
        ("cuando puedo caminar", "es"),
        ("Wie lange dauert die Operation", "de"),
        ("Combien de temps dure l'opération?", "fr"),
        ("手术需要多长时间", "zh"),
        ("больно ли это", "ru"),
        ("masakit ba ang operasyon", "tl"),
        ("czy to boli", "pl"),
    ],
)
def test_named(text: str, code: str) -> None:
    assert other_language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "wich works beter kypoplasty or verteboplasty",
        "s/p T12 kypho, PACU LOS?",
        "is ther alot of xray in kifoplasty",
        "naïve question: does it hurt?",
        "gracias dear, how long does it take",
        "the dura is torn, mucho pain in the espalda",
        "asdf jkl",
        "did anyone die? could she die",
        "unable to tolerate PO meds post VP",
        "la la la la",
        "🙂",
        "",
    ],
)
def test_english_or_unclear(text: str) -> None:
    assert other_language(text) is None
