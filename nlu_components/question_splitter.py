"""Graph component: cut a patient's message into pieces that may be questions."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TEXT,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from nlu_components.pieces import set_pieces
from nlu_components.run_time import RunTimeComponent
from understanding.splitting import cuts, without_identifiers


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class QuestionSplitter(RunTimeComponent):
    """Splits at run time only: a training example is one question."""

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            typed = message.get(TEXT) or ""
            for entity in message.get(ENTITIES) or []:
                # As it was written, to be found in its piece: its value is the standard name.
                written = typed[entity[ENTITY_ATTRIBUTE_START] : entity[ENTITY_ATTRIBUTE_END]]
                entity[ENTITY_ATTRIBUTE_TEXT] = written
            text = without_identifiers(typed)
            message.set(TEXT, text)
            set_pieces(message, cuts(text))
        return messages
