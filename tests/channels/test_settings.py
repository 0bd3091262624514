"""Settings: defaults that hold, and mistakes that stop the server."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from channels import settings
from channels.settings import SettingsError, kept_secret, read_settings

SECRET = "s" * 32


@pytest.fixture(autouse=True)
def secret_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "cache" / "website-secret"
    monkeypatch.setattr(settings, "SECRET_FILE", path)
    return path


@pytest.mark.parametrize("credentials", [None, {}, {"secret": None, "allowed_origins": None}])
def test_without_a_word_the_defaults_hold(credentials: Any) -> None:
    found = read_settings(credentials)
    assert found.max_characters == 1000
    assert found.turns_per_minute == 20
    assert found.turns_per_minute_per_address == 60
    assert found.conversation_lifetime_days == 30
    assert found.reply_timeout_seconds == 10
    assert found.allowed_origins == frozenset()
    assert found.mask_identifiers


def test_a_random_secret_is_made_once_and_kept_from_others(secret_file: Path) -> None:
    first = read_settings({}).secret
    assert len(first) == 64
    assert read_settings({}).secret == first
    assert stat.S_IMODE(secret_file.stat().st_mode) == 0o600


def test_a_secret_that_others_can_read_is_closed(secret_file: Path) -> None:
    secret = kept_secret(secret_file)
    secret_file.chmod(0o644)
    assert kept_secret(secret_file) == secret
    assert stat.S_IMODE(secret_file.stat().st_mode) == 0o600


def test_a_damaged_secret_file_stops_the_server(secret_file: Path) -> None:
    kept_secret(secret_file)
    secret_file.write_text("")
    with pytest.raises(SettingsError, match="damaged"):
        read_settings({})


@pytest.mark.parametrize(
    ("credentials", "named"),
    [
        ({"allowed_origin": []}, "allowed_origin"),
        ({"secret": "too short"}, "32 characters"),
        ({"secret": "${WEBSITE_SECRET_THAT_IS_NOT_SET_ANYWHERE}"}, "32 characters"),
        ({"allowed_origins": ["*"]}, "allowed_origins"),
        ({"allowed_origins": ["https://*.example.org"]}, "allowed_origins"),
        ({"allowed_origins": ["https://www.example.org/"]}, "allowed_origins"),
        ({"allowed_origins": "www.example.org"}, "allowed_origins"),
        ({"allowed_origins": [None]}, "allowed_origins"),
        ({"allowed_origins": ["null"]}, "allowed_origins"),
        ({"limits_storage": "redis"}, "limits_storage must be"),
        ({"limits_storage": "redis-host:6379"}, "limits_storage must be"),
        ({"limits_storage": "redis://redis-host:port"}, "limits_storage must be"),
        ({"limits_storage": "mongodb://redis-host"}, "limits_storage must be"),
        ({"max_characters": 0}, "max_characters"),
        ({"turns_per_minute": "many"}, "turns_per_minute"),
        ({"turns_per_minute": True}, "turns_per_minute"),
        ({"turns_per_minute": -1}, "turns_per_minute"),
        ({"reply_timeout_seconds": 1.5}, "reply_timeout_seconds"),
    ],
)
def test_a_mistake_stops_the_server_and_is_named(credentials: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings(credentials)


def test_numbers_may_come_from_the_environment_as_texts() -> None:
    assert read_settings({"secret": SECRET, "max_characters": "500"}).max_characters == 500


def test_no_proxy_is_trusted_unless_counted() -> None:
    assert read_settings({}).trusted_proxies == 0
    assert read_settings({"trusted_proxies": 0}).trusted_proxies == 0


def test_exact_origins_are_kept() -> None:
    origins = ["https://www.example.org", "http://127.0.0.1:5005"]
    assert read_settings({"allowed_origins": origins}).allowed_origins == set(origins)


def test_one_origin_may_be_written_without_brackets() -> None:
    one = "https://www.example.org"
    assert read_settings({"allowed_origins": one}).allowed_origins == {one}


@pytest.mark.parametrize("storage", ["memory://", "redis://redis-host:6379", "rediss://:p@host"])
def test_limits_are_counted_in_memory_or_in_redis(storage: str) -> None:
    assert read_settings({"limits_storage": storage}).limits_storage == storage


def test_the_password_of_the_limits_storage_is_not_told() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"limits_storage": "redis://:tamarillo@redis-host:port"})
    assert "tamarillo" not in str(refused.value)
