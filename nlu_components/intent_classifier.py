"""Graph component: what each piece asks, as probabilities of intents and likely facts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.loader import LiveStore, load_store
from nlu_components.earlier import earlier_of, set_behind
from nlu_components.pieces import with_pieces
from understanding.classifier import IntentClassifier
from understanding.encoder import default_model_folder
from understanding.ranking import FactRanker
from understanding.reader import IntentReader

# Of a piece: the probability of each intent; the facts it may ask for with their scores,
# best first.
PROBABILITIES, FACTS = "intent_probabilities", "facts"
_MOST_FACTS = 50


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntentClassifier(GraphComponent, RasaIntentClassifier):
    """Config: the settings of ``understanding.classifier.IntentClassifier``, with
    ``markers`` the names of the lookup tables to take them from; ``model_folder``, a
    BERT sentence encoder, without it all-MiniLM-L6-v2; ``facts``, the folder of the fact
    store.
    """

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        learned: tuple[IntentReader, FactRanker] | None = None,
    ) -> None:
        self._storage = storage
        self._resource = resource
        own = ("markers", "model_folder", "facts")
        self._settings = {
            k: v for k, v in config.items() if k in self.get_default_config() and k not in own
        }
        self._marker_tables = config["markers"]
        self._model_folder = _encoder_folder(config)
        self._facts = Path(config["facts"])
        self._learned = learned
        self._store = LiveStore(self._facts)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "sparse_weight": 1.5,
            "inverse_regularization": 10.0,
            "min_df": 4,
            "max_iterations": 20,
            "neighbor_weight": 0.2,
            "markers": [],
            "model_folder": None,
            "facts": "facts",
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changed questions of the facts mean another model, also of the same examples."""
        return load_store(Path(config.get("facts", "facts"))).questions_digest

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceIntentClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        tables = {t["name"]: t["elements"] for t in training_data.lookup_tables}
        markers = {name: tables[name] for name in self._marker_tables if name in tables}
        # Sorted, so that the order of the examples in the file means nothing.
        examples = sorted(training_data.intent_examples, key=lambda e: (e.get(INTENT), e.get(TEXT)))
        reader = IntentReader.fit(
            self._model_folder,
            IntentClassifier(**self._settings, markers=markers),
            [e.get(TEXT) for e in examples],
            [e.get(INTENT) for e in examples],
        )
        asked = self._asked(examples)
        vectors = reader.vectors([text for text, _ in asked])
        ranker = FactRanker.fit(vectors, [fact for _, fact in asked])
        self._learned = reader, ranker
        with self._storage.write_to(self._resource) as folder:
            reader.save(folder)
            ranker.save(folder)
        return self._resource

    def _asked(self, examples: Sequence[Message]) -> list[tuple[str, str]]:
        """Questions and the fact that answers each: the facts' own, and examples that tell.

        An example of a fact that the store has lost teaches nothing of facts.
        """
        facts = load_store(self._facts).facts
        own = [(question, fact.id) for fact in facts.values() for question in fact.questions]
        told = [
            (example.get(TEXT), fact)
            for example in examples
            for fact in _facts_of(example)
            if fact in facts
        ]
        return own + told

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceIntentClassifier:
        with model_storage.read_from(resource) as folder:
            learned = (
                IntentReader.load(folder, _encoder_folder(config)),
                FactRanker.load(folder),
            )
        return cls(config, model_storage, resource, learned)

    def process(self, messages: list[Message]) -> list[Message]:
        if self._learned is None:
            raise RuntimeError("The intent classifier was asked before it was trained.")
        reader, ranker = self._learned
        store = self._store.current()
        earlier = [(message, earlier_of(message, store)) for message in messages]
        behind = [set_behind(message, before, store) for message, before in earlier if before]
        every = [*with_pieces(messages), *behind]
        reading = reader.read([each.get(TEXT) or "" for each in every])
        ranked = ranker.rank(reading.vectors, _MOST_FACTS)
        for each, row, facts in zip(every, reading.probabilities, ranked, strict=True):
            each.set(PROBABILITIES, dict(zip(reader.labels, map(float, row), strict=True)))
            each.set(FACTS, facts)
        return messages


def _facts_of(example: Message) -> list[str]:
    """The facts that the example's block in nlu.yml names."""
    of_block = (example.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return list(of_block.get("facts") or [])


def _encoder_folder(config: dict[str, Any]) -> Path:
    """The encoder that a component's config names."""
    given = config["model_folder"]
    return Path(given) if given else default_model_folder()
