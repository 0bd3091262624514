"""Fixtures that several rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from knowledge.loader import load_store
from knowledge.records import FactStore

ROOT = Path(__file__).parents[1]

# The same examples in every run, so that a red run can be run again; each in whatever time
# a busy machine takes.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def store() -> FactStore:
    return load_store(ROOT / "facts")
