"""Read, check and freeze the fact store."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.content import FILES, Content, ContentError, RawFact, read_content, topic_files
from knowledge.records import (
    Citation,
    Clinic,
    Disclaimer,
    Fact,
    FactStore,
    FollowUp,
    SourcePage,
    Stance,
    Table,
)
from knowledge.rules import check

logger = logging.getLogger(__name__)

_ROUTINES = ("driver", "mri_scheduling", "recovery_room", "follow_up_call", "time_to_plan")
_UNCONFIRMED = "Please check this with the clinic."


def load_store(folder: Path) -> FactStore:
    """The checked store of ``folder``.

    Raises:
        ContentError: with every problem that the content rules found.
    """
    content = read_content(folder)
    problems = check(content)
    if problems:
        raise ContentError(problems)
    return _freeze(content)


class LiveStore:
    """The store, read again when a file changes; a broken change is kept out.

    Args:
        folder: of the fact files.
        every: seconds between two looks at the folder.
        clock: monotonic seconds.

    Raises:
        ContentError: at the start, when there is no good copy to fall back on.
    """

    def __init__(
        self, folder: Path, every: float = 2.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._every = every
        self._clock = clock
        self._seen = self._stamp()
        self._looked = clock()
        self._store = load_store(folder)

    def current(self) -> FactStore:
        """The newest good copy."""
        if self._clock() - self._looked >= self._every:
            self._looked = self._clock()
            stamp = self._stamp()
            if stamp != self._seen:
                self._seen = stamp
                self._reload()
        return self._store

    def _reload(self) -> None:
        try:
            self._store = load_store(self._folder)
            logger.info("The fact store changed and was read again.")
        except Exception as error:
            # Whatever it is, patients are answered. No patient's words are in these files.
            logger.error(
                "The changed fact store is not used; the last good copy goes on.\n%s: %s",
                type(error).__name__,
                str(error),
            )

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        stamp = []
        for path in (*(self._folder / name for name in FILES), *topic_files(self._folder)):
            # An editor that saves through another file takes this one away for a moment.
            with suppress(OSError):
                stat = path.stat()
                stamp.append((str(path), stat.st_mtime_ns, stat.st_size))
        return tuple(stamp)


@cache
def live_store(folder: Path) -> LiveStore:
    """This process's one copy of a folder's store, read at the first use."""
    return LiveStore(folder)


def _freeze(content: Content) -> FactStore:
    values = clinic_values(content.clinic)
    content = Content(_fill(content.files, values), _fill(content.topics, values))
    pages = {
        page["id"]: SourcePage(
            page["id"],
            page["title"],
            page["publisher"],
            page["kind"],
            page["read_on"],
            tuple(page["sections"]),
        )
        for page in content.sources
    }
    facts = {raw.id: _fact(raw) for raw in content.facts()}
    disclaimer = content.files["disclaimer.yml"]
    clinic = content.clinic
    return FactStore(
        facts=MappingProxyType(facts),
        sources=MappingProxyType(pages),
        clinic=Clinic(
            clinic["name"], clinic["phone"], clinic["fax"], clinic["address"], clinic["hours"]
        ),
        disclaimer=Disclaimer(disclaimer["full"], disclaimer["short"]),
        questions=MappingProxyType(content.files["questions.yml"]["questions"]),
        phrases=MappingProxyType(content.files["phrases.yml"]["phrases"]),
        follow_ups=MappingProxyType(
            {
                kind: FollowUp(tuple(raw.get("choices", ())), MappingProxyType(raw["means"]))
                for kind, raw in content.files["follow_ups.yml"].items()
            }
        ),
        questions_digest=_questions_digest(facts.values()),
    )


def _questions_digest(facts: Iterable[Fact]) -> str:
    asked = [(fact.id, fact.answers, fact.questions) for fact in facts]
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def clinic_values(clinic: dict[str, Any]) -> dict[str, str]:
    """What fills ``{clinic_name}`` and the like in a text.

    A routine that the clinic has not confirmed says so where it is told.
    """
    values = {k: _tidy(v) for k, v in clinic.items() if isinstance(v, str)}
    if not clinic["routines_confirmed"]:
        for routine in _ROUTINES:
            values[routine] += " " + _UNCONFIRMED
    return {f"clinic_{key}": value for key, value in values.items()}


def _fact(raw: RawFact) -> Fact:
    data = raw.data
    table = data.get("table")
    return Fact(
        id=data["id"],
        topic=raw.topic,
        answers=tuple(data["answers"]),
        procedures=tuple(data["procedures"]),
        questions=tuple(data["questions"]),
        answer=data["answer"],
        simple=data["simple"],
        more=data.get("more"),
        table=Table(
            table["caption"],
            tuple(table["columns"]),
            tuple(tuple(row) for row in table["rows"]),
        )
        if table
        else None,
        sources=tuple(Citation(s["page"], s["section"], s["says"]) for s in data["sources"]),
        differ=tuple(Stance(tuple(d["pages"]), d["says"]) for d in data.get("differ", [])),
        next=tuple(data["next"]),
        version=data["version"],
        reviewed_on=data["reviewed_on"],
    )


def _fill(part: Any, values: dict[str, str]) -> Any:
    """The part with every text in it on one line and the clinic's values in their places."""
    if isinstance(part, dict):
        return {key: _fill(each, values) for key, each in part.items()}
    if isinstance(part, list):
        return [_fill(each, values) for each in part]
    if not isinstance(part, str):
        return part
    for name, value in values.items():
        part = part.replace("{" + name + "}", value)
    return _tidy(part)


def _tidy(text: str) -> str:
    return " ".join(text.split())
