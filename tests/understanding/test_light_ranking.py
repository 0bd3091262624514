"""What was answered before tells which fact a message asks for, where it names none."""

from __future__ import annotations

from understanding.encoder import default_model_folder, shared_encoder
from understanding.leaning import behind
from understanding.leaning_examples import LeaningExample
from understanding.light_ranking import fit_in_light, two_readings
from understanding.ranking import FactRanker

QUESTIONS = {
    "cement_made_of": "What is the bone cement made of?",
    "cement_amount": "How much cement is used?",
    "cement_hardening": "When is the cement hard?",
    "recovery_time": "How long is the recovery?",
    "driving": "When can I drive a car again?",
}
AFTER_CEMENT, AFTER_RECOVERY = "what is in the cement", "how long till I recover"
LEANING = [
    LeaningExample(AFTER_CEMENT, "and how much of it", ("cement_amount",)),
    LeaningExample(AFTER_CEMENT, "how many grams", ("cement_amount",)),
    LeaningExample(AFTER_CEMENT, "what does it cost", ("out_of_scope",)),
    LeaningExample(AFTER_CEMENT, "how long does that take", ("cement_hardening",)),
    LeaningExample(AFTER_CEMENT, "how soon is it ready", ("cement_hardening",)),
    LeaningExample(AFTER_RECOVERY, "how long does that take", ("driving",)),
    LeaningExample(AFTER_RECOVERY, "how soon is it over", ("driving",)),
    LeaningExample(AFTER_RECOVERY, "and in the car", ("driving",)),
    LeaningExample(AFTER_RECOVERY, "behind the wheel then", ("driving", "lost")),
    LeaningExample(AFTER_RECOVERY, "who pays for it", ("personal_advice",)),
]


def test_a_leaning_message_is_ranked_in_the_light_of_what_was_told() -> None:
    encode = shared_encoder(default_model_folder()).encode
    facts = FactRanker.fit(encode(list(QUESTIONS.values())), list(QUESTIONS))
    asked = [(question, fact) for fact, question in QUESTIONS.items()]
    ranker = fit_in_light(encode, facts, QUESTIONS, LEANING, asked, ["tell me a joke"])

    def first(text: str, told: str) -> str:
        after = behind(QUESTIONS[told], text)
        ((best, *_),) = ranker.rank(two_readings(encode([text]), encode([after])), 9)
        return best[0]

    assert first("how much of it then", "cement_made_of") == "cement_amount"
    assert first("and a car", "recovery_time") == "driving"
    # The same words ask for one fact or another, by what was told before.
    assert first("and how long does that take", "cement_made_of") == "cement_hardening"
    assert first("and how long does that take", "recovery_time") == "driving"
    # One that names its subject means the same, whatever was told before.
    assert first("When can I drive a car again?", "cement_made_of") == "driving"
    assert first("what will it cost", "cement_made_of") == "out_of_scope"
    known = {fact for fact, _ in ranker.rank(two_readings(encode(["x"]), encode(["x"])), 9)[0]}
    assert known == {*QUESTIONS, "out_of_scope"}
