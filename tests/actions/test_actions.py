"""Every action: turn in, reply and slots out."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions
from actions.advise_asking_team import ActionAdviseAskingTeam
from actions.answer_follow_up import ActionAnswerFollowUp
from actions.answer_question import ActionAnswerQuestion
from actions.clarify import ActionClarify
from actions.decline import ActionDecline
from actions.explain_why import ActionExplainWhy
from actions.patient_action import PatientAction, alarm_of_two_turns
from actions.phrase_action import PhraseAction
from actions.raise_alarm import ActionRaiseAlarm
from actions.show_sources import ActionShowSources
from actions.simplify import ActionSimplify
from actions.switch_procedure import ActionSwitchProcedure
from actions.tell_more import ActionTellMore
from actions.try_again import ActionTryAgain
from actions.turn import PROCEDURES, Part, Turn
from knowledge.records import FactStore
from tests.actions.turns import asking
from tests.disclaimers import assert_carries_disclaimer

for module in pkgutil.iter_modules(actions.__path__):
    importlib.import_module(f"actions.{module.name}")


def subclasses(base: type) -> list[type]:
    found = [c for s in base.__subclasses__() for c in (s, *subclasses(s))]
    return [c for c in found if not getattr(c, "__abstractmethods__", None)]


ACTIONS = subclasses(PatientAction)
PHRASES = subclasses(PhraseAction)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda a: a.__name__)
def test_every_action_answers_with_disclaimer_and_ways_on(
    action: type[PatientAction], store: FactStore
) -> None:
    intent = "followup_when" if action is ActionAnswerFollowUp else "ask_walking"
    outcome = action().respond(asking(intent), store)
    assert_carries_disclaimer(outcome.reply.payload(), store)
    # In an alarm nothing may draw attention away from what to do.
    ways_on = outcome.reply.suggestions
    assert ways_on == () if outcome.reply.kind == "emergency" else len(ways_on) >= 2


@pytest.mark.parametrize(
    ("level", "by_rules", "answered"),
    [
        ("emergency", True, False),
        ("emergency", False, False),
        ("crisis", True, False),
        ("crisis", False, True),
        ("urgent", True, True),
        ("urgent", False, True),
    ],
)
def test_an_alarm_leads_with_what_to_do(
    level: str, by_rules: bool, answered: bool, store: FactStore
) -> None:
    asked = (Part("who drives me", "ask_driver"), Part("it is the weather", "ask_walking"))
    turn = Turn(asked, alarm=level, alarm_by_rules=by_rules, worried=True)
    reply = ActionRaiseAlarm().respond(turn, store).reply
    assert reply.kind == level
    assert reply.text.startswith(store.phrases[level])
    # What is nearest to a question, and asks none, gets no answer that sounds as if all were well.
    told = [fact["id"] for fact in reply.facts]
    assert told == [store.answering("ask_driver")[0].id] * answered
    assert store.phrases["worried"] not in reply.text
    assert reply.phone == {"emergency": "911", "crisis": "988"}.get(level, store.clinic.phone)


def test_a_sign_spread_over_two_turns_is_heard(store: FactStore) -> None:
    turn = asking("ask_walking", typed=("they went numb an hour ago", "my legs"))
    outcome = alarm_of_two_turns(turn, store)
    assert outcome is not None
    assert outcome.reply.kind == "emergency"
    assert alarm_of_two_turns(asking("ask_walking", typed=("when can I walk", "hi")), store) is None


@pytest.mark.parametrize("action", PHRASES, ids=lambda a: a.__name__)
def test_phrases_are_said_as_written(action: type[PhraseAction], store: FactStore) -> None:
    reply = action().respond(asking("greet"), store).reply
    assert reply.text == store.phrases[action.phrase]
    assert (reply.phone is not None) is (store.clinic.phone in reply.text)


def test_every_question_intent_is_answered(store: FactStore) -> None:
    for intent in store.questions:
        outcome = ActionAnswerQuestion().respond(asking(intent), store)
        payload = outcome.reply.payload()
        assert_carries_disclaimer(payload, store)
        main = store.answering(intent)[0]
        assert payload["text"].startswith(main.answer[:40]), intent
        assert payload["facts"][0]["id"] == main.id
        assert 2 <= len(payload["suggestions"]) <= 3
        assert intent not in {s["id"] for s in payload["suggestions"]}
        assert outcome.slots["subject"] == intent


def test_the_named_procedure_is_remembered_and_used(store: FactStore) -> None:
    outcome = ActionAnswerQuestion().respond(asking("ask_risks", named=["kyphoplasty"]), store)
    assert outcome.slots["procedure"] == "kyphoplasty"
    later = ActionAnswerQuestion().respond(asking("ask_anesthesia", procedure="kyphoplasty"), store)
    fact = store.facts[later.slots["shown_facts"][0]]
    assert fact.holds_for("kyphoplasty")


def test_told_only_of_the_other_procedure_is_said(store: FactStore) -> None:
    reply = (
        ActionAnswerQuestion()
        .respond(asking("ask_blood_clots", named=["kyphoplasty"]), store)
        .reply
    )
    assert reply.text.startswith(store.phrases["only_told_of_vertebroplasty"])


def test_two_questions_get_one_reply(store: FactStore) -> None:
    reply = ActionAnswerQuestion().respond(asking("ask_driver", "ask_walking"), store).reply
    assert reply.text.count("\n") == 1
    assert store.questions["ask_driver"] in reply.text
    assert reply.plain_text().count(store.disclaimer.full) == 1


def test_who_is_afraid_and_asks_is_heard_and_answered(store: FactStore) -> None:
    parts = [
        {"text": "I am so afraid.", "intent": "express_worry"},
        {"text": "Who drives me?", "intent": "ask_driver"},
    ]
    turn = Turn.from_tracker({"text": "x", "parts": parts}, {})
    reply = ActionAnswerQuestion().respond(turn, store).reply
    answer = ActionAnswerQuestion().respond(asking("ask_driver"), store).reply.text
    assert reply.text == f"{store.phrases['worried']}\n{answer}"
    assert not Turn.from_tracker({"text": "x", "parts": parts[:1]}, {}).worried


def test_two_answers_close_with_the_same_words_once(store: FactStore) -> None:
    closing = store.phrases["clinic_first"]
    turn = asking("ask_preparation", "ask_cement_hardening", "out_of_scope")
    lines = ActionAnswerQuestion().respond(turn, store).reply.text.split("\n")
    assert [line.endswith(closing) for line in lines] == [False, True, False]
    for intent in ("ask_preparation", "ask_cement_hardening"):
        alone = ActionAnswerQuestion().respond(asking(intent), store).reply.text
        assert alone.endswith(closing)


def test_the_unanswered_part_is_said(store: FactStore) -> None:
    reply = ActionAnswerQuestion().respond(asking("ask_driver", "out_of_scope"), store).reply
    assert f"{store.phrases['part_unanswered']} words about out_of_scope" in reply.text
    assert reply.phone == store.clinic.phone


def test_all_that_is_not_answered_is_said_at_once(store: FactStore) -> None:
    turn = asking(
        "followup_cause", "out_of_scope", "abuse", "personal_advice", "ask_driver", "abuse"
    )
    lines = ActionAnswerQuestion().respond(turn, store).reply.text.split("\n")
    words = "words about followup_cause / words about out_of_scope"
    assert lines[1:] == [
        f"{store.phrases['parts_unanswered']} {words}",
        f"{store.phrases['part_unanswered']} words about personal_advice",
        store.phrases["part_personal"],
        store.phrases["abuse"],
    ]


def test_no_placeholder_of_a_name_is_read_back(store: FactStore) -> None:
    asked = "should my wee [name] be off her warfarin?"
    parts = (Part("who drives us?", "ask_driver"), Part(asked, "out_of_scope"))
    text = ActionAnswerQuestion().respond(Turn(parts), store).reply.text
    assert f"{store.phrases['part_unanswered']} should my wee ... be off her warfarin?" in text


def test_a_follow_up_of_nothing_is_said_to_be_unanswered(store: FactStore) -> None:
    turn = asking("followup_cause", "ask_driver")
    reply = ActionAnswerQuestion().respond(turn, store).reply
    assert f"{store.phrases['part_unanswered']} words about followup_cause" in reply.text


def test_a_wish_for_a_judgment_beside_a_question_is_the_care_teams(store: FactStore) -> None:
    reply = ActionAnswerQuestion().respond(asking("ask_driver", "personal_advice"), store).reply
    said = f"{store.phrases['part_unanswered']} words about personal_advice"
    assert f"{said}\n{store.phrases['part_personal']}" in reply.text
    assert reply.phone == store.clinic.phone


def test_a_remark_beside_a_question_is_not_read_back(store: FactStore) -> None:
    question = Part("does it hurt", "ask_procedure_pain")
    remark = Part("My mother is 84 and bakes for the whole street", "out_of_scope")
    alone = ActionAnswerQuestion().respond(Turn((question,)), store).reply
    beside = ActionAnswerQuestion().respond(Turn((remark, question)), store).reply
    assert beside.text == alone.text
    # It may have asked for something after all.
    assert (beside.phone, alone.phone) == (store.clinic.phone, None)


def test_abuse_beside_a_question_is_not_repeated(store: FactStore) -> None:
    reply = ActionAnswerQuestion().respond(asking("ask_driver", "abuse"), store).reply
    assert store.phrases["abuse"] in reply.text
    assert "words about abuse" not in reply.text


def shown(store: FactStore, intent: str = "ask_recovery_room") -> Turn:
    fact = store.answering(intent)[0]
    return asking("followup", subject=intent, shown=(fact.id,), told_last=(fact.id,))


def test_simplify(store: FactStore) -> None:
    turn = shown(store)
    reply = ActionSimplify().respond(turn, store).reply
    assert reply.text == store.facts[turn.shown[0]].simple
    assert reply.kind == "simplify"


def test_after_more_only_that_is_simplified_and_cited(store: FactStore) -> None:
    first, second = store.answering("ask_recovery_time")[:2]
    turn = asking("followup", shown=(first.id, second.id), told_last=(second.id,))
    assert ActionSimplify().respond(turn, store).reply.text == second.simple
    cited = ActionShowSources().respond(turn, store).reply.facts
    assert [fact["id"] for fact in cited] == [second.id]


def test_tell_more_goes_on_until_all_is_told(store: FactStore) -> None:
    turn, seen = shown(store), set()
    for _ in range(20):
        outcome = ActionTellMore().respond(turn, store)
        if outcome.reply.text == store.phrases["no_more"]:
            break
        assert outcome.reply.text not in seen
        seen.add(outcome.reply.text)
        turn = asking("followup", subject=turn.subject, shown=outcome.slots["shown_facts"])
    else:
        pytest.fail("never came to an end")
    assert outcome.reply.phone


def test_sources_name_page_section_and_what_it_says(store: FactStore) -> None:
    turn = shown(store)
    reply = ActionShowSources().respond(turn, store).reply
    for source in store.facts[turn.shown[0]].sources:
        assert source.section in reply.text
        assert store.sources[source.page].title in reply.text
    assert "ask_source_reliability" in {s.id for s in reply.suggestions}


@pytest.mark.parametrize(
    ("before", "named", "expected"),
    [
        ("kyphoplasty", (), "vertebroplasty"),
        ("vertebroplasty", (), "kyphoplasty"),
        (None, ("vertebroplasty",), "vertebroplasty"),
        ("kyphoplasty", ("kyphoplasty",), "kyphoplasty"),
    ],
)
def test_switch_procedure(
    before: str | None, named: tuple[str, ...], expected: str, store: FactStore
) -> None:
    turn = asking("followup", named=named, procedure=before, subject="ask_anesthesia")
    outcome = ActionSwitchProcedure().respond(turn, store)
    assert outcome.slots["procedure"] == expected
    assert outcome.slots["subject"] == "ask_anesthesia"


def test_the_other_one_is_the_one_that_the_last_answer_did_not_lead_with(store: FactStore) -> None:
    def told(*procedures: str) -> str:
        return next(f.id for f in store.facts.values() if f.procedures == procedures)

    both = told("vertebroplasty", "kyphoplasty")
    for led_with, other in (("kyphoplasty", "vertebroplasty"), ("vertebroplasty", "kyphoplasty")):
        turn = asking("followup", subject="ask_risks", shown=(told(led_with), both))
        assert ActionSwitchProcedure().respond(turn, store).slots["procedure"] == other
    turn = asking("followup", subject="ask_risks", shown=(both, told("kyphoplasty")))
    assert "procedure" not in ActionSwitchProcedure().respond(turn, store).slots


@pytest.mark.parametrize(
    ("said", "named", "before", "expected"),
    [
        ("not kyphoplasty, the other one", ["kyphoplasty"], None, "vertebroplasty"),
        ("that's for vertebro, but I'm having the other", ["vertebroplasty"], None, "kyphoplasty"),
        ("I'm having kyphoplasty, not vertebroplasty", PROCEDURES, None, "kyphoplasty"),
        ("vertebroplasty instead of kypho", PROCEDURES, None, "vertebroplasty"),
        (
            "you told me about kyphoplasty, now vertebroplasty",
            PROCEDURES,
            "kyphoplasty",
            "vertebroplasty",
        ),
        ("and the other one, kyphoplasty?", ["kyphoplasty"], "vertebroplasty", "kyphoplasty"),
        ("is that for kypho or for vertebro", PROCEDURES, None, None),
        ("I mean for both, kypho and vertebro", PROCEDURES, "kyphoplasty", None),
        ("not bkp, the other one", ["kyphoplasty"], None, "vertebroplasty"),
        ("and with kyphoplasty, any other risks?", ["kyphoplasty"], None, "kyphoplasty"),
        ("what about kyphoplasty, the other one", ["kyphoplasty"], None, "kyphoplasty"),
        ("and why not kyphoplasty?", ["kyphoplasty"], "vertebroplasty", "kyphoplasty"),
        ("isn't kypho the same", ["kyphoplasty"], "vertebroplasty", "kyphoplasty"),
    ],
)
def test_switch_to_what_is_meant_and_not_to_what_is_named(
    said: str, named: Sequence[str], before: str | None, expected: str | None, store: FactStore
) -> None:
    part = Part(said, "followup_procedure", procedures=tuple(named))
    turn = Turn((part,), procedure=before, subject="ask_anesthesia")
    assert ActionSwitchProcedure().respond(turn, store).slots["procedure"] == expected


@pytest.mark.parametrize(
    ("follow_up", "subject", "meant"),
    [
        ("followup_how_long", "ask_cement_material", "ask_cement_hardening"),
        ("followup_how_long", "ask_soreness", "ask_soreness"),
        ("followup_how_long", "ask_anesthesia", "ask_procedure_duration"),
        ("followup_how_often", "ask_cement_leakage", "ask_cement_leakage"),
        ("followup_how_often", "ask_fracture_definition", "ask_who_gets_fractures"),
        ("followup_when", "ask_follow_up", "ask_follow_up"),
        ("followup_when", "ask_benefits", "ask_pain_relief_timing"),
        ("followup_after", "ask_procedure_steps", "ask_recovery_room"),
        ("followup_danger", "ask_sedation_effects", "ask_sedation_risks"),
        ("followup_cause", "ask_fracture_symptoms", "ask_fracture_causes"),
        ("followup_cause", "ask_bleeding", "ask_bleeding"),
        ("followup_prevent", "ask_infection", "ask_risk_reduction"),
        ("followup_prevent", "ask_future_fractures", "ask_bone_treatment_after"),
        ("followup_consequence", "ask_cement_leakage", "ask_cement_leakage"),
        ("followup_consequence", "ask_success_rate", "ask_continued_pain"),
    ],
)
def test_a_follow_up_asks_of_the_last_subject(
    follow_up: str, subject: str, meant: str, store: FactStore
) -> None:
    told = store.answering(subject)[0]
    turn = asking(follow_up, subject=subject, shown=(told.id,))
    assert ActionAnswerFollowUp().respond(turn, store).slots["subject"] == meant


def test_a_follow_up_gets_the_fact_of_the_subject_that_its_words_come_nearest(
    store: FactStore,
) -> None:
    first, *others = store.answering("ask_cement_leakage")
    wanted = next(fact for fact in others if fact.holds_for("kyphoplasty"))
    part = Part(
        "what happens if it does",
        "followup_consequence",
        ranking=(("driver_needed", -0.1), (wanted.id, -1.0), (first.id, -3.0)),
    )
    turn = Turn(parts=(part,), subject="ask_cement_leakage", shown=(first.id,))
    outcome = ActionAnswerFollowUp().respond(turn, store)
    assert outcome.slots["shown_facts"] == [wanted.id]


def test_an_answer_told_before_is_said_to_be_the_same(store: FactStore) -> None:
    first = ActionAnswerQuestion().respond(asking("ask_safety"), store)
    again = asking("followup_how_often", subject="ask_safety", shown=first.slots["shown_facts"])
    for turn in (again, asking("ask_safety", shown=first.slots["shown_facts"])):
        outcome = ActionAnswerFollowUp().respond(turn, store)
        assert outcome.slots["shown_facts"] == first.slots["shown_facts"]
        assert outcome.reply.text.startswith(store.phrases["same_answer"])
        assert first.reply.text in outcome.reply.text
    both = asking("ask_safety", "ask_driver", shown=first.slots["shown_facts"])
    reply = ActionAnswerQuestion().respond(both, store).reply
    assert store.phrases["same_answer"] not in reply.text


@pytest.mark.parametrize("shown", [(), ("driver_needed",)])
def test_the_nearest_answer_is_said_to_be_no_more(store: FactStore, shown: tuple[str, ...]) -> None:
    turn = Turn((Part("does the driver get paid", "ask_driver", nearest=True),), shown=shown)
    reply = ActionAnswerQuestion().respond(turn, store).reply
    assert reply.text.startswith(store.phrases["nearest_answer"])
    assert store.phrases["same_answer"] not in reply.text
    assert store.clinic.phone in reply.text and reply.phone == store.clinic.phone
    assert reply.facts


def test_a_follow_up_beside_a_question_asks_of_it(store: FactStore) -> None:
    turn = asking("ask_pain_relief_timing", "followup_how_long")
    reply = ActionAnswerQuestion().respond(turn, store).reply
    assert store.questions["ask_pain_relief_duration"] in reply.text


def test_a_follow_up_does_not_repeat_what_the_message_asks(store: FactStore) -> None:
    turn = asking("ask_soreness", "followup_how_long")
    alone = ActionAnswerQuestion().respond(asking("ask_soreness"), store).reply
    assert ActionAnswerQuestion().respond(turn, store).reply.text == alone.text


def test_a_follow_up_and_the_question_that_it_is_get_one_answer(store: FactStore) -> None:
    # "What happens then, if it does move?"
    turn = asking("followup_consequence", "ask_cement_migration", subject="ask_cement_migration")
    alone = ActionAnswerQuestion().respond(asking("ask_cement_migration"), store).reply
    assert ActionAnswerQuestion().respond(turn, store).reply.text == alone.text


def test_danger_of_nothing_is_that_of_the_procedure(store: FactStore) -> None:
    outcome = ActionAnswerFollowUp().respond(asking("followup_danger"), store)
    assert outcome.slots["subject"] == "ask_safety"


def test_a_follow_up_of_nothing_offers_what_it_may_mean(store: FactStore) -> None:
    reply = ActionAnswerFollowUp().respond(asking("followup_how_long"), store).reply
    assert reply.kind == "clarify"
    assert "ask_procedure_duration" in str(reply.payload())


def test_why_gives_the_detail_or_says_there_is_none(store: FactStore) -> None:
    with_more = next(f for f in store.facts.values() if f.more)
    reply = ActionExplainWhy().respond(asking("followup", shown=(with_more.id,)), store).reply
    assert reply.text == with_more.more
    without = next(f for f in store.facts.values() if not f.more)
    reply = ActionExplainWhy().respond(asking("followup", shown=(without.id,)), store).reply
    assert reply.text == store.phrases["no_why"]


def test_why_asked_again_does_not_repeat_the_detail(store: FactStore) -> None:
    fact = next(f for f in store.facts.values() if f.more and store.answering(f.answers[0]) == [f])
    turn = asking("followup", shown=(fact.id,), subject=fact.answers[0])
    shown = tuple(ActionExplainWhy().respond(turn, store).slots["shown_facts"])
    again = asking("followup", shown=shown, subject=fact.answers[0])
    assert ActionExplainWhy().respond(again, store).reply.text == store.phrases["no_why"]


def test_why_finds_the_fact_that_gives_the_reason(store: FactStore) -> None:
    first, *others = list(store.answering("ask_driver"))
    assert not first.more
    turn = asking("followup", shown=(first.id,), subject="ask_driver")
    assert ActionExplainWhy().respond(turn, store).reply.text == others[0].answer


@pytest.mark.parametrize(
    "action", [ActionSimplify, ActionTellMore, ActionShowSources, ActionExplainWhy]
)
def test_a_follow_up_that_follows_nothing_asks(
    action: type[PatientAction], store: FactStore
) -> None:
    assert action().respond(asking("followup"), store).reply.text == store.phrases["no_context"]


def test_clarify_offers_the_choices(store: FactStore) -> None:
    part = Part("hm", "clarify", choices=("ask_walking", "ask_driver"))
    reply = ActionClarify().respond(Turn((part,)), store).reply
    assert [s.id for s in reply.suggestions] == ["ask_walking", "ask_driver"]


def test_none_of_the_choices_leads_to_others(store: FactStore) -> None:
    likely = tuple((intent, 0.1) for intent in ("ask_walking", "ask_risks", "ask_driver"))
    part = Part("hm", "clarify", choices=("ask_walking",))
    outcome = ActionClarify().respond(Turn((part,), likely=likely), store)
    assert outcome.slots["alternatives"] == ["ask_risks", "ask_driver"]
    refused = ActionDecline().respond(
        asking("out_of_scope", likely=likely, alternatives=("ask_scar",)), store
    )
    assert refused.slots["alternatives"] == ["ask_walking", "ask_driver"]


def test_try_again_offers_what_else_it_may_have_been(store: FactStore) -> None:
    turn = asking("not_what_i_asked", alternatives=("ask_soreness", "ask_risks"))
    reply = ActionTryAgain().respond(turn, store).reply
    assert [s.id for s in reply.suggestions] == ["ask_soreness", "ask_risks"]


def test_personal_advice_tells_what_holds_in_general(store: FactStore) -> None:
    turn = Turn((Part("should I?", "personal_advice", choices=("ask_candidacy",)),))
    reply = ActionAdviseAskingTeam().respond(turn, store).reply
    assert reply.text.startswith(store.phrases["personal_advice"])
    assert store.answering("ask_candidacy")[0].answer in reply.text
    assert reply.phone == store.clinic.phone


def test_personal_advice_keeps_the_procedure_in_mind(store: FactStore) -> None:
    part = Part("should I have kypho?", "personal_advice", ("kyphoplasty",), ("ask_candidacy",))
    outcome = ActionAdviseAskingTeam().respond(Turn((part,), procedure="vertebroplasty"), store)
    assert outcome.slots["procedure"] == "kyphoplasty"


@pytest.mark.parametrize(
    ("language", "phrase"),
    [(None, "out_of_scope"), ("es", "english_only_spanish"), ("pl", "english_only")],
)
def test_another_language_is_named(language: str | None, phrase: str, store: FactStore) -> None:
    reply = ActionDecline().respond(asking("out_of_scope", language=language), store).reply
    assert reply.text == store.phrases[phrase]
    assert reply.phone == store.clinic.phone


def doubted(**turn: Any) -> Turn:
    """A message that was declined with doubt; it may ask about the return to activity."""
    part = Part("and gardening", "out_of_scope", choices=("ask_return_to_activity",))
    return Turn((part,), **turn)


@pytest.mark.parametrize("subject", [None, "ask_cement_material"])
def test_a_doubtful_refusal_offers_the_question_first(
    subject: str | None, store: FactStore
) -> None:
    reply = ActionDecline().respond(doubted(subject=subject), store).reply
    assert reply.kind == "out_of_scope"
    assert reply.suggestions[0].id == "ask_return_to_activity"


def test_a_broken_action_apologizes_and_logs_no_text(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, store: FactStore
) -> None:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    def fail(self: object, turn: Turn, store: FactStore) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(ActionSimplify, "respond", fail)
    message = {"text": "my name is Canary Lastname", "intent": {"name": "simplify"}}
    tracker = Tracker("x", {}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    assert ActionSimplify().run(dispatcher, tracker, {}) == []
    (sent,) = dispatcher.messages
    assert sent["reply"]["kind"] == "error"
    assert store.clinic.phone in sent["text"]
    assert "Canary" not in caplog.text


def test_who_tells_and_asks_nothing_is_thanked(store: FactStore) -> None:
    turn = Turn((Part("I slept like a log, first time without waking", "out_of_scope"),))
    reply = ActionDecline().respond(turn, store).reply
    assert (reply.kind, reply.text) == ("out_of_scope", store.phrases["remark"])
    assert reply.phone == store.clinic.phone


@pytest.mark.parametrize(
    "told", ["My wife died four years ago in spring", "I lost my husband last year in May"]
)
def test_who_tells_of_a_death_is_not_only_thanked(told: str, store: FactStore) -> None:
    turn = Turn((Part(told, "out_of_scope"),))
    text = ActionDecline().respond(turn, store).reply.text
    assert text == "\n".join([store.phrases["loss"], store.phrases["remark"]])


def test_a_stated_plan_beside_a_question_is_left_to_the_team(store: FactStore) -> None:
    plan = Part("I should stop my eliquis the day before I guess", "personal_advice")
    turn = Turn((Part("How long does it take?", "ask_procedure_duration"), plan))
    assert store.phrases["part_personal"] in ActionAnswerQuestion().respond(turn, store).reply.text


def test_who_asks_for_a_moment_gets_it(store: FactStore) -> None:
    turn = Turn((Part("hang on, the kettle is whistling", "out_of_scope"),))
    reply = ActionDecline().respond(turn, store).reply
    assert (reply.kind, reply.text) == ("greet", store.phrases["pause"])


def test_what_may_ask_is_only_declined(store: FactStore) -> None:
    turn = Turn((Part("I need a copy of my bill", "out_of_scope"),))
    assert ActionDecline().respond(turn, store).reply.text == store.phrases["out_of_scope"]


def test_why_behind_a_refusal_asks_of_the_refusal(store: FactStore) -> None:
    shown = ("driver_needed",)
    refused = asking("followup_why", subject="ask_driver", shown=shown, refused="out_of_scope")
    reply = ActionExplainWhy().respond(refused, store).reply
    assert (reply.kind, reply.text) == ("out_of_scope", store.phrases["why_refused"])
    advice = replace(refused, refused="personal_advice")
    reply = ActionExplainWhy().respond(advice, store).reply
    assert (reply.kind, reply.text) == ("personal_advice", store.phrases["why_not_judged"])
    answered = asking("followup_why", subject="ask_driver", shown=shown)
    assert ActionExplainWhy().respond(answered, store).reply.kind == "answer"


def test_a_refusal_is_remembered_until_the_next_answer() -> None:
    def said(
        action: PatientAction, intent: str, refused: object, **parsed: object
    ) -> dict[str, Any]:
        message = {"text": "x", "intent": {"name": intent}, **parsed}
        tracker = Tracker("x", {"refused": refused}, message, [], False, None, {}, "listen")
        events = action.run(CollectingDispatcher(), tracker, {})
        return {event["name"]: event["value"] for event in events}

    # False and True are what a version before kept.
    assert said(ActionDecline(), "out_of_scope", refused=False)["refused"] == "out_of_scope"
    advised = said(ActionAdviseAskingTeam(), "personal_advice", refused=True)
    assert advised["refused"] == "personal_advice"
    # "Why?" behind what is known in general asks of that.
    part = {"text": "is it for me", "intent": "personal_advice", "choices": ["ask_candidacy"]}
    general = said(
        ActionAdviseAskingTeam(), "personal_advice", refused="out_of_scope", parts=[part]
    )
    assert general["shown_facts"] and general["refused"] == ""
    answered = said(ActionAnswerQuestion(), "ask_driver", refused="out_of_scope")
    assert answered["refused"] == ""
    assert answered["told_last"] == answered["shown_facts"]
    assert "refused" not in said(ActionAnswerQuestion(), "ask_driver", refused="")
