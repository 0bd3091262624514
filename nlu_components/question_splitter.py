"""Graph component: cut a patient's message into pieces that may be questions."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu_components.pieces import set_pieces
from nlu_components.run_time import RunTimeComponent
from understanding.splitting import cuts, without_identifiers


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class QuestionSplitter(RunTimeComponent):
    """Splits at run time only: a training example is one question."""

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = without_identifiers(message.get(TEXT) or "")
            message.set(TEXT, text)
            set_pieces(message, cuts(text))
        return messages
