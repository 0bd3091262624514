"""What is asked and heard: cases, replies, the tracker, and the lifted limits."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
import yaml

from channels.settings import Settings, read_settings
from evaluation.cases import TITLES, judge, read_cases
from evaluation.heard import Understood, heard_of, understood_of
from evaluation.sets import DECLINED, read_dialogues, read_pairs, spread
from evaluation.site import lifted
from evaluation.tracker import understood_by_reply
from knowledge.records import FactStore
from launch.environment import ROOT
from tests.evaluation.turns import heard
from understanding import intents


def test_judge_and_pipeline_decline_the_same_intents() -> None:
    assert intents.DECLINED == DECLINED


def test_every_case_can_be_judged(store: FactStore) -> None:
    sets = read_cases(store, limit=None)
    assert list(sets) == list(TITLES)
    for cases in sets.values():
        turns = [[heard(said=said) for said in case.says] for case in cases]
        verdicts = judge(cases, turns, {"r1": Understood("greet", 0.5)})
        assert len(verdicts) >= len(cases)
        assert {v.heard.understood.intent for v in verdicts} == {"greet"}


def test_pairs_and_dialogues_are_whole() -> None:
    pairs, dialogues = read_pairs("alarms_two_turns"), read_dialogues()
    assert {pair.level for pair in pairs} == {"emergency", "urgent", "crisis", "none"}
    assert all(pair.first.strip() and pair.second.strip() for pair in pairs)
    assert all(len(each.says) == len(each.expects) > 1 for each in dialogues)


@pytest.mark.parametrize(
    ("limit", "kept"), [(None, "abcdef"), (9, "abcdef"), (3, "ace"), (2, "ad"), (1, "a")]
)
def test_a_limit_takes_from_the_whole_list(limit: int | None, kept: str) -> None:
    assert "".join(spread("abcdef", limit)) == kept


def test_a_reply_of_the_channel() -> None:
    payload = {
        "id": "r9", "kind": "answer", "text": "Yes.", "disclaimer": "...",
        "facts": [{"id": "f1", "version": 1}], "suggestions": [{"id": "ask_risks", "title": "?"}],
    }  # fmt: skip
    read = heard_of("well?", payload, 0.2)
    assert (read.reply, read.facts, read.choices) == ("r9", ("f1",), ("ask_risks",))


def test_a_parse_keeps_the_classifiers_best_beside_the_decision() -> None:
    parsed = {
        "intent": {"name": "nlu_fallback", "confidence": 0.1},
        "intent_ranking": [{"name": "ask_risks", "confidence": 0.4}],
        "parts": [{"intent": "clarify"}],
    }
    assert understood_of(parsed) == Understood("nlu_fallback", 0.1, "ask_risks", 0.4, ("clarify",))
    assert understood_of({}) == Understood()
    assert understood_of({"parts": [{"intent": "ask_risks", "nearest": True}]}).nearest
    assert understood_of({"alarm": {"level": "crisis", "in_doubt": True}}).in_doubt


def test_the_tracker_is_read_by_the_replys_id(tmp_path: Path) -> None:
    def bot(reply: str) -> dict[str, object]:
        return {"metadata": {"reply": {"id": reply}}}

    def user(intent: str) -> dict[str, object]:
        return {"parse_data": {"intent": {"name": intent, "confidence": 1.0}}}

    # Two conversations at once, each opened by a welcome that nobody asked for.
    events = [
        ("one", "bot", bot("welcome1")), ("two", "bot", bot("welcome2")),
        ("one", "user", user("greet")), ("two", "user", user("thanks")),
        ("two", "bot", bot("r2")), ("one", "bot", bot("r1")), ("one", "bot", {}),
    ]  # fmt: skip
    database = tmp_path / "c.db"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE events (id INTEGER, sender_id, type_name, data)")
        rows = [(i, s, kind, json.dumps(data)) for i, (s, kind, data) in enumerate(events)]
        connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", rows)
    connection.close()
    found = understood_by_reply(database)
    assert {reply: each.intent for reply, each in found.items()} == {"r1": "greet", "r2": "thanks"}


def test_only_the_limits_on_how_many_are_lifted() -> None:
    configured = yaml.safe_load((ROOT / "credentials.yml").read_text())
    (channel,) = lifted({**configured, "rest": None}).values()
    evaluated, production = read_settings(channel), read_settings(*configured.values())
    changed = {
        name
        for name in Settings.__dataclass_fields__
        if getattr(evaluated, name) != getattr(production, name)
    }
    assert changed == {
        "turns_per_minute",
        "turns_per_minute_per_address",
        "conversations_per_hour_per_address",
    }
