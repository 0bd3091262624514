"""Servers that the tests of the channel share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.channels.site import Site, Visitor, straw_site

ALLOWED = "https://www.example.org"


@pytest.fixture(scope="session")
def straw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The channel without limits, a straw assistant, conversations in SQLite."""
    settings = {
        "allowed_origins": [ALLOWED],
        # Longer than a busy machine stands still.
        "reply_timeout_seconds": 60,
        "session_turns": 5,
    }
    with straw_site(tmp_path_factory.mktemp("straw"), settings) as site:
        yield site


@pytest.fixture
def visitor(straw: Site) -> Visitor:
    return straw.visitor()
