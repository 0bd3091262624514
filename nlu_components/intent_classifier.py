"""Graph component: what each piece asks, as probabilities of intents and likely facts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.loader import live_store, load_store
from knowledge.records import FactStore
from nlu_components.earlier import earlier_of, text_behind
from nlu_components.pieces import with_pieces
from understanding.classifier import IntentClassifier
from understanding.encoder import default_model_folder, each_once
from understanding.intents import DECLINED
from understanding.leaning_examples import read_leaning_examples
from understanding.light_ranking import fit_in_light, two_readings
from understanding.ranking import FactRanker
from understanding.reader import IntentReader

# Of a piece: the probability of each intent; the facts it may ask for with their scores,
# best first.
PROBABILITIES, FACTS = "intent_probabilities", "facts"
# Of a message after an answer: the facts that it may ask for then, and ``out_of_scope`` for
# none of them, in the same way.
FACTS_IN_LIGHT = "facts_in_light"
MOST_FACTS = 50
# What the rankers are saved as.
FACTS_FILE, FACTS_IN_LIGHT_FILE = "facts", "facts_in_light"


class Learned(NamedTuple):
    """What the classifier learns.

    Attributes:
        facts: ranks by the vectors of a question.
        facts_in_light: ranks by ``two_readings`` of a message.
    """

    reader: IntentReader
    facts: FactRanker
    facts_in_light: FactRanker


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntentClassifier(GraphComponent, RasaIntentClassifier):
    """Config: the settings of ``understanding.classifier.IntentClassifier``, with
    ``markers`` the names of the lookup tables to take them from; ``model_folder``, a
    BERT sentence encoder, without it all-MiniLM-L6-v2; ``facts``, the folder of the fact
    store; ``leaning``, a file of ``understanding.leaning_examples``.
    """

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        learned: Learned | None = None,
    ) -> None:
        self._storage = storage
        self._resource = resource
        own = ("markers", "model_folder", "facts", "leaning")
        self._settings = {
            k: v for k, v in config.items() if k in self.get_default_config() and k not in own
        }
        self._marker_tables = config["markers"]
        self._model_folder = _encoder_folder(config)
        self._leaning = Path(config["leaning"])
        self._learned = learned
        self._store = live_store(Path(config["facts"]))

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
            "facts": "facts",
            "leaning": "data/leaning.tsv",
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changed questions of the facts mean another model, also of the same examples; so do
        changed leaning examples.
        """
        given = {**cls.get_default_config(), **config}
        leaning = hashlib.sha256(Path(given["leaning"]).read_bytes()).hexdigest()
        return load_store(Path(given["facts"])).questions_digest + leaning

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
        reader = IntentReader.fit(
            self._model_folder,
            IntentClassifier(**self._settings, markers=markers),
            [e.get(TEXT) for e in examples],
            [e.get(INTENT) for e in examples],
        )
        store = self._store.current()
        asked = _asked(examples, store)
        encode = each_once(reader.vectors)
        facts = FactRanker.fit(encode([text for text, _ in asked]), [f for _, f in asked])
        facts_in_light = fit_in_light(
            encode,
            facts,
            {fact.id: fact.questions[0] for fact in store.facts.values()},
            read_leaning_examples(self._leaning),
            asked,
            [e.get(TEXT) for e in examples if e.get(INTENT) in DECLINED],
        )
        self._learned = Learned(reader, facts, facts_in_light)
        with self._storage.write_to(self._resource) as folder:
            reader.save(folder)
            facts.save(folder, FACTS_FILE)
            facts_in_light.save(folder, FACTS_IN_LIGHT_FILE)
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
            learned = Learned(
                IntentReader.load(folder, _encoder_folder(config)),
                FactRanker.load(folder, FACTS_FILE),
                FactRanker.load(folder, FACTS_IN_LIGHT_FILE),
            )
        return cls(config, model_storage, resource, learned)

    def process(self, messages: list[Message]) -> list[Message]:
        if self._learned is None:
            raise RuntimeError("The intent classifier was asked before it was trained.")
        reader, ranker, ranker_in_light = self._learned
        store = self._store.current()
        every = with_pieces(messages)
        reading = reader.read([each.get(TEXT) or "" for each in every])
        ranked = ranker.rank(reading.vectors, MOST_FACTS)
        for each, row, facts in zip(every, reading.probabilities, ranked, strict=True):
            each.set(PROBABILITIES, dict(zip(reader.labels, map(float, row), strict=True)))
            each.set(FACTS, facts)
        vector_of = {id(each): vector for each, vector in zip(every, reading.vectors, strict=True)}
        for message in messages:
            earlier = earlier_of(message, store)
            if earlier:
                after = reader.vectors([text_behind(message.get(TEXT) or "", earlier, store)])
                both = two_readings(vector_of[id(message)][None, :], after)
                (facts,) = ranker_in_light.rank(both, MOST_FACTS)
                message.set(FACTS_IN_LIGHT, facts)
        return messages


def _asked(examples: Sequence[Message], store: FactStore) -> list[tuple[str, str]]:
    """Questions and the fact that answers each: the facts' own, and examples that tell.

    An example of a fact that the store has lost teaches nothing of facts.
    """
    own = [(question, fact.id) for fact in store.facts.values() for question in fact.questions]
    told = [
        (example.get(TEXT), fact)
        for example in examples
        for fact in _facts_of(example)
        if fact in store.facts
    ]
    return own + told


def _facts_of(example: Message) -> list[str]:
    """The facts that the example's block in nlu.yml names."""
    of_block = (example.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return list(of_block.get("facts") or [])


def _encoder_folder(config: dict[str, Any]) -> Path:
    """The encoder that a component's config names."""
    given = config["model_folder"]
    return Path(given) if given else default_model_folder()
