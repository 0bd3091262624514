"""Answer one or several questions from the fact store."""

from __future__ import annotations

from collections.abc import Sequence

from actions.answer import compose
from actions.follow_ups import own_questions
from actions.patient_action import Outcome, PatientAction
from actions.remarks import is_aside
from actions.selection import Selection, select_facts
from actions.turn import Part, Turn
from knowledge.records import Fact, FactStore, Table
from understanding.intents import ABUSE, OUT_OF_SCOPE, PERSONAL_ADVICE
from understanding.introductions import PLACEHOLDER
from understanding.splitting import is_worded_as_question

_MOST_SUGGESTIONS = 3


class ActionAnswerQuestion(PatientAction):
    """Runs for every ``ask_*`` intent that the fact store answers."""

    def name(self) -> str:
        return "action_answer_question"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        return answer_questions(turn, store)


def answer_questions(turn: Turn, store: FactStore) -> Outcome:
    """Every part of the message that asks, each answered or said to be unanswered."""
    procedure = procedure_of(turn)
    said = own_questions(turn, store)
    listed = not any(is_worded_as_question(part.text) for part in said)
    parts = [part for part in said if not _is_aside(part, listed)]
    several = len(parts) > 1
    lines: list[str] = []
    told: list[Fact] = []
    tables: list[Table] = []
    answered: list[Part] = []
    for part in parts:
        asked = part.procedures[0] if len(part.procedures) == 1 else procedure
        if len(part.procedures) > 1:
            asked = None
        selection = select_facts(store, part.intent, asked, part.ranking)
        if not selection.facts:
            continue
        body = tell(selection, store)
        lines.append(f"{store.questions[part.intent]} {body}" if several else body)
        told += [fact for fact in selection.facts if fact not in told]
        tables += [fact.table for fact in selection.facts if fact.table]
        answered.append(part)
    if not told:
        raise LookupError(f"no fact answers {[part.intent for part in turn.parts]}")
    refused = [part for part in parts if part not in answered]
    lines = [*closed_once(lines, store), *_unanswered(refused, store)]
    nearest = any(part.nearest for part in answered)
    if nearest:
        lines.insert(0, store.phrases["nearest_answer"])
    elif {fact.id for fact in told} <= set(turn.shown):
        # Whoever asks on and gets the same words would think that nobody listens.
        lines.insert(0, store.phrases["same_answer"])
    if turn.worried:
        lines.insert(0, store.phrases["worried"])
    # An aside may have asked after all: the phone stands there for it.
    missed = len(answered) < len(said)
    reply = compose(
        store,
        "answer",
        lines,
        facts=told,
        table=tables[0] if tables else None,
        suggest=suggestions(told, [part.intent for part in parts]),
        phone=store.clinic.phone if missed or nearest else None,
    )
    slots = {
        "procedure": procedure,
        "subject": answered[-1].intent,
        "shown_facts": [fact.id for fact in told],
        "alternatives": turn.alternatives_to([]),
    }
    return Outcome(reply, slots)


def _is_aside(part: Part, listed: bool) -> bool:
    """Whether it is no question: "Mother is 84 and bakes. Does it hurt?" asks one thing."""
    return part.intent == OUT_OF_SCOPE and is_aside(part.text, part.joint, listed)


def _unanswered(parts: Sequence[Part], store: FactStore) -> list[str]:
    """Names the parts in the patient's own words, save for abuse, which nothing repeats."""
    wishes = [part for part in parts if part.intent == PERSONAL_ADVICE]
    others = [part for part in parts if part.intent not in (PERSONAL_ADVICE, ABUSE)]
    lines = [_named(some, store) for some in (others, wishes) if some]
    lines += [store.phrases["part_personal"]] if wishes else []
    abuse = any(part.intent == ABUSE for part in parts)
    return lines + ([store.phrases["abuse"]] if abuse else [])


def _named(parts: Sequence[Part], store: FactStore) -> str:
    # What the mask left of a name would only puzzle.
    words = " / ".join(PLACEHOLDER.sub("...", part.text) for part in parts)
    phrase = "part_unanswered" if len(parts) == 1 else "parts_unanswered"
    return f"{store.phrases[phrase]} {words}"


def procedure_of(turn: Turn) -> str | None:
    """The one procedure that the message is about: named now, or talked of before."""
    if turn.named:
        return turn.named[0] if len(turn.named) == 1 else None
    return turn.procedure


def tell(selection: Selection, store: FactStore) -> str:
    """The selected facts as one paragraph, with whom they hold for where it matters."""
    texts = [fact.answer for fact in selection.facts]
    closing = store.phrases["clinic_first"]
    if len(texts) > 1:
        # Said once, at the end, where several facts close with it.
        closes = any(text.endswith(closing) for text in texts)
        texts = [text.removesuffix(closing).rstrip() for text in texts] + [closing] * closes
    if selection.told_only_of:
        texts.insert(0, store.phrases[f"only_told_of_{selection.told_only_of}"])
    return " ".join(texts)


def closed_once(texts: Sequence[str], store: FactStore) -> list[str]:
    """Answers to several questions; closing words that more than one has, in the last of them."""
    closing = store.phrases["clinic_first"]
    last = max((i for i, text in enumerate(texts) if text.endswith(closing)), default=0)
    return [text.removesuffix(closing).rstrip() for text in texts[:last]] + list(texts[last:])


def suggestions(told: list[Fact], asked: list[str]) -> list[str]:
    """Two or three next questions: the facts' own, without what was just asked."""
    offered = [intent for fact in told for intent in fact.next if intent not in asked]
    return list(dict.fromkeys(offered))[:_MOST_SUGGESTIONS]
