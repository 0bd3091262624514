"""Graph component: a sentence vector for each message, from ONNX Runtime."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu_components.pieces import with_pieces
from understanding.encoder import SentenceEncoder, default_model_folder, shared_encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Config: ``model_folder``, a BERT sentence encoder; without it all-MiniLM-L6-v2."""

    def __init__(self, name: str, encoder: SentenceEncoder) -> None:
        self._name = name
        self._encoder = encoder

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"model_folder": None}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check: a wrong folder is reported when it is opened."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoderFeaturizer:
        given = config["model_folder"]
        folder = Path(given) if given else default_model_folder()
        return cls(execution_context.node_name, shared_encoder(folder))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        every = [each for each in with_pieces(messages) if each.get(TEXT) is not None]
        vectors = self._encoder.encode([each.get(TEXT) for each in every])
        for each, vector in zip(every, vectors, strict=True):
            each.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._name))
        return messages
