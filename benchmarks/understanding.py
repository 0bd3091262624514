"""``make bench``: intent accuracy beside stock Rasa, BM25 and nearest neighbor.

One run, one test set, one machine. Stock Rasa's DIET takes most of an hour on all
examples, so it is measured on the first ``--per-intent`` examples of each intent,
and ours is measured both on the same and on all. Out of scope is scored as the
area under the ROC curve: stock and nearest neighbor by one minus their own
confidence, ours by the probability of the declined intents.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.metrics import roc_auc_score

from evaluation.sets import Question, read_questions
from launch.environment import ROOT, process_environment
from understanding.classifier import IntentClassifier
from understanding.decision import DECLINED
from understanding.encoder import default_model_folder, shared_encoder
from understanding.spelling import SpellingCorrector

Examples = list[tuple[str, str]]
# text -> (intent, how far out of scope it is)
Classify = Callable[[str], tuple[str, float]]

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


def main() -> int:
    """Print the table and write ``benchmarks/understanding.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-intent", type=int, default=12)
    given = parser.parse_args()
    everything, domain_words, markers = read_training_data()
    few = first_of_each(everything, given.per_intent)
    inside = [q for q in read_questions("evaluation_single") if q.intents[0].startswith("ask_")]
    outside = read_questions("evaluation_out_of_scope")
    rows: list[dict[str, Any]] = []
    contestants: list[tuple[str, Callable[[], Classify]]] = [
        (f"stock Rasa (DIET), {given.per_intent} an intent", lambda: stock(few)),
        (f"BM25, {given.per_intent} an intent", lambda: bm25(few)),
        ("BM25, all examples", lambda: bm25(everything)),
        ("nearest neighbor, all examples", lambda: nearest(everything)),
        (f"ours, {given.per_intent} an intent", lambda: ours(few, domain_words, markers)),
        ("ours, all examples", lambda: ours(everything, domain_words, markers)),
    ]
    for name, fit in contestants:
        print(f"... {name}", file=sys.stderr, flush=True)
        started = time.perf_counter()
        classify = fit()
        rows.append({"name": name, "train_s": time.perf_counter() - started})
        rows[-1].update(measure(classify, inside, outside))
    print(f"{len(inside)} questions in scope, {len(outside)} out of scope")
    print(f"{'':36}{'right':>7}{'AUROC':>7}{'train s':>9}{'p50 ms':>8}{'p95 ms':>8}{'peak MB':>9}")
    for row in rows:
        print(
            f"{row['name']:36}{row['right']:7.3f}{row['auroc']:7.3f}{row['train_s']:9.1f}"
            f"{row['p50_ms']:8.1f}{row['p95_ms']:8.1f}{row['peak_mb']:9.0f}"
        )
    (ROOT / "benchmarks" / "understanding.json").write_text(json.dumps(rows, indent=1) + "\n")
    return 0


def measure(
    classify: Classify, inside: Sequence[Question], outside: Sequence[Question]
) -> dict[str, float]:
    """Share right, AUROC of out of scope, latency, and this process's peak memory so far."""
    times, right, scores = [], 0, []
    for question in (*inside, *outside):
        started = time.perf_counter()
        intent, outness = classify(question.text)
        times.append(1000 * (time.perf_counter() - started))
        right += intent in question.intents and intent.startswith("ask_")
        scores.append(outness)
    truth = [0] * len(inside) + [1] * len(outside)
    return {
        "right": right / len(inside),
        "auroc": float(roc_auc_score(truth, scores)),
        "p50_ms": float(np.quantile(times, 0.5)),
        "p95_ms": float(np.quantile(times, 0.95)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def read_training_data() -> tuple[Examples, list[str], dict[str, list[str]]]:
    """Examples, words of the domain, and the marker tables."""
    nlu = yaml.load((ROOT / "data" / "nlu.yml").read_text(), Loader=yaml.CSafeLoader)["nlu"]
    examples = [(li[2:], item["intent"]) for item in nlu for li in item["examples"].splitlines()]
    entities = yaml.safe_load((ROOT / "data" / "entities.yml").read_text())["nlu"]
    tables = {
        item["lookup"]: [line[2:] for line in item["examples"].splitlines()]
        for item in entities
        if "lookup" in item
    }
    words = [word for terms in tables.values() for term in terms for word in term.split()]
    return examples, words, {name: tables[name] for name in ("drug", "other_treatment")}


def first_of_each(examples: Examples, count: int) -> Examples:
    """The first examples of every intent."""
    seen: Counter[str] = Counter()
    kept = []
    for text, intent in examples:
        seen[intent] += 1
        if seen[intent] <= count:
            kept.append((text, intent))
    return kept


def ours(examples: Examples, words: list[str], markers: dict[str, list[str]]) -> Classify:
    """Speller, encoder and classifier as the pipeline has them."""
    speller = SpellingCorrector.from_examples([text for text, _ in examples], words)
    texts = [speller.correct(text) for text, _ in examples]
    encoder = shared_encoder(default_model_folder())
    classifier = IntentClassifier(markers=markers)
    classifier.fit(texts, encoder.encode(texts), [intent for _, intent in examples])
    declined = [i for i, label in enumerate(classifier.labels) if label in DECLINED]
    asked = [i for i, label in enumerate(classifier.labels) if label not in DECLINED]

    def classify(text: str) -> tuple[str, float]:
        corrected = speller.correct(text)
        row = classifier.predict_proba([corrected], encoder.encode([corrected]))[0]
        return classifier.labels[max(asked, key=lambda i: row[i])], float(row[declined].sum())

    return classify


def nearest(examples: Examples) -> Classify:
    """Intent of the nearest example by the same encoder."""
    encoder = shared_encoder(default_model_folder())
    vectors = encoder.encode([text for text, _ in examples])

    def classify(text: str) -> tuple[str, float]:
        cosines = vectors @ encoder.encode([text])[0]
        best = int(cosines.argmax())
        return examples[best][1], 1.0 - float(cosines[best])

    return classify


def bm25(examples: Examples, k1: float = 1.5, b: float = 0.75) -> Classify:
    """Okapi BM25 over the examples (Robertson and Zaragoza 2009)."""
    documents = [Counter(text.lower().split()) for text, _ in examples]
    lengths = [sum(document.values()) for document in documents]
    mean = sum(lengths) / len(lengths)
    holding: dict[str, list[int]] = {}
    for i, document in enumerate(documents):
        for word in document:
            holding.setdefault(word, []).append(i)

    def classify(text: str) -> tuple[str, float]:
        scores: dict[int, float] = {}
        for word in text.lower().split():
            rows = holding.get(word, [])
            idf = math.log(1 + (len(documents) - len(rows) + 0.5) / (len(rows) + 0.5))
            for i in rows:
                count = documents[i][word]
                norm = k1 * (1 - b + b * lengths[i] / mean)
                scores[i] = scores.get(i, 0.0) + idf * count * (k1 + 1) / (count + norm)
        if not scores:
            return "", 0.0
        best, score = max(scores.items(), key=lambda item: item[1])
        return examples[best][1], -score

    return classify


def stock(examples: Examples) -> Classify:
    """Rasa's default NLU pipeline, trained by its own command line."""
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
    subprocess.run(
        [sys.executable, "-m", "rasa", "train", "nlu", "-c", "config.yml", "-u", "nlu.yml"],
        cwd=folder,
        env=process_environment(0),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.environ.update(process_environment(0))
    from rasa.core.agent import Agent

    agent = Agent.load(next((folder / "models").glob("*.tar.gz")))
    loop = asyncio.new_event_loop()

    def classify(text: str) -> tuple[str, float]:
        intent = loop.run_until_complete(agent.parse_message(text))["intent"]
        return intent["name"] or "", 1.0 - float(intent["confidence"])

    return classify


if __name__ == "__main__":
    sys.exit(main())
