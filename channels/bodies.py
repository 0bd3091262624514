"""Read a request's body, bounded, and make a typed message of it.

Threat model: bodies that are huge, endless, compressed bombs, broken UTF-8, nested a
thousand deep or of another shape than asked for; and fields that pretend to be the
server's (``sender``, ``metadata``, ``input_channel``), which are never looked at.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any, NoReturn

from sanic.exceptions import InvalidUsage, PayloadTooLarge, SanicException
from sanic.http import Http
from sanic.request import Request

from channels.problems import ProblemError
from channels.texts import readable

LARGEST_BODY = 16 * 1024
_BODY_TIMEOUT = 10.0
_LONGEST_ID = 200


@dataclass(frozen=True)
class Typed:
    """Words that the patient typed, made readable."""

    text: str


@dataclass(frozen=True)
class Pressed:
    """A suggestion that the patient pressed."""

    choice: str


@dataclass(frozen=True)
class Rating:
    """What the patient thinks of one reply."""

    reply: str
    helpful: bool
    comment: str


async def read_body(request: Request) -> bytes:
    """The whole body, never more of it than is allowed.

    Raises:
        ProblemError: 413 too large; 415 compressed; 400 broken framing, or too slow.
    """
    stream = request.stream
    assert stream is not None
    # Sanic lifts its limit for streaming handlers; with this one it stops reading, and
    # closes the connection, as soon as the announced or the read size is over it.
    stream.request_max_size = LARGEST_BODY
    headers = request.headers
    if headers.get("content-encoding", "identity") != "identity":
        raise ProblemError(415, "Send the body uncompressed.")
    try:
        # Two lengths at once are how requests are smuggled past a proxy.
        if stream.request_bytes < 0 or {"content-length", "transfer-encoding"} <= set(headers):
            raise InvalidUsage("framing")
        return await asyncio.wait_for(_all(stream), _BODY_TIMEOUT)
    except PayloadTooLarge:
        detail = f"The body is too large; {LARGEST_BODY} bytes are allowed."
        raise ProblemError(413, detail) from None
    except (SanicException, asyncio.TimeoutError):
        # What is left of it is not waited for.
        stream.keep_alive, stream.request_body = False, None
        raise ProblemError(400, "The body cannot be read.") from None


async def _all(stream: Http) -> bytes:
    parts = []
    while stream.request_body:
        parts.append(await stream.read() or b"")
    return b"".join(parts)


def read_message(body: bytes, content_type: str, most: int) -> Typed | Pressed:
    """The patient's message.

    Args:
        most: characters of a text.

    Raises:
        ProblemError: 400, 413 or 415.
    """
    fields = _fields(body, content_type)
    text, choice = fields.get("text"), fields.get("choice")
    if (text is None) == (choice is None):
        raise ProblemError(400, 'Send either "text" or "choice".')
    if choice is not None:
        return Pressed(_id(choice, "choice"))
    if not isinstance(text, str):
        raise ProblemError(400, '"text" must be a string.')
    return Typed(readable(text, most))


def read_rating(body: bytes, content_type: str, most: int) -> Rating:
    """The patient's feedback on a reply.

    Raises:
        ProblemError: 400, 413 or 415.
    """
    fields = _fields(body, content_type)
    helpful, comment = fields.get("helpful"), fields.get("comment")
    if not isinstance(helpful, bool):
        raise ProblemError(400, '"helpful" must be true or false.')
    if comment is not None and not isinstance(comment, str):
        raise ProblemError(400, '"comment" must be a string.')
    said = readable(comment, most) if comment and comment.strip() else ""
    return Rating(_id(fields.get("reply"), "reply"), helpful, said)


def _id(value: Any, name: str) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID:
        raise ProblemError(400, f'"{name}" must be an id that the server gave.')
    return value


def _fields(body: bytes, content_type: str) -> dict[str, Any]:
    media, _, parameters = content_type.lower().partition(";")
    charset = parameters.strip().removeprefix("charset=").strip('"')
    if media.strip() != "application/json" or charset not in ("", "utf-8"):
        raise ProblemError(415, "Send application/json in UTF-8.")
    try:
        # Decoded here: json.loads would guess UTF-16 and UTF-32 from bytes.
        fields = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ProblemError(400, "The body is not JSON in UTF-8.") from None
    if not isinstance(fields, dict):
        raise ProblemError(400, "The body must be a JSON object.")
    return fields


def _no_constant(name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON.")
