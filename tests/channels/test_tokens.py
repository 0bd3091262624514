"""Tokens: only the server's own, only as long as they hold."""

from __future__ import annotations

import base64
import json
from typing import Any

import jwt
import pytest

from channels.problems import ProblemError
from channels.tokens import Tokens, new_conversation

SECRET = "k" * 32
NOW = 1_800_000_000.0
ID = "0123456789abcdef" * 2


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(SECRET, lifetime=60)


def signed(secret: str = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    whole = {"sub": ID, "aud": "website", "exp": 4_000_000_000, **claims}
    return jwt.encode({k: v for k, v in whole.items() if v is not None}, secret, algorithm)


def unsigned() -> str:
    header, body = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
        for part in ({"alg": "none"}, {"sub": ID, "aud": "website", "exp": 4_000_000_000})
    )
    return f"{header}.{body}."


def test_a_token_names_its_conversation(tokens: Tokens) -> None:
    conversation = new_conversation()
    assert tokens.conversation(f"Bearer {tokens.issue(conversation)}") == conversation


def test_ids_have_128_random_bits() -> None:
    ids = {new_conversation() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(bytes.fromhex(one)) == 16 for one in ids)


def test_it_ends(tokens: Tokens) -> None:
    old = Tokens(SECRET, lifetime=60, clock=lambda: NOW - 1_000_000_000)
    with pytest.raises(ProblemError):
        tokens.conversation(f"Bearer {old.issue(ID)}")


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer a.b.c",
        f"Basic {signed()}",
        signed(),
        f"Bearer {signed(secret='o' * 32)}",
        f"Bearer {signed(secret=SECRET * 2, algorithm='HS512')}",
        f"Bearer {unsigned()}",
        f"Bearer {signed(exp=1)}",
        f"Bearer {signed(exp=None)}",
        f"Bearer {signed(aud='another')}",
        f"Bearer {signed(aud=None)}",
        f"Bearer {signed(sub=None)}",
        f"Bearer {signed(sub='default')}",
        f"Bearer {signed(sub=ID + 'x')}",
        f"Bearer {signed(sub=ID.upper())}",
        f"Bearer {signed()} x",
        f"Bearer {signed()[:-2]}",
        "Bearer \udcff\udcfe.\udcff.\udcff",
        "Bearer " + "a" * 8000,
    ],
)
def test_all_else_is_refused_in_one_way(tokens: Tokens, authorization: str) -> None:
    with pytest.raises(ProblemError) as refused:
        tokens.conversation(authorization)
    assert refused.value.status == 401
    assert refused.value.headers == {"WWW-Authenticate": "Bearer"}
    assert refused.value.detail == "This needs the token of a conversation that exists."
    assert refused.value.__cause__ is None


def test_the_scheme_is_read_in_any_case(tokens: Tokens) -> None:
    assert tokens.conversation(f"bearer  {tokens.issue(ID)} ") == ID
