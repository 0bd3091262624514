"""Okapi BM25 over the examples (Robertson and Zaragoza 2009)."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

from benchmarks.contestant import Examples, Fitted, Guess
from evaluation.sets import DECLINED, QUESTION_PREFIX


def fit(examples: Examples, k1: float = 1.5, b: float = 0.75) -> Fitted:
    """The intent of the example that shares the most telling words."""
    documents = [Counter(text.lower().split()) for text, _ in examples]
    lengths = [sum(document.values()) for document in documents]
    mean = sum(lengths) / len(lengths)
    holding: dict[str, list[int]] = {}
    for i, document in enumerate(documents):
        for word in document:
            holding.setdefault(word, []).append(i)

    def classify(text: str) -> Guess:
        scores: dict[int, float] = {}
        for word in text.lower().split():
            rows = holding.get(word, [])
            idf = math.log(1 + (len(documents) - len(rows) + 0.5) / (len(rows) + 0.5))
            for i in rows:
                count = documents[i][word]
                norm = k1 * (1 - b + b * lengths[i] / mean)
                scores[i] = scores.get(i, 0.0) + idf * count * (k1 + 1) / (count + norm)
        best: dict[str, float] = {}
        for i, score in scores.items():
            best[examples[i][1]] = max(score, best.get(examples[i][1], 0.0))
        asked = {i: s for i, s in best.items() if i.startswith(QUESTION_PREFIX)}
        declined = max((s for i, s in best.items() if i in DECLINED), default=0.0)
        intent = max(asked, key=asked.__getitem__, default="")
        return Guess(intent, declined - asked.get(intent, 0.0))

    def save(folder: Path) -> None:
        # The index is counted anew from the examples in less than a second.
        (folder / "examples.json").write_text(json.dumps(examples))

    return Fitted(classify, save)
