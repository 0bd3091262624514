"""What the trained model reads, apart from Rasa."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.examples import read_training_data
from launch.model import ensure_model
from nlu_components.intent_classifier import FACTS_FILE, FACTS_IN_LIGHT_FILE, MOST_FACTS
from understanding.encoder import default_model_folder
from understanding.light_ranking import two_readings
from understanding.ranking import FactRanker
from understanding.reader import IntentReader
from understanding.spelling import SpellingCorrector

_COMPONENT = "SentenceIntentClassifier"


@dataclass(frozen=True)
class Sight:
    """What is seen of a text.

    Attributes:
        probabilities: of each intent.
        facts: the likeliest ones with the logarithm of their probability, best first.
    """

    probabilities: Mapping[str, float]
    facts: Sequence[tuple[str, float]]


class Trained:
    """Spelling, intents and facts of the model that fits the data, trained where none does."""

    def __init__(self) -> None:
        data = read_training_data()
        examples = [text for text, _ in data.examples]
        self._speller = SpellingCorrector.from_examples(examples, data.words)
        with tempfile.TemporaryDirectory() as folder, tarfile.open(ensure_model()) as archive:
            archive.extractall(folder)
            (found,) = Path(folder).glob(f"components/*{_COMPONENT}*")
            self.reader = IntentReader.load(found, default_model_folder())
            self._ranker = FactRanker.load(found, FACTS_FILE)
            self._ranker_in_light = FactRanker.load(found, FACTS_IN_LIGHT_FILE)

    def correct(self, text: str) -> str:
        """The text with the spelling of domain words mended."""
        return self._speller.correct(text)

    def sights(self, texts: Sequence[str]) -> list[Sight]:
        """What each text asks, its spelling mended before."""
        reading = self.reader.read(texts)
        facts = self._ranker.rank(reading.vectors, MOST_FACTS)
        return [
            Sight(dict(zip(self.reader.labels, map(float, row), strict=True)), ranked)
            for row, ranked in zip(reading.probabilities, facts, strict=True)
        ]

    def ranked_in_light(
        self, alone: Sequence[str], after: Sequence[str]
    ) -> list[list[tuple[str, float]]]:
        """The facts by texts and by the same behind a question, as ``in_light`` takes them."""
        readings = two_readings(self.reader.vectors(alone), self.reader.vectors(after))
        return self._ranker_in_light.rank(readings, MOST_FACTS)
