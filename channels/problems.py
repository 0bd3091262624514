"""Errors as problem documents (RFC 9457).

Threat model: an error page is where frameworks leak. A problem names the rule that
was broken and never what was sent: no text of the patient, no token, no path, no
message of an exception goes into one.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from sanic.response import HTTPResponse

MEDIA_TYPE = "application/problem+json"


class ProblemError(Exception):
    """A request that is refused.

    Args:
        status: of the HTTP response.
        detail: one sentence for whoever reads the response; never quotes the request.
        headers: such as ``Retry-After``.
        members: more fields of the document.
    """

    def __init__(
        self, status: int, detail: str, headers: dict[str, str] | None = None, **members: Any
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}
        self.members = members

    def response(self) -> HTTPResponse:
        """The problem document."""
        document = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            **self.members,
        }
        return HTTPResponse(
            json.dumps(document),
            status=self.status,
            headers=self.headers,
            content_type=MEDIA_TYPE,
        )


def too_many(seconds: int, detail: str) -> ProblemError:
    """429 that says when to come back."""
    return ProblemError(429, detail, {"Retry-After": str(max(1, seconds))})


def unauthorized() -> ProblemError:
    """401, one and the same whatever is wrong with the token: it helps nobody guess."""
    return ProblemError(
        401,
        "This needs the token of a conversation that exists.",
        {"WWW-Authenticate": "Bearer"},
    )


def unavailable(detail: str, seconds: int = 5, **members: Any) -> ProblemError:
    """503 that says when to come back."""
    return ProblemError(503, detail, {"Retry-After": str(seconds)}, **members)
