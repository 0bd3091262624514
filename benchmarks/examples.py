"""The training data as the contestants take it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import yaml

from benchmarks.contestant import Examples
from launch.environment import ROOT

# Lookup tables that the pipeline's classifier takes as markers; see config.yml.
_MARKERS = ("drug", "other_treatment")


@dataclass(frozen=True)
class TrainingData:
    """Examples with their intents, words of the domain, and the marker tables."""

    examples: Examples
    words: list[str]
    markers: dict[str, list[str]]


def read_training_data() -> TrainingData:
    """What ``data/nlu.yml`` and ``data/entities.yml`` hold."""
    examples = [
        (line[2:], item["intent"]) for item in _nlu() for line in item["examples"].splitlines()
    ]
    entities = yaml.safe_load((ROOT / "data" / "entities.yml").read_text())["nlu"]
    tables = {
        item["lookup"]: [line[2:] for line in item["examples"].splitlines()]
        for item in entities
        if "lookup" in item
    }
    words = [word for terms in tables.values() for term in terms for word in term.split()]
    return TrainingData(examples, words, {name: tables[name] for name in _MARKERS})


def read_asked() -> list[tuple[str, str]]:
    """The examples that say which fact answers them, once with each such fact."""
    return [
        (line[2:], fact)
        for item in _nlu()
        for fact in item.get("metadata", {}).get("facts", ())
        for line in item["examples"].splitlines()
    ]


def _nlu() -> list[dict[str, Any]]:
    text = (ROOT / "data" / "nlu.yml").read_text()
    items: list[dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)["nlu"]
    return items


def first_of_each(examples: Examples, count: int) -> Examples:
    """The first examples of every intent."""
    seen: Counter[str] = Counter()
    kept = []
    for text, intent in examples:
        seen[intent] += 1
        if seen[intent] <= count:
            kept.append((text, intent))
    return kept
