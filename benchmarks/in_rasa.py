"""Contestants that Rasa's own command line trains: the stock pipeline, and ours."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from benchmarks.contestant import Examples, Fitted, Guess, guess_of
from launch.environment import ROOT, process_environment

# What "rasa init" gives, without the policies and the fallback threshold.
_STOCK = """
recipe: default.v1
language: en
assistant_id: stock
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: 100
    constrain_similarities: true
policies: []
"""


def fit_stock(examples: Examples) -> Fitted:
    """Rasa's default NLU pipeline on the examples."""
    folder = Path(tempfile.mkdtemp(prefix="stock-"))
    (folder / "config.yml").write_text(_STOCK)
    by_intent: dict[str, list[str]] = {}
    for text, intent in examples:
        by_intent.setdefault(intent, []).append(text)
    nlu = [
        {"intent": intent, "examples": "".join(f"- {t}\n" for t in texts)}
        for intent, texts in by_intent.items()
    ]
    (folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}))
    return _train(folder, folder, ["-c", "config.yml", "-u", "nlu.yml"])


def fit_ours() -> Fitted:
    """Our whole pipeline on all data, red flags, splitting and fact ranking with it."""
    folder = Path(tempfile.mkdtemp(prefix="ours-"))
    fitted = _train(ROOT, folder, ["-c", "config.yml", "-u", "data", "-d", "domain.yml"])
    return Fitted(fitted.classify, fitted.save, uses_encoder=True)


def _train(project: Path, folder: Path, arguments: list[str]) -> Fitted:
    environment = process_environment(0)
    # A cache of its own, or a part that was trained before would not be trained again.
    environment["RASA_CACHE_DIRECTORY"] = str(folder / "cache")
    subprocess.run(
        [sys.executable, "-m", "rasa", "train", "nlu", *arguments, "--out", str(folder)],
        cwd=project,
        env=environment,
        check=True,
    )
    model = next(folder.glob("*.tar.gz"))
    parse = parser_of(model)

    def classify(text: str) -> Guess:
        ranking = parse(text)["intent_ranking"]
        return guess_of((each["name"], each["confidence"]) for each in ranking)

    def save(into: Path) -> None:
        shutil.copy(model, into)
        shutil.rmtree(folder)

    return Fitted(classify, save)


def parser_of(model: Path) -> Callable[[str], dict[str, Any]]:
    """What Rasa's NLU makes of a text, by a trained model, in this process."""
    os.environ.update(process_environment(0))
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    # Or every message would stand in the log, and its writing in the latency.
    configure_structlog(logging.ERROR)
    agent = Agent.load(model)
    loop = asyncio.new_event_loop()

    def parse(text: str) -> dict[str, Any]:
        return dict(loop.run_until_complete(agent.parse_message(text)))

    return parse
