"""Rasa's tracker becomes a typed turn."""

from __future__ import annotations

import pytest

from actions.turn import Turn

PARTS = [
    {"text": "is kypho safe", "intent": "ask_safety", "choices": [], "facts": [["a", 0.9]]},
    {"text": "when can I walk", "intent": "ask_walking", "choices": [], "facts": []},
]


def test_parts_procedures_and_memory() -> None:
    message = {
        "text": "is kypho safe and when can I walk",
        "intent": {"name": "ask_safety"},
        "entities": [{"entity": "procedure", "value": "kyphoplasty"}],
        "parts": PARTS,
        "intent_ranking": [
            {"name": "ask_safety", "confidence": 0.6},
            {"name": "greet", "confidence": 0.2},
            {"name": "ask_risks", "confidence": 0.1},
        ],
    }
    slots = {"procedure": "vertebroplasty", "shown_facts": ["x", "y"], "told_last": ["y"]}
    turn = Turn.from_tracker(message, slots)
    assert [part.intent for part in turn.parts] == ["ask_safety", "ask_walking"]
    assert turn.parts[0].ranking == (("a", 0.9),)
    assert turn.named == ("kyphoplasty",)
    assert (turn.procedure, turn.shown) == ("vertebroplasty", ("x", "y"))
    assert turn.told_last == ("y",)
    assert turn.runners_up == ("ask_risks",)


@pytest.mark.parametrize(
    ("rules", "by_rules"), [(["learned"], False), (["suicide"], True), (["a", "b"], True)]
)
def test_who_heard_an_alarm(rules: list[str], by_rules: bool) -> None:
    message = {"text": "x", "alarm": {"level": "crisis", "rules": rules}}
    turn = Turn.from_tracker(message, {})
    assert (turn.alarm, turn.alarm_by_rules) == ("crisis", by_rules)


def test_each_part_keeps_the_procedure_it_names() -> None:
    message = {
        "text": "is kypho safe and does vertebroplasty hurt",
        "intent": {"name": "ask_safety"},
        "entities": [
            {"entity": "procedure", "value": "kyphoplasty", "text": "kypho"},
            {"entity": "procedure", "value": "vertebroplasty"},
        ],
        "parts": [
            {"text": "is kypho safe", "intent": "ask_safety"},
            {"text": "does vertebroplasty hurt", "intent": "ask_procedure_pain"},
        ],
    }
    turn = Turn.from_tracker(message, {})
    assert [part.procedures for part in turn.parts] == [("kyphoplasty",), ("vertebroplasty",)]


def test_a_pressed_choice_has_no_parts() -> None:
    turn = Turn.from_tracker({"text": "/ask_walking", "intent": {"name": "ask_walking"}}, {})
    assert turn.parts[0].intent == "ask_walking"
