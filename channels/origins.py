"""Which sites may call, and what browsers may do with the answers.

Threat model: a page of a stranger that talks to the assistant in a visitor's browser,
an origin that looks like an allowed one (``https://www.example.org.attacker.test``), a
cache that keeps a patient's answer, and a script smuggled into the demo page. Origins
are compared whole; there is no wildcard and there are no credentials. Tokens travel in
a header, so a forged form or a foreign cookie has no effect.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from sanic.request import Request
from sanic.response import HTTPResponse

from channels.problems import ProblemError

_EVERYWHERE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
API = {
    **_EVERYWHERE,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGE = {
    **_EVERYWHERE,
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}
# The widget is there to be loaded by other sites.
WIDGET = {
    **_EVERYWHERE,
    "Cache-Control": "public, max-age=300",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Origins:
    """The exact origins of ``credentials.yml``, besides the server's own."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed

    def check(self, request: Request) -> None:
        """Let the request pass, or not.

        Raises:
            ProblemError: 403, a browser sent it from a page of another site.
        """
        origin = request.headers.get("origin")
        if origin is None or origin in self._allowed:
            return
        if origin.startswith(("http://", "https://")) and _host(origin) == request.host:
            return
        raise ProblemError(403, "This site may not use the assistant.")

    def headers(self, request: Request) -> dict[str, str]:
        """Headers that let an allowed site read the answer."""
        # Always: a cache must not hand one site's answer to another.
        headers = {"Vary": "Origin"}
        origin = request.headers.get("origin")
        if origin in self._allowed:
            headers["Access-Control-Allow-Origin"] = str(origin)
            headers["Access-Control-Expose-Headers"] = "Retry-After"
        return headers

    def preflight(self, methods: str) -> HTTPResponse:
        """The answer to a browser that asks before it sends."""
        return HTTPResponse(
            status=204,
            headers={
                "Access-Control-Allow-Methods": methods,
                "Access-Control-Allow-Headers": "Authorization, Content-Type",
                "Access-Control-Max-Age": "600",
                "Allow": methods,
            },
        )


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
