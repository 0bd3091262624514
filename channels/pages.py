"""The widget's file, the page that shows it, and the API's description.

Threat model: a path that climbs out of the folder. Only files that lay in the folders
when the server started are served, each on a route of its own; no path is ever joined
from a request.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
from functools import lru_cache
from pathlib import Path

import yaml
from sanic.response import HTTPResponse, redirect

from channels.doors import Call, Doors, Handler
from channels.origins import PAGE, WIDGET
from channels.problems import ProblemError
from launch.environment import ROOT

DEMO = ROOT / "widget" / "demo"
WIDGET_FILE = ROOT / "widget" / "dist" / "widget.js"
DESCRIPTION = ROOT / "docs" / "openapi.yml"


def open_pages(doors: Doors) -> None:
    """Serve all that needs no conversation."""
    doors.open("/widget.js", {"GET": _file(WIDGET_FILE)}, WIDGET, anyone=True)
    doors.open("/openapi.json", {"GET": _description()}, anyone=True)
    doors.open("/", {"GET": _front_page}, PAGE, anyone=True)
    for path in sorted(DEMO.rglob("*")):
        if path.is_file():
            name = path.relative_to(DEMO).as_posix()
            doors.open(f"/{name}", {"GET": _file(path)}, PAGE, anyone=True)


async def _front_page(call: Call) -> HTTPResponse:
    if not call.request.path.endswith("/"):
        # The page's own links are relative to the folder.
        return redirect(call.request.path + "/", status=308)
    return await _file(DEMO / "index.html")(call)


def _description() -> Handler:
    # Read once: YAML is slow, and anybody may ask for it.
    text = json.dumps(yaml.safe_load(DESCRIPTION.read_text()))

    async def serve(call: Call) -> HTTPResponse:
        return HTTPResponse(text, content_type="application/json")

    return serve


def _file(path: Path) -> Handler:
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media.startswith("text/") or media.endswith("javascript"):
        media += "; charset=utf-8"

    async def serve(call: Call) -> HTTPResponse:
        headers = call.request.headers
        try:
            stat = path.stat()
            content, packed, tag = _read(path, stat.st_mtime_ns, stat.st_size)
        except OSError:
            raise ProblemError(404, "This server does not have the file.") from None
        if headers.get("if-none-match") == tag:
            return HTTPResponse(status=304, headers={"ETag": tag})
        if "gzip" in headers.get("accept-encoding", ""):
            more = {"ETag": tag, "Content-Encoding": "gzip"}
            return HTTPResponse(packed, headers=more, content_type=media)
        return HTTPResponse(content, headers={"ETag": tag}, content_type=media)

    return serve


@lru_cache(maxsize=64)
def _read(path: Path, changed: int, size: int) -> tuple[bytes, bytes, str]:
    # The change time and the size are in the key: a new build is served at once.
    content = path.read_bytes()
    tag = hashlib.sha256(content).hexdigest()[:20]
    return content, gzip.compress(content, mtime=0), f'W/"{tag}"'
