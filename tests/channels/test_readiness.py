"""The canary: one for many who ask, and what it says of each failure."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from channels.assistant import Assistant, OutageError
from channels.readiness import Readiness
from channels.replies import failure, welcome


class Canaries(Assistant):
    """Plays an assistant; counts the canaries that were begun and forgotten."""

    def __init__(self, fails: Exception | None = None, says: Any = None) -> None:
        super().__init__(session_turns=5)
        self.begun: list[str] = []
        self.forgotten: list[str] = []
        self._fails = fails
        self._says = says

    async def begin(self, conversation: str, reply: Any) -> None:
        self.begun.append(conversation)

    async def turn(self, message: Any, output: Any, fallback: Any) -> None:
        await asyncio.sleep(0.02)
        if self._fails:
            raise self._fails
        if self._says:
            await output.send_response("", {"reply": self._says})

    async def ask_store(self, question: Any) -> Any:
        return True

    async def forget(self, conversation: str) -> None:
        self.forgotten.append(conversation)


def ask(assistant: Canaries, times: int = 1, timeout: float = 5.0) -> list[str | None]:
    async def main() -> list[str | None]:
        readiness = Readiness(assistant, timeout)
        return list(await asyncio.gather(*(readiness.failed() for _ in range(times))))

    return asyncio.run(main())


def test_many_askers_cost_one_canary() -> None:
    assistant = Canaries(says=welcome().payload())
    assert ask(assistant, times=50) == [None] * 50
    assert len(assistant.begun) == 1


@pytest.mark.parametrize(
    ("assistant", "failed"),
    [
        (Canaries(fails=OutageError("lock store")), "lock store"),
        (Canaries(fails=RuntimeError("x")), "understanding"),
        (Canaries(says=failure().payload()), "action server"),
        (Canaries(says=None), "action server"),
    ],
)
def test_it_says_what_is_away_and_cleans_up(assistant: Canaries, failed: str) -> None:
    assert ask(assistant) == [failed]
    assert assistant.forgotten == assistant.begun


def test_it_does_not_wait_for_ever_and_still_cleans_up() -> None:
    assistant = Canaries(says=welcome().payload())
    assert ask(assistant, timeout=0.001) == ["time limit"]
    assert assistant.forgotten == assistant.begun
