"""Graph component: sentence vector and probabilities of all intents, piece by piece."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu_components.pieces import with_pieces
from understanding.classifier import IntentClassifier
from understanding.encoder import default_model_folder
from understanding.reader import IntentReader

PROBABILITIES, VECTOR = "intent_probabilities", "sentence_vector"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntentClassifier(GraphComponent, RasaIntentClassifier):
    """Config: the settings of ``understanding.classifier.IntentClassifier``, with
    ``markers`` the names of the lookup tables to take them from; ``model_folder``, a
    BERT sentence encoder, without it all-MiniLM-L6-v2.
    """

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        reader: IntentReader | None = None,
    ) -> None:
        self._storage = storage
        self._resource = resource
        own = ("markers", "model_folder")
        self._settings = {
            k: v for k, v in config.items() if k in self.get_default_config() and k not in own
        }
        self._marker_tables = config["markers"]
        self._model_folder = encoder_folder(config)
        self._reader = reader

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
        }

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
        self._reader = IntentReader.fit(
            self._model_folder,
            IntentClassifier(**self._settings, markers=markers),
            [e.get(TEXT) for e in examples],
            [e.get(INTENT) for e in examples],
        )
        with self._storage.write_to(self._resource) as folder:
            self._reader.save(folder)
        return self._resource

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
            reader = IntentReader.load(folder, encoder_folder(config))
        return cls(config, model_storage, resource, reader)

    def process(self, messages: list[Message]) -> list[Message]:
        if self._reader is None:
            raise RuntimeError("The intent classifier was asked before it was trained.")
        every = with_pieces(messages)
        reading = self._reader.read([each.get(TEXT) or "" for each in every])
        for each, vector, row in zip(every, reading.vectors, reading.probabilities, strict=True):
            each.set(VECTOR, vector)
            each.set(
                PROBABILITIES,
                dict(zip(self._reader.labels, map(float, row), strict=True)),
            )
        return messages


def encoder_folder(config: dict[str, Any]) -> Path:
    """The encoder that a component's config names."""
    given = config["model_folder"]
    return Path(given) if given else default_model_folder()
