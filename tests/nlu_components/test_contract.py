"""Own graph components keep Rasa's contract: train, persist, load, same answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.records import FactStore
from launch.environment import ROOT
from nlu_components.answer_gate import PARTS, TAKES_ALARM_BACK, AnswerGate
from nlu_components.earlier import EARLIER, earlier_in
from nlu_components.intent_classifier import PROBABILITIES, SentenceIntentClassifier
from nlu_components.language_gate import LANGUAGE
from nlu_components.pieces import pieces_of
from nlu_components.question_splitter import QuestionSplitter
from nlu_components.safety_gate import ALARM, SafetyGate
from nlu_components.spelling_corrector import SpellingCorrectorComponent
from safety.red_flags import RedFlags

EXAMPLES = {
    "ask_walking": ["when can I walk", "walking again when", "how soon do I walk"],
    "ask_driver": ["do I need a driver", "who will drive me home", "is a driver needed"],
    "ask_cancer_fracture": ["can cancer break bone", "which cancers do that", "kinds of tumor"],
    "out_of_scope": ["tell me a joke", "how is the weather", "what does it cost"],
}
TYPED = "do i need a drivver and when can I walk?"
AFTER_CANCER = {
    "subject": "ask_cancer_fracture",
    "shown_facts": ["cancer_how_it_breaks_bone", "lost"],
}


@pytest.fixture(scope="module")
def context() -> ExecutionContext:
    return ExecutionContext(GraphSchema({}), "model", node_name="node")


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path_factory.mktemp("storage"))


@pytest.fixture(scope="module")
def data() -> TrainingData:
    messages = [
        Message({TEXT: text, INTENT: intent})
        for intent, texts in EXAMPLES.items()
        for text in texts * 3
    ]
    lookup = {"name": "vocabulary", "elements": ["kyphoplasty", "driver"]}
    return TrainingData(messages, lookup_tables=[lookup])


PIPELINE: list[tuple[type[Any], dict[str, Any]]] = [
    (SpellingCorrectorComponent, {}),
    (QuestionSplitter, {}),
    (SentenceIntentClassifier, {"min_df": 1, "leaning": "tests/nlu_components/leaning.tsv"}),
    (AnswerGate, {}),
]


def config_of(component: type[Any], given: dict[str, Any]) -> dict[str, Any]:
    return {**component.get_default_config(), **given}


@pytest.fixture(scope="module")
def trained_and_loaded(
    context: ExecutionContext, storage: LocalModelStorage, data: TrainingData
) -> Iterator[tuple[list[Any], list[Any]]]:
    trained, loaded = [], []
    for component, given in PIPELINE:
        resource = Resource(component.__name__)
        config = config_of(component, given)
        made = component.create(config, storage, resource, context)
        if hasattr(made, "train"):
            made.train(data)
        if hasattr(made, "process_training_data"):
            data = made.process_training_data(data)
        trained.append(made)
        loaded.append(component.load(config, storage, resource, context))
    yield trained, loaded


def run(pipeline: list[Any], text: str, metadata: dict[str, Any] | None = None) -> Message:
    messages = [Message({TEXT: text, "metadata": metadata})]
    for component in pipeline:
        messages = component.process(messages)
    return messages[0]


def test_loaded_answers_as_trained(trained_and_loaded: tuple[list[Any], list[Any]]) -> None:
    trained, loaded = (run(pipeline, TYPED) for pipeline in trained_and_loaded)
    assert trained.get(TEXT) == loaded.get(TEXT) == TYPED.replace("drivver", "driver")
    assert trained.get(PROBABILITIES) == pytest.approx(loaded.get(PROBABILITIES), abs=1e-5)
    assert trained.get(PARTS) == loaded.get(PARTS)


def test_both_questions_are_understood(trained_and_loaded: tuple[list[Any], list[Any]]) -> None:
    message = run(trained_and_loaded[1], TYPED)
    assert len(pieces_of(message)) >= 2
    parts = message.as_dict(only_output_properties=True)[PARTS]
    assert [part["intent"] for part in parts] == ["ask_driver", "ask_walking"]
    assert all(part["facts"] for part in parts)
    assert message.get(INTENT)["name"] == "ask_driver"


def test_a_leaning_message_is_read_in_the_light_of_the_answer_before(
    trained_and_loaded: tuple[list[Any], list[Any]], store: FactStore
) -> None:
    asked = "which kinds"
    alone = run(trained_and_loaded[1], asked).get(PARTS)[0]
    message = run(trained_and_loaded[1], asked, {EARLIER: earlier_in(AFTER_CANCER)})
    (part,) = message.get(PARTS)
    assert part["facts"][0][0] == "cancer_kinds" != alone["facts"][0][0]
    assert part["intent"] in store.facts["cancer_kinds"].answers
    assert EARLIER not in str(message.as_dict(only_output_properties=True))
    lost = {EARLIER: earlier_in({**AFTER_CANCER, "shown_facts": ["lost"]})}
    assert run(trained_and_loaded[1], asked, lost).get(PARTS) == [alone]


def test_several_questions_and_alarms_are_read_alone(
    trained_and_loaded: tuple[list[Any], list[Any]],
) -> None:
    behind = {EARLIER: earlier_in(AFTER_CANCER)}
    both = [run(trained_and_loaded[1], TYPED, given).get(PARTS) for given in (None, behind)]
    assert both[0] == both[1]
    gate = SafetyGate(RedFlags.from_file(ROOT / "facts/red_flags.yml"))
    for asked in ("which kinds, and my legs are numb", "which kinds, and I have a fever"):
        alone, after = (
            run([gate, *trained_and_loaded[1]], asked, given) for given in (None, behind)
        )
        assert alone.get(ALARM) and alone.get(PARTS) == after.get(PARTS)


@pytest.mark.parametrize("text", ["", " ", "🙂", "?", "x" * 5000, "\u202edrivver\u0000"])
def test_odd_text_is_survived(trained_and_loaded: tuple[list[Any], list[Any]], text: str) -> None:
    assert run(trained_and_loaded[1], text).get(INTENT)["name"]
    slots = {"subject": None, "shown_facts": ["cancer_kinds"]}
    assert run(trained_and_loaded[1], text, {EARLIER: earlier_in(slots)}).get(INTENT)["name"]


@pytest.mark.parametrize(
    ("text", "reports", "level", "intent"),
    [
        ("my legs are numb", 0.0, "emergency", "report_emergency"),
        ("my legs are odd", 0.6, "urgent", "report_urgent"),
        # What is in doubt takes the place of no reply.
        ("my legs are odd", 0.3, "urgent", "ask_walking"),
        ("my legs are not numb", 0.3, None, "ask_walking"),
        ("my legs are not numb", 0.6, "urgent", "report_urgent"),
    ],
    ids=["by the rules", "by the classifier", "in doubt", "taken back", "taken back, but sure"],
)
def test_the_classifier_adds_alarms(
    context: ExecutionContext,
    storage: LocalModelStorage,
    text: str,
    reports: float,
    level: str | None,
    intent: str,
) -> None:
    gates: list[Any] = [
        gate.create(config_of(gate, {}), storage, Resource(gate.__name__), context)
        for gate in (SafetyGate, AnswerGate)
    ]
    probabilities = {"report_urgent": reports, "ask_walking": 1.0 - reports}
    messages = [Message({TEXT: text, PROBABILITIES: probabilities})]
    for gate in gates:
        messages = gate.process(messages)
    alarm = messages[0].get(ALARM) or {}
    assert (alarm.get("level"), messages[0].get(INTENT)["name"]) == (level, intent)
    assert bool(alarm.get("in_doubt")) is (bool(level) and intent == "ask_walking")


def test_what_takes_an_alarm_back_and_goes_on_is_answered(
    context: ExecutionContext, storage: LocalModelStorage
) -> None:
    gate = AnswerGate.create(config_of(AnswerGate, {}), storage, Resource("gate"), context)
    splitter = QuestionSplitter.create(
        config_of(QuestionSplitter, {}), storage, Resource("splitter"), context
    )

    def read(whole: dict[str, float], **more: Any) -> dict[str, Any]:
        data = {TEXT: "It was a joke. When can I walk?", **more}
        (message,) = splitter.process([Message(data)])
        message.set(PROBABILITIES, whole)
        for each in pieces_of(message):
            asks = "When" in each.get(TEXT)
            each.set(PROBABILITIES, {"ask_walking" if asks else "false_alarm": 1.0})
        return gate.process([message])[0].as_dict(only_output_properties=True)

    taken_back = read({"false_alarm": 0.7, "ask_walking": 0.3})
    assert [part["intent"] for part in taken_back[PARTS]] == ["false_alarm", "ask_walking"]
    assert (taken_back[INTENT]["name"], taken_back[TAKES_ALARM_BACK]) == ("ask_walking", True)
    # Said in a piece alone.
    assert read({"ask_walking": 1.0})[TAKES_ALARM_BACK]
    # Beside an alarm, and in another language, nothing is taken back.
    assert TAKES_ALARM_BACK not in read({"report_urgent": 0.6, "ask_walking": 0.4})
    assert TAKES_ALARM_BACK not in read({"false_alarm": 1.0}, **{LANGUAGE: "de"})


def test_an_untrained_classifier_says_so(
    context: ExecutionContext, storage: LocalModelStorage
) -> None:
    component = SentenceIntentClassifier.create(
        config_of(SentenceIntentClassifier, {}), storage, Resource("x"), context
    )
    with pytest.raises(RuntimeError, match="before it was trained"):
        component.process([Message({TEXT: "when can I walk"})])


@pytest.mark.parametrize("component", [c for c, _ in PIPELINE], ids=lambda c: c.__name__)
def test_is_a_graph_component(component: type[Any]) -> None:
    assert issubclass(component, GraphComponent)


def test_the_safety_gate_tells_of_a_red_flag_that_may_yet_come() -> None:
    gate = SafetyGate(RedFlags.from_file(ROOT / "facts" / "red_flags.yml"))

    def told(text: str) -> Any:
        (message,) = gate.process([Message({TEXT: text})])
        return message.as_dict(only_output_properties=True).get("alarm_foreseen")

    assert told("what if I can't walk afterwards?") == "emergency"
    assert told("when can I walk?") is None
