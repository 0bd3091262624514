"""Errors are told by kind and place, never by what they say."""

from __future__ import annotations

import io
import logging
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from launch import quiet_logs
from launch.environment import ROOT

WORD = "tamarillo"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a logger of any library writes while logs are quiet."""
    written, before = io.StringIO(), logging.getLogRecordFactory()
    hooks = sys.excepthook, threading.excepthook
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    quiet_logs.install()
    logger = logging.getLogger("some.library")
    logger.addHandler(handler)
    logging.getLogger("asyncio").addHandler(handler)
    yield written
    logger.removeHandler(handler)
    logging.getLogger("asyncio").removeHandler(handler)
    logging.setLogRecordFactory(before)
    sys.excepthook, threading.excepthook = hooks
    resource.setrlimit(resource.RLIMIT_CORE, limits)


def fail() -> None:
    try:
        raise ValueError(f"cannot read {WORD}")
    except ValueError as cause:
        raise RuntimeError(f"cannot go on with {WORD}") from cause


def test_a_traceback_keeps_kinds_and_places(log: io.StringIO) -> None:
    try:
        fail()
    except RuntimeError as error:
        logging.getLogger("some.library").exception("It failed.")
        logging.getLogger("some.library").error("again", exc_info=error)
    said = log.getvalue()
    assert said.startswith("ERROR some.library It failed.\n")
    assert said.count("ValueError") == said.count("RuntimeError") == 2 * 2
    assert "in fail" in said
    assert WORD not in said


def test_errors_as_messages_and_arguments_are_named_only(log: io.StringIO) -> None:
    logger = logging.getLogger("some.library")
    logger.error(ValueError(WORD))
    logger.error("%s after %d tries", KeyError(WORD), 3)
    logger.warning("%(a)s", {"a": 1})
    assert log.getvalue().splitlines() == [
        "ERROR some.library ValueError",
        "ERROR some.library KeyError after 3 tries",
        "WARNING some.library 1",
    ]


def test_tasks_that_nobody_waited_for_are_not_shown(log: io.StringIO) -> None:
    text = f"Task exception was never retrieved\nfuture: <Task RuntimeError('{WORD}')>"
    logging.getLogger("asyncio").error(text, exc_info=RuntimeError(WORD))
    assert "never retrieved\nRuntimeError" in log.getvalue()
    assert WORD not in log.getvalue()


def test_an_error_that_causes_itself_ends(log: io.StringIO) -> None:
    error = ValueError(WORD)
    error.__cause__ = error
    assert quiet_logs.without_words(error) == "ValueError"


@pytest.mark.parametrize(
    "crash",
    [
        f"raise ValueError('{WORD}')",
        f"import threading; t = threading.Thread(target=int, args=('{WORD}',)); t.start()",
        f"import asyncio; asyncio.run(asyncio.wait_for('{WORD}', 1))",
    ],
)
def test_a_program_that_crashes_says_nothing_of_it(crash: str) -> None:
    program = "from launch import quiet_logs; quiet_logs.install()\n" + crash
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert "Error" in ended.stderr
    assert WORD not in ended.stderr.replace(crash, "") + ended.stdout


def test_a_crash_leaves_no_memory_behind() -> None:
    program = (
        "from launch import quiet_logs; import resource; quiet_logs.install();"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert ended.stdout.strip() == "0", ended.stderr
