"""Graph component: correct the spelling before anything else reads the text."""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from understanding.spelling import SpellingCorrector


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class SpellingCorrectorComponent(GraphComponent):
    """Learns its words from the training examples and the ``vocabulary`` lookup."""

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage = storage
        self._resource = resource
        self._corrector = SpellingCorrector({}, [])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpellingCorrectorComponent:
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        domain_words = [
            word
            for table in training_data.lookup_tables
            for term in table["elements"]
            for word in term.split()
        ]
        examples = [example.get(TEXT) for example in training_data.intent_examples]
        self._corrector = SpellingCorrector.from_examples(examples, domain_words)
        with self._storage.write_to(self._resource) as folder:
            about = {
                "targets": self._corrector.targets,
                "true_words": sorted(self._corrector.true_words),
            }
            (folder / "words.json").write_text(json.dumps(about))
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpellingCorrectorComponent:
        component = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            about = json.loads((folder / "words.json").read_text())
        component._corrector = SpellingCorrector(about["targets"], about["true_words"])
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text:
                message.set(TEXT, self._corrector.correct(text))
        return messages
