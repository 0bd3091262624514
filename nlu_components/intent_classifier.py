"""Graph component: probabilities of all intents for a message and its pieces."""

from __future__ import annotations

from typing import Any

import numpy as np
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

PROBABILITIES = "intent_probabilities"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntentClassifier(GraphComponent, RasaIntentClassifier):
    """Config: the settings of ``understanding.classifier.IntentClassifier``, with
    ``markers`` the names of the lookup tables to take them from.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._storage = storage
        self._resource = resource
        self._settings = {
            k: v for k, v in config.items() if k in self.get_default_config() and k != "markers"
        }
        self._marker_tables = config["markers"]
        self._classifier = IntentClassifier(**self._settings)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "sparse_weight": 1.5,
            "inverse_regularization": 10.0,
            "min_df": 4,
            "max_iterations": 40,
            "neighbor_weight": 0.2,
            "markers": [],
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
        self._classifier = IntentClassifier(**self._settings, markers=markers)
        # Sorted, so that the order of the examples in the file means nothing.
        examples = sorted(training_data.intent_examples, key=lambda e: (e.get(INTENT), e.get(TEXT)))
        self._classifier.fit(
            [e.get(TEXT) for e in examples],
            sentence_vectors(examples),
            [e.get(INTENT) for e in examples],
        )
        with self._storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
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
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._classifier = IntentClassifier.load(folder)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        every = with_pieces(messages)
        texts = [each.get(TEXT) or "" for each in every]
        rows = self._classifier.predict_proba(texts, sentence_vectors(every))
        for each, row in zip(every, rows, strict=True):
            each.set(
                PROBABILITIES,
                dict(zip(self._classifier.labels, map(float, row), strict=True)),
            )
        return messages


def sentence_vectors(messages: list[Message]) -> np.ndarray:
    """Sentence vectors that the encoder left on the messages, (messages, dimension)."""
    vectors = []
    for message in messages:
        _, sentence = message.get_dense_features(TEXT)
        if sentence is None:
            raise ValueError(
                "The intent classifier found no sentence vector. In config.yml, put "
                "nlu_components.sentence_encoder.SentenceEncoderFeaturizer before it."
            )
        vectors.append(sentence.features[0])
    return np.stack(vectors)
