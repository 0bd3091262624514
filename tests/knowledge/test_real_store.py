"""The facts that ship: complete, checked, and true to their pages' headings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from knowledge.content import read_content
from knowledge.records import FactStore
from knowledge.rules import check
from tests.knowledge.contents import PHRASES

FACTS = Path("facts")
SEEDS = Path("../shared/seeds")


def test_the_store_has_no_problem() -> None:
    assert check(read_content(FACTS)) == []


def test_records_are_immutable(store: FactStore) -> None:
    fact = next(iter(store.facts.values()))
    with pytest.raises(AttributeError):
        fact.answer = "changed"  # type: ignore[misc]
    with pytest.raises(TypeError):
        store.facts["new"] = fact  # type: ignore[index]


def test_no_text_shows_a_placeholder(store: FactStore) -> None:
    for fact in store.facts.values():
        assert "{" not in fact.answer + fact.simple + (fact.more or "")
    assert not any("{" in phrase for phrase in store.phrases.values())


def test_the_phrases_are_those_that_are_said(store: FactStore) -> None:
    assert set(store.phrases) == set(PHRASES)


def test_every_sources_fact_count(store: FactStore) -> None:
    cited = {source.page for fact in store.facts.values() for source in fact.sources}
    assert cited == set(store.sources)


def test_device_makers_claims_are_named_as_such(store: FactStore) -> None:
    named = re.compile(r"device maker|medical devices|devices", re.IGNORECASE)
    for fact in store.facts.values():
        if {source.page for source in fact.sources} == {"004"}:
            assert named.search(fact.answer), fact.id


def test_rejected_patterns_catch_their_examples_and_spare_the_truth() -> None:
    for claim in yaml.safe_load((FACTS / "rejected.yml").read_text())["rejected"]:
        patterns = [re.compile(p, re.IGNORECASE) for p in claim["patterns"]]
        for example in claim["examples"]:
            assert any(p.search(example) for p in patterns), example
        for allowed in claim["allowed"]:
            assert not any(p.search(allowed) for p in patterns), allowed


def test_headings_are_on_the_source_pages(store: FactStore) -> None:
    """Against the pages themselves where they stand beside the repository."""
    if not SEEDS.is_dir():
        pytest.skip("the source pages are not beside this checkout")
    files = {p.name[:3]: p.read_text() for p in SEEDS.glob("*.txt")}
    # Names that are ours, for parts of a page without a heading.
    ours = {"References", "Imaging services", "Contact"}
    for page in store.sources.values():
        if page.id == "clinic":
            continue
        for section in set(page.sections) - ours:
            bare = section.rstrip(":")
            assert bare in files[page.id], (page.id, section)
