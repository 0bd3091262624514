"""Fit Rasa's web server around the channel.

Threat model: what answers before the channel is asked. Rasa mounts Sanic-CORS over all
paths, which takes every preflight and adds credential headers of its own; Sanic answers
unknown paths, unknown methods and broken requests with its own pages, a malformed
``Content-Length`` with a 500, and a path that is no text with silence. For the
channel's paths all of it is put aside, openly, here.
"""

from __future__ import annotations

import re

from sanic import Sanic
from sanic.exceptions import MethodNotSupported, NotFound, PayloadTooLarge
from sanic.http import Http
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.origins import API
from channels.problems import ProblemError, unavailable


def fit(app: Sanic, prefix: str) -> None:
    """Call once, before the server starts.

    Args:
        prefix: path of the channel, without a slash at its end.
    """
    cors = getattr(app.ctx, "sanic_cors", None)
    if cors is not None:
        elsewhere = rf"(?!{re.escape(prefix)}(?:/|$))"
        cors.resources = [
            (re.compile(elsewhere + getattr(pattern, "pattern", pattern)), options)
            for pattern, options in cors.resources
        ]

    def stray(request: Request, exception: Exception) -> HTTPResponse | None:
        if not _is_ours(request, prefix):
            return None
        response = _problem(request, exception).response()
        for name, value in API.items():
            response.headers[name] = value
        return response

    app.error_handler.add(Exception, stray)
    Http.create_empty_request = _empty_request


_sanics_empty_request = Http.create_empty_request


def _empty_request(self: Http) -> None:
    # Sanic reads the path once more for the error page of a path that it cannot read.
    try:
        _sanics_empty_request(self)
    except Exception:
        self.url = None
        _sanics_empty_request(self)


def _is_ours(request: Request, prefix: str) -> bool:
    # "*" is what Sanic names a request whose path it could not read.
    return request.path in ("*", prefix) or request.path.startswith(prefix + "/")


def _problem(request: Request, exception: Exception) -> ProblemError:
    if isinstance(exception, NotFound):
        return ProblemError(404, "There is nothing at this path.")
    if isinstance(exception, MethodNotSupported):
        return ProblemError(405, "This path has no such method.")
    if isinstance(exception, PayloadTooLarge):
        return ProblemError(413, "The request is too large.")
    if request.route is None:
        # It never reached a handler: the request itself was broken.
        return ProblemError(400, "The request cannot be read.")
    return unavailable("The assistant could not do this.")
