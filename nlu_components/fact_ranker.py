"""Graph component: which fact of an intent a question comes closest to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.loader import load_store
from nlu_components.answer_gate import PARTS
from nlu_components.intent_classifier import VECTOR, encoder_folder
from nlu_components.pieces import with_pieces
from understanding.encoder import shared_encoder
from understanding.intents import FOLLOW_UP_PREFIX, QUESTION_PREFIX
from understanding.ranking import FactRanker

# "What happens if it does?" comes near what many facts tell; more than these are noise.
_MOST_OF_A_FOLLOW_UP = 50


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FactRankerComponent(GraphComponent):
    """Config: ``facts``, the folder of the fact store; ``model_folder`` as the classifier's."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._ranker = FactRanker([], [], np.empty((0, 0), dtype=np.float32))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"facts": "facts", "model_folder": None}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changed facts mean new vectors, also where the examples are the same."""
        return load_store(Path(config.get("facts", "facts"))).questions_digest

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FactRankerComponent:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        store = load_store(Path(self._config["facts"]))
        pairs = [(f, question) for f in store.facts.values() for question in f.questions]
        encoder = shared_encoder(encoder_folder(self._config))
        self._ranker = FactRanker(
            [fact.id for fact, _ in pairs],
            [list(fact.answers) for fact, _ in pairs],
            encoder.encode([question for _, question in pairs]),
        )
        with self._storage.write_to(self._resource) as folder:
            self._ranker.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FactRankerComponent:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._ranker = FactRanker.load(folder)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            vectors = {each.get(TEXT): each.get(VECTOR) for each in with_pieces([message])}
            for part in message.get(PARTS) or []:
                ranked = self._ranked(vectors[part["text"]], part["intent"], part["choices"])
                part["facts"] = [[fact, round(score, 4)] for fact, score in ranked]
        return messages

    def _ranked(
        self, vector: np.ndarray, intent: str, choices: Sequence[str]
    ) -> list[tuple[str, float]]:
        if intent.startswith(FOLLOW_UP_PREFIX):
            # Of which question it asks, only the conversation tells.
            return self._ranker.rank(vector, None)[:_MOST_OF_A_FOLLOW_UP]
        # Personal advice is answered in general, by the first choice.
        asked = intent if intent.startswith(QUESTION_PREFIX) else next(iter(choices), "")
        return self._ranker.rank(vector, asked)
