"""Browsers: exact origins, and headers that keep answers where they belong."""

from __future__ import annotations

import pytest

from tests.channels.conftest import ALLOWED
from tests.channels.site import Site, Visitor
from tests.channels.test_contract import assert_problem

STRANGERS = [
    "https://www.example.org.attacker.test",
    "https://attacker.test/https://www.example.org",
    "https://xwww.example.org",
    "https://www.example.org:8443",
    "http://www.example.org",
    "HTTPS://WWW.EXAMPLE.ORG",
    "https://www.example.org/",
    "null",
    "",
    "*",
    "file://",
    "http://[",
]


def preflight(site: Site, origin: str, path: str = "/messages") -> dict[str, str]:
    wanted = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    answer = site.call("OPTIONS", path, headers=wanted)
    assert answer.status_code == (204 if origin == ALLOWED else 403)
    return dict(answer.headers)


def test_an_allowed_site_may_ask_and_read(straw: Site) -> None:
    headers = preflight(straw, ALLOWED)
    assert headers["Access-Control-Allow-Origin"] == ALLOWED
    assert "POST" in headers["Access-Control-Allow-Methods"]
    assert headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
    answer = straw.call("POST", "/conversations", headers={"Origin": ALLOWED})
    assert answer.status_code == 201
    assert answer.headers["Access-Control-Allow-Origin"] == ALLOWED
    assert answer.headers["Access-Control-Expose-Headers"] == "Retry-After"


def test_an_allowed_site_may_read_what_went_wrong(straw: Site) -> None:
    answer = straw.call("GET", "/messages", headers={"Origin": ALLOWED})
    assert_problem(answer, 401)
    assert answer.headers["Access-Control-Allow-Origin"] == ALLOWED


@pytest.mark.parametrize("origin", STRANGERS)
def test_strangers_are_refused_before_any_work(straw: Site, origin: str) -> None:
    answer = straw.call("POST", "/conversations", headers={"Origin": origin})
    assert_problem(answer, 403)
    assert not any(name.startswith("Access-Control") for name in answer.headers)
    assert not any(name.startswith("Access-Control") for name in preflight(straw, origin))


def test_the_servers_own_pages_may_ask(straw: Site) -> None:
    own = f"http://127.0.0.1:{straw.port}"
    assert straw.call("POST", "/conversations", headers={"Origin": own}).status_code == 201
    other = f"http://127.0.0.1:{straw.port + 1}"
    assert_problem(straw.call("POST", "/conversations", headers={"Origin": other}), 403)


@pytest.mark.parametrize("path", ["/conversations", "/messages", "/ready", "/widget.js", "/"])
def test_caches_are_told_that_answers_differ_by_origin(straw: Site, path: str) -> None:
    answer = straw.call("GET", path)
    assert answer.headers["Vary"] == "Origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    # Rasa's own CORS layer would add these to everything.
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_answers_stay_out_of_caches_and_frames(visitor: Visitor) -> None:
    headers = visitor.call("GET", "/messages").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_widget_is_there_for_other_sites(straw: Site) -> None:
    answer = straw.call("GET", "/widget.js", headers={"Origin": "https://any.example"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    tag = answer.headers["ETag"]
    assert straw.call("GET", "/widget.js", headers={"If-None-Match": tag}).status_code == 304


def test_the_page_allows_no_script_but_its_own(straw: Site) -> None:
    answer = straw.call("GET", "/")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "widget.js" in answer.text


def test_the_page_is_at_its_folder(straw: Site) -> None:
    answer = straw.call("GET", "")
    assert answer.status_code == 308
    assert answer.headers["Location"] == "/webhooks/website/"


def test_rasas_own_pages_are_left_alone(straw: Site) -> None:
    answer = straw.http.get(f"http://127.0.0.1:{straw.port}/")
    assert answer.status_code == 200
    assert answer.text.startswith("Hello from Rasa")
    assert straw.http.get(f"http://127.0.0.1:{straw.port}/nothing").status_code == 404
