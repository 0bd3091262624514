"""How much one conversation and one address may ask for.

Threat model: a script that starts conversations without end, floods one, or spreads a
flood over many; a forged ``X-Forwarded-For`` that passes one address off as many; and
addresses of patients lying in Redis in the clear. Counts live in memory, or in Redis
where several servers share them; while Redis is away each server counts by itself.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import logging
import time

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from sanic.request import Request

from channels.metrics import Metrics
from channels.problems import too_many
from channels.settings import Settings

logger = logging.getLogger(__name__)

_REDIS_TIMEOUT = 1.0
# Threads may all be waiting for a store that hangs: then nobody may wait for one of them.
_THREAD_TIMEOUT = 2 * _REDIS_TIMEOUT
_BUSY = "Too many messages. Please wait a moment and try again."


class RateLimits:
    """Counts in fixed windows of a minute or an hour."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        per_address = RateLimitItemPerMinute(settings.turns_per_minute_per_address)
        self._items: dict[str, RateLimitItem] = {
            "conversation": RateLimitItemPerMinute(settings.turns_per_minute),
            "messages": per_address,
            "history": per_address,
            "feedback": per_address,
            "forget": per_address,
            "start": RateLimitItemPerHour(settings.conversations_per_hour_per_address),
        }
        self._metrics = metrics
        self._key = settings.secret.encode()
        self._proxies = settings.trusted_proxies
        self._local = MemoryStorage()
        self._shared = _shared_storage(settings.limits_storage)

    async def spend(self, limit: str, who: str) -> None:
        """Count one call.

        Raises:
            ProblemError: 429, it is one too many.
        """
        item, name = self._items[limit], self._name(who)
        seconds = await self._wait(item, limit, name)
        if seconds is not None:
            self._metrics.rate_limited.labels(limit).inc()
            raise too_many(seconds, _BUSY)

    async def forget(self, conversation: str) -> None:
        """Drop the counts of a conversation."""
        item, name = self._items["conversation"], self._name(conversation)
        FixedWindowRateLimiter(self._local).clear(item, "conversation", name)
        if self._shared:
            try:
                limiter = FixedWindowRateLimiter(self._shared)
                clear = asyncio.to_thread(limiter.clear, item, "conversation", name)
                await asyncio.wait_for(clear, _THREAD_TIMEOUT)
            except Exception as error:
                # It holds a count under a keyed hash, and ends within the minute.
                logger.warning("The shared rate limits are away (%s).", type(error).__name__)

    def address(self, request: Request) -> str:
        """The network that the request comes from.

        Only as many entries of ``X-Forwarded-For`` are believed as there are proxies
        of ours: whatever stands before them, anybody can write.
        """
        forwarded = str(request.headers.get("x-forwarded-for", ""))
        seen = [entry.strip() for entry in forwarded.split(",") if entry.strip()]
        known = 0 < self._proxies <= len(seen)
        return network(seen[-self._proxies] if known else request.ip)

    async def _wait(self, item: RateLimitItem, limit: str, name: str) -> int | None:
        """Seconds to wait, None where the call is within the limit."""
        if self._shared:
            try:
                hit = asyncio.to_thread(_hit, self._shared, item, limit, name)
                return await asyncio.wait_for(hit, _THREAD_TIMEOUT)
            except Exception as error:
                logger.warning(
                    "The shared rate limits are away (%s); this server counts by itself.",
                    type(error).__name__,
                )
        return _hit(self._local, item, limit, name)

    def _name(self, who: str) -> str:
        return hmac.new(self._key, who.encode(errors="replace"), hashlib.sha256).hexdigest()[:32]


def network(address: str) -> str:
    """The address, of IPv6 its /64: a household has that many addresses to itself.

    One of IPv4 that is written as IPv6 (``::ffff:192.0.2.1``) counts as what it is.
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, 64), strict=False))


def _hit(storage: Storage, item: RateLimitItem, limit: str, name: str) -> int | None:
    limiter = FixedWindowRateLimiter(storage)
    if limiter.hit(item, limit, name):
        return None
    ends, _ = limiter.get_window_stats(item, limit, name)
    return int(ends - time.time()) + 1


def _shared_storage(uri: str) -> Storage | None:
    if uri == "memory://":
        return None
    timeouts = {"socket_timeout": _REDIS_TIMEOUT, "socket_connect_timeout": _REDIS_TIMEOUT}
    return storage_from_string(uri, **timeouts)
