"""Fixtures that several rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.loader import load_store
from knowledge.records import FactStore

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def store() -> FactStore:
    return load_store(ROOT / "facts")
