"""Lines: order, bounds, and work that outlives whoever asked for it."""

from __future__ import annotations

import asyncio

import pytest

from channels.lines import LineFullError, Lines


def test_one_after_the_other_in_the_order_of_arrival() -> None:
    async def main() -> list[str]:
        lines, done = Lines(), []

        async def work(name: str, seconds: float) -> None:
            done.append(f"{name} begins")
            await asyncio.sleep(seconds)
            done.append(f"{name} ends")

        tasks = [
            lines.join("one", lambda: work("first", 0.02)),
            lines.join("one", lambda: work("second", 0.0)),
        ]
        await asyncio.gather(*tasks)
        return done

    assert asyncio.run(main()) == ["first begins", "first ends", "second begins", "second ends"]


def test_conversations_do_not_wait_for_each_other() -> None:
    async def main() -> bool:
        lines, never = Lines(), asyncio.Event()
        slow = lines.join("one", never.wait)
        await lines.join("two", lambda: asyncio.sleep(0))
        waits = not slow.done()
        never.set()
        await slow
        return waits

    assert asyncio.run(main())


def test_three_wait_and_no_more() -> None:
    async def main() -> None:
        lines, go = Lines(), asyncio.Event()
        tasks = [lines.join("one", go.wait) for _ in range(4)]
        with pytest.raises(LineFullError):
            lines.join("one", go.wait)
        go.set()
        await asyncio.gather(*tasks)
        await lines.join("one", go.wait)

    asyncio.run(main())


def test_a_caller_who_leaves_takes_nothing_along() -> None:
    async def main() -> list[str]:
        lines, done = Lines(), []

        async def work() -> None:
            await asyncio.sleep(0.02)
            done.append("done")

        async def caller() -> None:
            await asyncio.shield(lines.join("one", work))

        asking = asyncio.create_task(caller())
        await asyncio.sleep(0)
        asking.cancel()
        await lines.settle(1.0)
        return done

    assert asyncio.run(main()) == ["done"]


def test_failed_work_lets_the_next_one_in_and_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def main() -> int:
        lines = Lines()

        async def fails() -> int:
            raise RuntimeError("my secret")

        async def works() -> int:
            return 7

        lines.join("one", fails)
        return await lines.join("one", works)

    assert asyncio.run(main()) == 7
    assert "my secret" not in caplog.text


def test_jumping_the_line_ends_what_is_in_it() -> None:
    async def main() -> tuple[list[bool], str]:
        lines, never = Lines(), asyncio.Event()
        tasks = [lines.join("one", never.wait) for _ in range(4)]
        await asyncio.sleep(0)

        async def last() -> str:
            return "alone"

        said = await lines.jump("one", last)
        return [task.cancelled() for task in tasks], said

    assert asyncio.run(main()) == ([True] * 4, "alone")


def test_an_empty_line_leaves_nothing_behind() -> None:
    async def main() -> Lines:
        lines = Lines()
        await lines.join("one", lambda: asyncio.sleep(0))
        await asyncio.sleep(0)
        return lines

    lines = asyncio.run(main())
    assert not lines._running._tasks
    assert not lines._locks


def test_settling_does_not_wait_for_ever() -> None:
    async def main() -> None:
        lines, never = Lines(), asyncio.Event()
        task = lines.join("one", never.wait)
        await lines.settle(0.01)
        assert not task.done()
        task.cancel()

    asyncio.run(main())
