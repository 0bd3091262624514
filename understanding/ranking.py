"""Order the facts of an intent by how close their own questions come."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

# How much closer than the main fact of an intent another one must come to lead,
# and how many of a fact's questions count. Both were chosen on the facts' own
# questions, each left out in turn: benchmarks/README.md.
MAIN_FACT_BONUS = 0.04
NEAREST_QUESTIONS = 2


class FactRanker:
    """Nearest fact by cosine, among the facts that answer the intent.

    The intent's main fact, the first in the store, leads unless another one is
    clearly nearer: most people who ask a plain question want the plain answer.

    Args:
        facts: fact id of each question.
        intents: intents that the fact of each question answers.
        vectors: sentence vector of each question, (questions, dimension),
            each of length one.
    """

    def __init__(
        self, facts: Sequence[str], intents: Sequence[Sequence[str]], vectors: np.ndarray
    ) -> None:
        self._facts = list(facts)
        self._intents = [list(names) for names in intents]
        self._vectors = vectors

    def rank(self, vector: np.ndarray, intent: str | None) -> list[tuple[str, float]]:
        """Facts of the intent with their score, best first; without one, of all intents.

        The score is the mean cosine of the fact's nearest questions, plus the
        bonus for the intent's main fact.
        """
        cosines: dict[str, list[float]] = {}
        for row, names in enumerate(self._intents):
            if intent is None or intent in names:
                cosines.setdefault(self._facts[row], []).append(float(self._vectors[row] @ vector))
        scores = {
            fact: float(np.mean(sorted(values)[-NEAREST_QUESTIONS:]))
            for fact, values in cosines.items()
        }
        main = next((fact for fact in scores if self._is_main(fact, intent)), None)
        if main:
            scores[main] += MAIN_FACT_BONUS
        return sorted(scores.items(), key=lambda item: -item[1])

    def _is_main(self, fact: str, intent: str | None) -> bool:
        return self._intents[self._facts.index(fact)][0] == intent

    def save(self, folder: Path) -> None:
        """Write the vectors and names as plain arrays and JSON."""
        np.save(folder / "questions.npy", self._vectors)
        about = {"facts": self._facts, "intents": self._intents}
        (folder / "questions.json").write_text(json.dumps(about))

    @classmethod
    def load(cls, folder: Path) -> FactRanker:
        """Read what ``save`` wrote."""
        about = json.loads((folder / "questions.json").read_text())
        vectors = np.load(folder / "questions.npy", allow_pickle=False)
        return cls(about["facts"], about["intents"], vectors)
