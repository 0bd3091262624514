"""Graph component: look for red flags before any learned classifier reads the message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu_components.run_time import RunTimeComponent
from safety.red_flags import RedFlags

# {"level": ..., "rules": [...]} where the message reports a red flag; the classifier's say, too,
# whether it is "in_doubt".
ALARM = "alarm"
# Set where it names a red flag and takes it back ("no chest pain").
TAKEN_BACK = "alarm_taken_back"
# The level of a red flag that the message names as one that may yet come.
FORESEEN = "alarm_foreseen"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SafetyGate(RunTimeComponent):
    """Config: ``rules``, the file of the red flags."""

    def __init__(self, red_flags: RedFlags) -> None:
        self._red_flags = red_flags

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"rules": "facts/red_flags.yml"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyGate:
        return cls(RedFlags.from_file(Path(config["rules"])))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = self._red_flags.examine(message.get(TEXT) or "")
            message.set(TAKEN_BACK, found.taken_back)
            if found.foreseen:
                message.set(FORESEEN, found.foreseen, add_to_output=True)
            if found.alarm:
                alarm = {"level": found.alarm.level, "rules": list(found.alarm.rule_ids)}
                message.set(ALARM, alarm, add_to_output=True)
        return messages
