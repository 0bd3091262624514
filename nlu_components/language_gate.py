"""Graph component: note a message that is not in English."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu_components.run_time import RunTimeComponent
from understanding.language import other_language

# ISO 639-1 code of the message's language; not set for English.
LANGUAGE = "language"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class LanguageGate(RunTimeComponent):
    """Sets ``language`` where it is another one; the answer gate declines those."""

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            code = other_language(message.get(TEXT) or "")
            if code:
                message.set(LANGUAGE, code, add_to_output=True)
        return messages
