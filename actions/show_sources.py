"""Say where the last answer comes from, and who says what where sources differ."""

from __future__ import annotations

from actions.answer import compose
from actions.answer_question import suggestions
from actions.no_context import ask_for_subject
from actions.patient_action import Outcome, PatientAction
from actions.turn import Turn
from knowledge.records import Fact, FactStore


class ActionShowSources(PatientAction):
    def name(self) -> str:
        return "action_show_sources"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        facts = [store.facts[fact] for fact in turn.told_last if fact in store.facts]
        if not facts:
            return ask_for_subject(store)
        lines = [line for fact in facts for line in _provenance(fact, store)]
        reply = compose(
            store,
            "sources",
            list(dict.fromkeys(lines)),
            facts=facts,
            suggest=[*suggestions(facts, []), "ask_source_reliability"],
        )
        return Outcome(reply)


def _provenance(fact: Fact, store: FactStore) -> list[str]:
    pages = [(store.sources[source.page], source) for source in fact.sources]
    return [
        f'{page.title} ({page.publisher}), in the part "{source.section}": {source.says}'
        for page, source in pages
    ]
