"""Limits: who is counted, how, and what stays of it."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from channels.limits import RateLimits, network
from channels.metrics import Metrics
from channels.problems import ProblemError
from channels.settings import Settings


def limits(**settings: Any) -> RateLimits:
    return RateLimits(Settings(secret="k" * 32, **settings), Metrics())


def request(ip: str, forwarded: str | None = None) -> Any:
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return SimpleNamespace(ip=ip, headers=headers)


def spend(one: RateLimits, times: int, limit: str = "conversation", who: str = "a") -> None:
    async def main() -> None:
        for _ in range(times):
            await one.spend(limit, who)

    asyncio.run(main())


def test_one_too_many_is_told_when_to_come_back() -> None:
    one = limits(turns_per_minute=3)
    spend(one, 3)
    with pytest.raises(ProblemError) as refused:
        spend(one, 1)
    assert refused.value.status == 429
    assert 1 <= int(refused.value.headers["Retry-After"]) <= 61


def test_each_is_counted_apart() -> None:
    one = limits(turns_per_minute=1, turns_per_minute_per_address=1)
    spend(one, 1, "conversation", "a")
    spend(one, 1, "conversation", "b")
    spend(one, 1, "messages", "a")
    spend(one, 1, "history", "a")


def test_a_forgotten_conversation_leaves_no_count() -> None:
    one = limits(turns_per_minute=1)
    spend(one, 1)
    asyncio.run(one.forget("a"))
    spend(one, 1)


def test_while_the_shared_counts_are_away_the_server_counts_by_itself() -> None:
    one = limits(turns_per_minute=2, limits_storage="redis://127.0.0.1:1/0")
    spend(one, 2)
    with pytest.raises(ProblemError):
        spend(one, 1)
    asyncio.run(one.forget("a"))


def test_counts_do_not_name_whom_they_count() -> None:
    one = limits()
    spend(one, 1, "messages", "203.0.113.7")
    assert "203.0.113.7" not in str(dict(one._local.storage))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, None, "192.0.2.1"),
        (0, "198.51.100.1", "192.0.2.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        # What stands before the own proxies' entries, anybody can write.
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "10.0.0.1", "192.0.2.1"),
        (1, None, ""),
    ],
)
def test_only_own_proxies_are_believed(proxies: int, forwarded: str | None, seen: str) -> None:
    one = limits(trusted_proxies=proxies)
    assert one.address(request("192.0.2.1", forwarded)) == (seen or "192.0.2.1")


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_a_household_is_one_address(address: str, seen: str) -> None:
    assert network(address) == seen
