"""The one place where answer, source and disclaimer are joined. No Rasa import."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.records import Fact, FactStore, Table

# Kinds of reply that say something medical carry the full disclaimer.
MEDICAL = frozenset(
    {"answer", "simplify", "sources", "personal_advice", "emergency", "urgent", "crisis"}
)

# The national numbers; what is urgent goes to the clinic.
_ALARM_PHONES = {"emergency": "911", "crisis": "988"}


@dataclass(frozen=True)
class Suggestion:
    """A question that the patient may press next; ``id`` is an intent."""

    id: str
    title: str


@dataclass(frozen=True)
class Reply:
    """One message of the assistant, whole: it cannot be built without a disclaimer.

    Attributes:
        kind: as the website channel's contract lists them.
        text: what is said, without sources and disclaimer.
        sources: a line that says where it comes from, "" where nothing is cited.
        in_doubt: whether the kind is that of an alarm which the assistant is not sure of.

    Raises:
        ValueError: text or disclaimer is empty, or a text would be cut in two.
    """

    kind: str
    text: str
    disclaimer: str
    sources: str = ""
    facts: tuple[dict[str, Any], ...] = ()
    table: Table | None = None
    suggestions: tuple[Suggestion, ...] = ()
    phone: str | None = None
    in_doubt: bool = False
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        if not self.disclaimer.strip():
            raise ValueError("A reply needs its disclaimer; see facts/disclaimer.yml.")
        if not self.text.strip():
            raise ValueError("A reply needs a text.")
        if "\n\n" in self.plain_text():
            raise ValueError("A reply must have no blank line: channels cut it there.")

    def plain_text(self) -> str:
        """Everything in one plain text, for channels that show nothing else."""
        lines = [self.text]
        if self.table:
            lines += table_lines(self.table)
        if self.sources:
            lines.append(self.sources)
        if self.suggestions:
            titles = " ".join(suggestion.title for suggestion in self.suggestions)
            lines.append(f"You can also ask: {titles}")
        lines.append(self.disclaimer)
        return "\n".join(lines)

    def payload(self) -> dict[str, Any]:
        """The structured reply of the website channel's contract."""
        payload: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "text": self.text,
            "disclaimer": self.disclaimer,
            "facts": list(self.facts),
            "suggestions": [{"id": s.id, "title": s.title} for s in self.suggestions],
        }
        if self.table:
            payload["table"] = {
                "caption": self.table.caption,
                "columns": list(self.table.columns),
                "rows": [list(row) for row in self.table.rows],
            }
        if self.phone:
            payload["phone"] = self.phone
        if self.in_doubt:
            payload["in_doubt"] = True
        return payload


def compose(
    store: FactStore,
    kind: str,
    lines: Sequence[str],
    *,
    facts: Sequence[Fact] = (),
    table: Table | None = None,
    suggest: Sequence[str] = (),
    phone: str | None = None,
) -> Reply:
    """Join what is said with its sources, suggestions and disclaimer.

    Args:
        lines: paragraphs, shown one below the other.
        facts: the facts told, cited under the text.
        suggest: question intents to offer; unknown ones are passed over.
        phone: the number to call, where the reply sends the patient to a person.
    """
    disclaimer = store.disclaimer.full if kind in MEDICAL else store.disclaimer.short
    return Reply(
        kind=kind,
        text="\n".join(lines),
        disclaimer=disclaimer,
        sources=source_line(store, facts),
        facts=tuple(_cited(store, fact) for fact in facts),
        table=table,
        suggestions=tuple(
            Suggestion(intent, store.questions[intent])
            for intent in dict.fromkeys(suggest)
            if intent in store.questions
        ),
        phone=phone,
    )


def alarm_reply(level: str, store: FactStore, agreed: bool = False) -> Reply:
    """The reply to a red flag of the level, with nothing before what to do.

    Args:
        level: ``emergency``, ``urgent`` or ``crisis``.
        agreed: whether it was said already, and answered by a plain yes.
    """
    phone = _ALARM_PHONES.get(level, store.clinic.phone)
    said = store.phrases[f"{level}_agreed" if agreed else level]
    return compose(store, level, [said], phone=phone)


def source_line(store: FactStore, facts: Sequence[Fact]) -> str:
    """Title and section of every source, and when the facts were last reviewed."""
    if not facts:
        return ""
    sections: dict[str, list[str]] = {}
    for fact in facts:
        for source in fact.sources:
            named = sections.setdefault(source.page, [])
            if source.section not in named:
                named.append(source.section)
    cited = "; ".join(
        f'{store.sources[page].title} ({store.sources[page].publisher}), "'
        + '", "'.join(names)
        + '"'
        for page, names in sections.items()
    )
    oldest = min(fact.reviewed_on for fact in facts)
    return f"Source: {cited}. Last reviewed {oldest}."


def table_lines(table: Table) -> list[str]:
    """A table as plain lines: 'row title: column a, value; column b, value'."""
    _, *titles = table.columns
    lines = [f"{table.caption}:"]
    for head, *cells in table.rows:
        pairs = "; ".join(f"{t}: {c}" for t, c in zip(titles, cells, strict=True))
        lines.append(f"- {head}: {pairs}.")
    return lines


def _cited(store: FactStore, fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "version": fact.version,
        "reviewed_on": fact.reviewed_on,
        "sources": [
            {"title": store.sources[source.page].title, "section": source.section}
            for source in fact.sources
        ],
    }
