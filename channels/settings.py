"""The channel's settings, as ``credentials.yml`` gives them.

Threat model: a misspelled key that is passed over leaves a limit off without a word,
a short secret can be guessed, and an origin that is a pattern lets strangers in. All
three stop the server at its start, with a sentence that says what to change.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from limits.errors import ConfigurationError
from limits.storage import storage_from_string

from launch.environment import CACHE

SECRET_FILE = CACHE / "website-secret"
_SHORTEST_SECRET = 32
_ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


class SettingsError(Exception):
    """A setting cannot be used; the text says in which file, which and why."""


@dataclass(frozen=True)
class Settings:
    """What an operator can change. Defaults fit one clinic on one server.

    Attributes:
        secret: signs the tokens; "" makes a random one, kept in ``.cache``. Several
            servers that share the load need one and the same.
        allowed_origins: other sites that embed the widget, written exactly as
            browsers send them (``https://www.example.org``).
        max_characters: of one message.
        turns_per_minute: messages of one conversation.
        turns_per_minute_per_address: messages of one network address; the same
            number holds for each other kind of call.
        conversations_per_hour_per_address: conversations that one address may start.
        conversation_lifetime_days: after that a conversation is deleted.
        limits_storage: ``memory://``, or ``redis://...`` where several servers share
            the limits.
        reply_timeout_seconds: the patient has an answer by then, whatever happens.
        trusted_proxies: how many proxies of yours stand in front and add
            ``X-Forwarded-For``.
        session_turns: questions after which Rasa starts a new session, so that long
            conversations stay quick.
        mask_identifiers: False only for tests of the channel by itself.
    """

    secret: str = ""
    allowed_origins: frozenset[str] = frozenset()
    max_characters: int = 1000
    turns_per_minute: int = 20
    turns_per_minute_per_address: int = 60
    conversations_per_hour_per_address: int = 60
    conversation_lifetime_days: int = 30
    limits_storage: str = "memory://"
    reply_timeout_seconds: int = 10
    trusted_proxies: int = 0
    session_turns: int = 20
    mask_identifiers: bool = True


def read_settings(credentials: Mapping[str, Any] | None) -> Settings:
    """The checked settings of ``channels.website.WebsiteInput`` in ``credentials.yml``.

    Raises:
        SettingsError: a key is unknown or a value cannot be used.
    """
    given = dict(credentials or {})
    known = {field.name: field for field in fields(Settings)}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise SettingsError(
            f"credentials.yml: the website channel knows no '{unknown[0]}'. "
            f"It knows: {', '.join(known)}."
        )
    values: dict[str, Any] = {
        name: _integer(name, given[name])
        for name in given
        if isinstance(known[name].default, int) and not isinstance(known[name].default, bool)
    }
    values["allowed_origins"] = _origins(given.get("allowed_origins") or [])
    values["secret"] = _secret(str(given.get("secret") or ""))
    values["limits_storage"] = _limits_storage(str(given.get("limits_storage") or "memory://"))
    values["mask_identifiers"] = given.get("mask_identifiers", True) is not False
    return Settings(**values)


def _integer(name: str, value: Any) -> int:
    least = 0 if name == "trusted_proxies" else 1
    # A value from an environment variable is a text.
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,9}", str(value)) or int(value) < least:
        raise SettingsError(
            f"credentials.yml: {name} must be a whole number from {least}, not {value!r}."
        )
    return int(value)


def _origins(value: Any) -> frozenset[str]:
    origins = value if isinstance(value, list) else [value]
    for origin in origins:
        if not isinstance(origin, str) or not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"credentials.yml: allowed_origins has {origin!r}. Write each origin exactly "
                "as browsers send it, without a slash at the end and without patterns: "
                "https://www.example.org"
            )
    return frozenset(origins)


def _limits_storage(given: str) -> str:
    try:
        # Opens no connection yet.
        known = given == "memory://" or (given.startswith("redis") and storage_from_string(given))
    except (ConfigurationError, ValueError):
        known = False
    if not known:
        # Not quoted: a password may be in it.
        raise SettingsError(
            "credentials.yml: limits_storage must be memory:// or the whole address of a "
            "Redis, for example redis://redis-host:6379 or, with a password, "
            "redis://:PASSWORD@redis-host:6379"
        )
    return given


def _secret(given: str) -> str:
    if not given:
        return kept_secret(SECRET_FILE)
    if len(given) < _SHORTEST_SECRET or given.startswith("${"):
        raise SettingsError(
            f"credentials.yml: the secret needs at least {_SHORTEST_SECRET} characters, "
            "for example the output of: openssl rand -hex 32"
        )
    return given


def kept_secret(path: Path) -> str:
    """A random secret that survives a restart, readable by this user only."""
    path.parent.mkdir(exist_ok=True)
    try:
        # O_EXCL: of two servers that start at once, one writes and the other reads.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        path.chmod(0o600)
        secret = path.read_text().strip()
    else:
        secret = secrets.token_hex(32)
        with os.fdopen(handle, "w") as file:
            file.write(secret)
    if len(secret) < _SHORTEST_SECRET:
        raise SettingsError(f"{path} is damaged; delete it and start again.")
    return secret
