"""Tokens that name a conversation.

Threat model: somebody guesses, forges, alters or prolongs a token to read or continue
another patient's conversation. The conversation id is 128 random bits that the server
draws; HMAC-SHA256 signs it with its end date; no other algorithm is accepted. A token
of a deleted conversation is refused where the conversation is looked up.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable

import jwt

from channels.problems import unauthorized

_ALGORITHM = "HS256"
_AUDIENCE = "website"
_CONVERSATION = re.compile(r"[0-9a-f]{32}")


def new_conversation() -> str:
    """An id that nobody can guess."""
    return secrets.token_hex(16)


class Tokens:
    """Signs and reads tokens.

    Args:
        secret: at least 32 characters.
        lifetime: of a token, in seconds.
        clock: seconds since the epoch.
    """

    def __init__(self, secret: str, lifetime: int, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret.encode()
        self._clock = clock
        self.lifetime = lifetime

    def issue(self, conversation: str) -> str:
        """A token for the conversation."""
        ends = int(self._clock()) + self.lifetime
        claims = {"sub": conversation, "aud": _AUDIENCE, "exp": ends}
        return jwt.encode(claims, self._secret, algorithm=_ALGORITHM)

    def conversation(self, authorization: str) -> str:
        """The conversation that an ``Authorization`` header names.

        Raises:
            ProblemError: 401, the token is missing, forged, expired or not one of ours.
        """
        scheme, _, token = authorization.strip().partition(" ")
        if scheme.lower() != "bearer":
            raise unauthorized()
        try:
            claims = jwt.decode(
                token.strip(),
                self._secret,
                algorithms=[_ALGORITHM],
                audience=_AUDIENCE,
                options={"require": ["sub", "aud", "exp"]},
            )
        except (jwt.InvalidTokenError, UnicodeError):
            # "from None": the library's message may quote the token.
            raise unauthorized() from None
        conversation = claims["sub"]
        if not isinstance(conversation, str) or not _CONVERSATION.fullmatch(conversation):
            raise unauthorized()
        return conversation
