"""What an action needs to know of the conversation, typed. No Rasa import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.raised_alarms import RaisedAlarms
from understanding.intents import (
    ASIDES,
    EXPRESS_WORRY,
    FALSE_ALARM,
    LEARNED,
    QUESTION_PREFIX,
)

PROCEDURES = ("vertebroplasty", "kyphoplasty")
_MOST_ALTERNATIVES = 3


@dataclass(frozen=True)
class Part:
    """One question of the patient's message.

    Attributes:
        procedures: the procedures that it names.
        choices: intents to offer where it could not be told what is asked.
        nearest: whether its answer may be to a neighbor of what is asked.
        ranking: facts that it may ask for, of any intent, best first, with the logarithm of
            how likely they are beside each other.
        joint: what stands before it in the message, as ``splitting.Cut`` has it.
    """

    text: str
    intent: str
    procedures: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    nearest: bool = False
    ranking: tuple[tuple[str, float], ...] = ()
    joint: str = ""


@dataclass(frozen=True)
class Turn:
    """The patient's message and what the conversation was about before it.

    Attributes:
        procedure: the one procedure last talked about, if it was one.
        subject: the question intent answered last.
        shown: ids of the facts told since the last question was answered, by it or by
            "tell me more", and marks of their details (``selection.details_of``).
        told_last: ids of the facts in the last reply that told any.
        alternatives: question intents that the last message might have meant.
        alarm: level of the red flag that the message reports, if any.
        alarm_by_rules: whether a rule of the safety layer heard it, and not the classifier alone.
        in_doubt: level of a red flag that the classifier alone heard and is not sure of.
        foreseen: level of a red flag that the message names as one that may yet come.
        refused: the kind of the reply before this message, where it was a refusal; else "".
        alarms: those raised shortly before.
        takes_back: whether the message says that an alarm was none, and surely raises none.
        worried: whether it says, beside what it asks, that somebody is afraid.
        typed: what the patient typed now and in the message before, "" where a
            choice was pressed.
        language: ISO 639-1 code where the message is not in English.
        likely: question intents that the message may mean, with their probabilities,
            best first.
    """

    parts: tuple[Part, ...]
    procedure: str | None = None
    subject: str | None = None
    shown: tuple[str, ...] = ()
    told_last: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    likely: tuple[tuple[str, float], ...] = ()
    language: str | None = None
    alarm: str | None = None
    alarm_by_rules: bool = True
    in_doubt: str | None = None
    foreseen: str | None = None
    refused: str = ""
    alarms: RaisedAlarms = field(default_factory=RaisedAlarms)
    takes_back: bool = False
    worried: bool = False
    typed: tuple[str, str] = ("", "")

    @property
    def corrects_alarm(self) -> bool:
        """Whether it says that an alarm which was raised shortly before was none."""
        return self.takes_back and self.alarms.last is not None

    @property
    def named(self) -> tuple[str, ...]:
        """Procedures that the message names, in any of its parts."""
        return tuple(p for p in PROCEDURES if any(p in part.procedures for part in self.parts))

    @property
    def likeliest(self) -> list[str]:
        """Some question intents that the message may mean, best first."""
        return [intent for intent, _ in self.likely[:_MOST_ALTERNATIVES]]

    def alternatives_to(self, offered: Sequence[str]) -> list[str]:
        """Some question intents to offer next, should what is said now miss the question."""
        return [i for i in self.runners_up if i not in offered][:_MOST_ALTERNATIVES]

    @property
    def runners_up(self) -> tuple[str, ...]:
        """Question intents that the message may mean besides what it was taken for."""
        taken = {part.intent for part in self.parts}
        return tuple(intent for intent, _ in self.likely if intent not in taken)

    @classmethod
    def from_tracker(
        cls,
        latest_message: Mapping[str, Any],
        slots: Mapping[str, Any],
        events: Sequence[Mapping[str, Any]] = (),
    ) -> Turn:
        """Read Rasa's tracker, as the action server receives it."""
        entities = latest_message.get("entities") or []
        intent = (latest_message.get("intent") or {}).get("name") or ""
        raw = latest_message.get("parts") or [
            {"text": latest_message.get("text") or "", "intent": intent}
        ]
        ranking = latest_message.get("intent_ranking") or []
        parts = tuple(_part(each, entities, alone=len(raw) == 1) for each in raw)
        asking = tuple(part for part in parts if part.intent not in ASIDES)
        said = {part.intent for part in parts}
        heard = latest_message.get("alarm") or {}
        in_doubt = bool(heard.get("in_doubt"))
        alarm = {} if in_doubt else heard
        return cls(
            parts=asking or parts,
            procedure=slots.get("procedure"),
            subject=slots.get("subject"),
            shown=tuple(slots.get("shown_facts") or ()),
            told_last=tuple(slots.get("told_last") or ()),
            alternatives=tuple(slots.get("alternatives") or ()),
            likely=tuple(
                (each["name"], each["confidence"])
                for each in ranking
                if each["name"].startswith(QUESTION_PREFIX)
            ),
            language=latest_message.get("language"),
            alarm=alarm.get("level"),
            alarm_by_rules=alarm.get("rules") != [LEARNED],
            in_doubt=heard["level"] if in_doubt else None,
            foreseen=latest_message.get("alarm_foreseen"),
            refused=_text(slots.get("refused")),
            alarms=RaisedAlarms.from_slot(slots.get("alarm_before")),
            takes_back=not alarm
            and (FALSE_ALARM in said or bool(latest_message.get("takes_alarm_back"))),
            worried=EXPRESS_WORRY in said and bool(asking),
            typed=_typed(latest_message, events),
        )


def _text(value: Any) -> str:
    # A version before kept only whether there was one.
    return value if isinstance(value, str) else ""


def _typed(
    latest_message: Mapping[str, Any], events: Sequence[Mapping[str, Any]]
) -> tuple[str, str]:
    said = [event.get("text") or "" for event in events if event.get("event") == "user"]
    said = said or [latest_message.get("text") or ""]
    now, before = said[-1], said[-2] if len(said) > 1 else ""
    return tuple("" if text.startswith("/") else text for text in (now, before))  # type: ignore[return-value]


def _part(raw: Mapping[str, Any], entities: Sequence[Mapping[str, Any]], alone: bool) -> Part:
    named = [e for e in entities if e.get("entity") == "procedure"]
    here = [e for e in named if alone or _mentions(raw["text"], e)]
    # A procedure named once holds for every question of the message.
    values = {e["value"] for e in (here or named)}
    return Part(
        text=raw["text"],
        intent=raw["intent"],
        procedures=tuple(p for p in PROCEDURES if p in values),
        choices=tuple(raw.get("choices") or ()),
        nearest=bool(raw.get("nearest")),
        ranking=tuple((fact, score) for fact, score in raw.get("facts") or ()),
        joint=raw.get("joint") or "",
    )


def _mentions(text: str, entity: Mapping[str, Any]) -> bool:
    # Its value is the standard name; "kypho" is what was written.
    return str(entity.get("text") or entity["value"]).lower() in text.lower()
