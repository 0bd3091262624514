"""What the trained model reads, apart from Rasa."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.examples import read_training_data
from launch.model import ensure_model
from understanding.encoder import default_model_folder
from understanding.leaning import Sight
from understanding.ranking import FactRanker
from understanding.reader import IntentReader
from understanding.spelling import SpellingCorrector

_COMPONENT = "SentenceIntentClassifier"
_MOST_FACTS = 50


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
            self._ranker = FactRanker.load(found)

    def correct(self, text: str) -> str:
        """The text with the spelling of domain words mended."""
        return self._speller.correct(text)

    def sights(self, texts: Sequence[str]) -> list[Sight]:
        """What each text asks, its spelling mended before."""
        reading = self.reader.read(texts)
        facts = self._ranker.rank(reading.vectors, _MOST_FACTS)
        return [
            Sight(dict(zip(self.reader.labels, map(float, row), strict=True)), ranked)
            for row, ranked in zip(reading.probabilities, facts, strict=True)
        ]
