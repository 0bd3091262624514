"""Graph component: from probabilities to what the assistant will do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from knowledge.loader import LiveStore, live_store
from nlu_components.earlier import earlier_of
from nlu_components.intent_classifier import FACTS, FACTS_IN_LIGHT, PROBABILITIES
from nlu_components.language_gate import LANGUAGE
from nlu_components.pieces import joint_of, pieces_of, with_pieces
from nlu_components.safety_gate import ALARM, TAKEN_BACK
from understanding.decision import (
    CLARIFY,
    Decision,
    Thresholds,
    decide,
    learned_alarm,
    takes_alarm_back,
)
from understanding.intents import (
    ASIDES,
    FOLLOW_UP_PREFIX,
    LEARNED,
    OUT_OF_SCOPE,
    QUESTION_PREFIX,
)
from understanding.leaning import in_light, may_change
from understanding.questions import Piece

# What the custom actions read of a message: its questions, in order.
PARTS = "parts"
# Whether it says that an alarm was none.
TAKES_ALARM_BACK = "takes_alarm_back"
# Rasa's own name for "the classifier is not sure".
_RASA_FALLBACK = "nlu_fallback"
_RANKING_LENGTH = 10
# Facts that go with a question: the best ones of its intent are among them, and what is kept
# of a turn stays small. What a follow-up asks of, only the conversation tells.
_FACTS_OF_A_QUESTION = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AnswerGate(GraphComponent, RasaIntentClassifier):
    """Config: the fields of ``understanding.decision.Thresholds``, and ``facts``, the folder
    of the fact store.
    """

    def __init__(self, thresholds: Thresholds, facts: Path) -> None:
        self._thresholds = thresholds
        self._store = live_store(facts)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**asdict(Thresholds()), "facts": "facts"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerGate:
        return cls(
            Thresholds(**{k: config[k] for k in asdict(Thresholds())}), Path(config["facts"])
        )

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            whole = Piece(message.get(TEXT) or "", message.get(PROBABILITIES))
            pieces = [
                Piece(p.get(TEXT), p.get(PROBABILITIES), joint_of(p)) for p in pieces_of(message)
            ]
            facts = {each.get(TEXT): each.get(FACTS) or [] for each in with_pieces([message])}
            alarm = _alarm(message, whole, self._thresholds)
            if message.get(LANGUAGE):
                decisions = [Decision(whole.text, OUT_OF_SCOPE, 1.0)]
            else:
                decisions = decide(whole, pieces, self._thresholds)
                # What reports a red flag is no follow-up on an answer.
                if not alarm and _is_whole(decisions, whole) and may_change(decisions[0]):
                    decision, facts[whole.text] = _in_light(message, decisions[0], self._store)
                    decisions = [decision]
            lead = Decision(whole.text, f"report_{alarm}", 1.0) if alarm else _lead(decisions)
            name = _RASA_FALLBACK if lead.intent == CLARIFY else lead.intent
            message.set(INTENT, {"name": name, "confidence": lead.confidence}, add_to_output=True)
            heard = [whole, *pieces]
            # What surely raises an alarm takes none back; nor what the classifier cannot read.
            if not (alarm or message.get(LANGUAGE)) and takes_alarm_back(heard, self._thresholds):
                message.set(TAKES_ALARM_BACK, True, add_to_output=True)
            message.set("intent_ranking", _ranking(whole), add_to_output=True)
            parts = [_part(d, facts.get(d.text, [])) for d in decisions]
            message.set(PARTS, parts, add_to_output=True)
        return messages


def _alarm(message: Message, whole: Piece, thresholds: Thresholds) -> str | None:
    """Level of the alarm that takes the place of what else is asked; the message gets what the
    classifier hears where the rules heard nothing. What is in doubt takes the place of nothing.
    """
    by_rules = message.get(ALARM)
    if by_rules:
        return str(by_rules["level"])
    heard = learned_alarm(whole, thresholds, bool(message.get(TAKEN_BACK)))
    if not heard:
        return None
    message.set(ALARM, {**asdict(heard), "rules": [LEARNED]}, add_to_output=True)
    return None if heard.in_doubt else heard.level


def _in_light(
    message: Message, decision: Decision, live: LiveStore
) -> tuple[Decision, list[tuple[str, float]]]:
    """The decision in the light of what was answered before, and the facts for it."""
    store = live.current()
    earlier, ranked = earlier_of(message, store), message.get(FACTS_IN_LIGHT)
    facts: list[tuple[str, float]] = []
    if earlier and ranked:
        answers = {fact.id: fact.answers for fact in store.facts.values()}
        decision, facts = in_light(decision, message.get(PROBABILITIES), ranked, earlier, answers)
    return decision, facts or message.get(FACTS) or []


def _is_whole(decisions: Sequence[Decision], whole: Piece) -> bool:
    """Whether the message is one question, from its first word to its last."""
    return [each.text for each in decisions] == [whole.text]


def _lead(decisions: list[Decision]) -> Decision:
    """The first question that gets an answer; it chooses the action."""
    asking = [d for d in decisions if d.intent.startswith(QUESTION_PREFIX)]
    others = [d for d in decisions if d.intent not in ASIDES]
    return next(iter([*asking, *others]), decisions[0])


def _part(decision: Decision, facts: Sequence[tuple[str, float]]) -> dict[str, Any]:
    follows = decision.intent.startswith(FOLLOW_UP_PREFIX)
    likely = facts if follows else facts[:_FACTS_OF_A_QUESTION]
    return {
        **asdict(decision),
        "confidence": round(decision.confidence, 4),
        "facts": [[fact, round(score, 2)] for fact, score in likely],
    }


def _ranking(whole: Piece) -> list[dict[str, Any]]:
    ranked = sorted(whole.probabilities.items(), key=lambda item: -item[1])
    return [{"name": n, "confidence": p} for n, p in ranked[:_RANKING_LENGTH]]
