"""What every route of the channel has in common.

Threat model: a route that forgets a check, and an error that tells more than it should.
Each call passes the same door: origin, bounded body, method, then the handler; each
answer leaves with the same headers; each exception becomes a problem document, and the
log gets the kind of the exception, never its text.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.assistant import OutageError
from channels.bodies import read_body
from channels.origins import API, Origins
from channels.problems import ProblemError, unavailable
from channels.replies import apology

logger = logging.getLogger(__name__)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Call:
    """A request whose body was read."""

    request: Request
    body: bytes

    @property
    def content_type(self) -> str:
        """Of the body, "" where none is named."""
        return str(self.request.headers.get("content-type", ""))

    @property
    def authorization(self) -> str:
        """The header, "" where there is none."""
        return str(self.request.headers.get("authorization", ""))


Handler = Callable[[Call], Coroutine[Any, Any, HTTPResponse]]


def as_json(data: Any, status: int = 200) -> HTTPResponse:
    """A JSON response in plain ASCII, safe in every context."""
    return HTTPResponse(json.dumps(data), status=status, content_type="application/json")


class Doors:
    """Adds routes to the channel's blueprint."""

    def __init__(self, blueprint: Blueprint, origins: Origins) -> None:
        self._blueprint = blueprint
        self._origins = origins

    def open(
        self,
        path: str,
        handlers: Mapping[str, Handler],
        headers: Mapping[str, str] = API,
        anyone: bool = False,
    ) -> None:
        """Serve a path.

        Args:
            handlers: by method; HEAD is served where GET is.
            anyone: True where pages of all sites may load it.
        """

        async def serve(request: Request) -> HTTPResponse:
            try:
                if not anyone:
                    self._origins.check(request)
                response = await self._handled(request, handlers)
            except ProblemError as problem:
                response = problem.response()
            except OutageError as outage:
                cause = type(outage.__cause__).__name__
                logger.error("A call failed: the %s is away (%s).", str(outage), cause)
                response = unavailable(apology()).response()
            except Exception as error:
                logger.error("A call failed (%s).", type(error).__name__)
                response = unavailable(apology()).response()
            kept = headers if response.status < 400 else API
            for name, value in {**kept, **self._origins.headers(request)}.items():
                response.headers[name] = value
            return response

        name = path.strip("/").replace("/", "_").replace(".", "_") or "page"
        self._blueprint.add_route(serve, path, methods=METHODS, name=name, stream=True)

    async def _handled(self, request: Request, handlers: Mapping[str, Handler]) -> HTTPResponse:
        body = await read_body(request)
        method = "GET" if request.method == "HEAD" else request.method
        allowed = ", ".join(
            sorted({*handlers, "OPTIONS"} | ({"HEAD"} if "GET" in handlers else set()))
        )
        if method == "OPTIONS":
            return self._origins.preflight(allowed)
        if method not in handlers:
            raise ProblemError(405, "This path has no such method.", {"Allow": allowed})
        return await handlers[method](Call(request, body))
