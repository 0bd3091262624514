"""Domain, rules, examples, facts, actions and documentation agree."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import asdict
from typing import Any

import yaml

import actions
from actions.patient_action import PatientAction
from knowledge.records import FactStore
from launch.environment import ROOT
from tests.actions.test_actions import subclasses
from understanding.decision import Thresholds

DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text())
STORIES: dict[str, Any] = yaml.safe_load((ROOT / "data" / "stories.yml").read_text())
_NLU = yaml.load((ROOT / "data" / "nlu.yml").read_text(), Loader=yaml.CSafeLoader)["nlu"]
EXAMPLES: dict[str, list[str]] = {}
for item in _NLU:
    EXAMPLES.setdefault(item["intent"], []).extend(item["examples"].splitlines())
FEWEST_EXAMPLES = 60

for module in pkgutil.iter_modules(actions.__path__):
    importlib.import_module(f"actions.{module.name}")


def rules() -> dict[str, str]:
    return {r["steps"][0]["intent"]: r["steps"][1]["action"] for r in STORIES["rules"]}


def test_every_question_has_facts_a_rule_an_action_and_examples(store: FactStore) -> None:
    for intent in store.questions:
        assert intent in DOMAIN["intents"], intent
        assert rules()[intent] == "action_answer_question", intent
        assert store.answering(intent), intent
        assert len(EXAMPLES[intent]) >= FEWEST_EXAMPLES, intent


def test_every_intent_of_the_domain_is_used(store: FactStore) -> None:
    assert set(DOMAIN["intents"]) == set(EXAMPLES)
    assert set(DOMAIN["intents"]) | {"nlu_fallback"} == set(rules())
    asked = {intent for intent in DOMAIN["intents"] if intent.startswith("ask_")}
    assert asked == set(store.questions)


def test_domain_and_python_have_the_same_actions() -> None:
    written = {action().name() for action in subclasses(PatientAction)}
    assert written == set(DOMAIN["actions"]) == set(rules().values())


def test_every_fact_is_reached_by_an_intent(store: FactStore) -> None:
    for fact in store.facts.values():
        assert set(fact.answers) <= set(DOMAIN["intents"]), fact.id


def test_examples_of_a_fact_are_of_an_intent_that_it_answers(store: FactStore) -> None:
    for item in _NLU:
        for fact in item.get("metadata", {}).get("facts", ()):
            assert fact in store.facts, f"data/nlu.yml: no fact {fact} in facts/; take it out"
            assert item["intent"] in store.facts[fact].answers, (item["intent"], fact)


def test_no_example_stands_twice() -> None:
    seen: dict[str, str] = {}
    for intent, lines in EXAMPLES.items():
        for line in lines:
            plain = " ".join(re.findall(r"\w+", line.lower())) or line
            assert plain not in seen, (line, seen.get(plain), intent)
            seen[plain] = intent


def test_slots_are_memory_that_no_policy_reads() -> None:
    for name, slot in DOMAIN["slots"].items():
        assert slot["influence_conversation"] is False, name


def test_the_readme_names_what_exists() -> None:
    readme = (ROOT / "README.md").read_text()
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for target in re.findall(r"`make ([a-z]+)", readme):
        assert target in targets, target
    for path in re.findall(r"`([a-z_]+/[a-z_./]*|[a-z_]+\.(?:yml|md|toml))`", readme):
        assert (ROOT / path).exists(), path


def test_the_thresholds_of_the_pipeline_are_the_defaults() -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text())["pipeline"]
    (gate,) = (each for each in pipeline if each["name"].endswith(".AnswerGate"))
    # The benchmarks measure with the defaults what the assistant does with the others.
    assert asdict(Thresholds()) == {k: v for k, v in gate.items() if k != "name"}
