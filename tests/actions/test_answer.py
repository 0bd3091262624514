"""Answer, source and disclaimer are one message, or none is built."""

from __future__ import annotations

import pytest

from actions.answer import MEDICAL, Reply, compose, source_line, table_lines
from knowledge.records import FactStore, Table
from tests.disclaimers import assert_carries_disclaimer


@pytest.mark.parametrize("disclaimer", ["", "  "])
def test_a_reply_without_disclaimer_cannot_be_built(disclaimer: str) -> None:
    with pytest.raises(ValueError, match="disclaimer"):
        Reply("answer", "text", disclaimer)


def test_a_reply_without_text_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="text"):
        Reply("answer", " ", "disclaimer")


def test_a_blank_line_is_refused() -> None:
    with pytest.raises(ValueError, match="blank line"):
        Reply("answer", "a\n\nb", "disclaimer")


@pytest.mark.parametrize("kind", ["answer", "greet", "error", "emergency", "clarify"])
def test_every_kind_carries_its_disclaimer(kind: str, store: FactStore) -> None:
    reply = compose(store, kind, ["Text."])
    assert_carries_disclaimer(reply.payload(), store)
    assert reply.plain_text().endswith(reply.disclaimer)
    assert (reply.disclaimer == store.disclaimer.full) is (kind in MEDICAL)


def test_the_plain_text_is_whole(store: FactStore) -> None:
    fact = next(f for f in store.facts.values() if f.table)
    reply = compose(
        store, "answer", [fact.answer], facts=[fact], table=fact.table, suggest=["ask_walking"]
    )
    plain = reply.plain_text()
    for piece in (
        fact.answer,
        fact.table.rows[0][0] if fact.table else "",
        store.sources[fact.sources[0].page].title,
        fact.sources[0].section,
        fact.reviewed_on,
        store.questions["ask_walking"],
        store.disclaimer.full,
    ):
        assert piece in plain
    assert "\n\n" not in plain


def test_the_payload_follows_the_contract(store: FactStore) -> None:
    fact = next(f for f in store.facts.values() if f.table)
    payload = compose(
        store,
        "answer",
        ["Text."],
        facts=[fact],
        table=fact.table,
        suggest=["ask_walking"],
        phone=store.clinic.phone,
    ).payload()
    assert payload["facts"][0].keys() == {"id", "version", "reviewed_on", "sources"}
    assert payload["suggestions"] == [
        {"id": "ask_walking", "title": store.questions["ask_walking"]}
    ]
    assert payload["table"].keys() == {"caption", "columns", "rows"}
    assert payload["phone"] == store.clinic.phone
    assert compose(store, "answer", ["Text."]).id != compose(store, "answer", ["Text."]).id


def test_the_oldest_review_date_is_shown(store: FactStore) -> None:
    assert source_line(store, []) == ""
    facts = list(store.facts.values())[:3]
    assert min(f.reviewed_on for f in facts) in source_line(store, facts)


def test_table_as_lines() -> None:
    table = Table("Compare", ("Question", "A", "B"), (("Balloon", "no", "yes"),))
    assert table_lines(table) == ["Compare:", "- Balloon: A: no; B: yes."]
