"""Files: only those that are there, and only as they are."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from channels.doors import Call
from channels.pages import DEMO, WIDGET_FILE, _file
from channels.problems import ProblemError
from tests.channels.site import Site


def get(path: Path, **headers: str) -> Any:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request: Any = SimpleNamespace(headers=names)
    return asyncio.run(_file(path)(Call(request, b"")))


def test_a_file_is_served_plain_or_packed(tmp_path: Path) -> None:
    file = tmp_path / "a.js"
    file.write_bytes(b"let a = 1" * 100)
    assert get(file).body == file.read_bytes()
    packed = get(file, accept_encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == file.read_bytes()


def test_a_new_build_is_served_without_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "a.js"
    file.write_bytes(b"old")
    tag = get(file).headers["ETag"]
    assert get(file, if_none_match=tag).status == 304
    file.write_bytes(b"newer")
    assert get(file, if_none_match=tag).body == b"newer"


def test_a_file_that_is_missing_is_a_404(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as missing:
        get(tmp_path / "none.js")
    assert missing.value.status == 404


def test_the_widget_that_is_served_is_the_one_that_was_built(straw: Site) -> None:
    assert straw.call("GET", "/widget.js").content == WIDGET_FILE.read_bytes()


def test_every_file_of_the_page_is_served(straw: Site) -> None:
    files = [path for path in DEMO.rglob("*") if path.is_file()]
    assert files
    for path in files:
        answer = straw.call("GET", f"/{path.relative_to(DEMO).as_posix()}")
        assert answer.content == path.read_bytes()
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/../package.json", "/..%2f..%2fcredentials.yml", "/%2e%2e/x"])
def test_no_path_climbs_out(straw: Site, path: str) -> None:
    assert straw.call("GET", path).status_code == 404
