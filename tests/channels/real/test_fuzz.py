"""Whatever is sent: an answer or a problem document, never a 5xx, silence or a leak.

Most inputs go to the channel with an assistant of straw, in Rasa's own web server over
HTTP; a part of the texts goes through the real model. The last test counts them.
"""

from __future__ import annotations

import json
import select
import socket
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from channels.replies import is_reply
from tests.channels.site import Site, Visitor

LEAST = 10_000
CANARY = "tamarillo"
SENT: Counter[str] = Counter()
BEGAN: list[float] = []
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    ignored_auth,
]
CALLS = [
    ("/conversations", "POST"),
    ("/conversations", "DELETE"),
    ("/messages", "POST"),
    ("/messages", "GET"),
    ("/feedback", "POST"),
    ("/ready", "GET"),
    ("/metrics", "GET"),
]


def fuzz(examples: int) -> Any:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


# What texts are made of: all of Unicode, and what is known to break programs.
ODD = st.sampled_from(
    [
        *"\x00\x01\x07\x08\x1b\x7f\x85\x9b\u200b\u200d\u200e\u200f\u202a\u202e\u2066\u2069",
        *"\ufeff\ufffe\uffff\u00ad\u0300\u0489\u2028\u2029\U0001f9d1\U000e0041\U0010ffff",
        *"שלוםمرحبا\ufdfaﷺﬀ\ufb2cẛ̣",
        "\ud800",
        "\udfff",
        "/restart",
        "/session_start",
        '/ask_risks{"subject": "x"}',
        "/",
        "\n\n",
        "\r\n",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "${jndi:x}",
        "%s%n",
        "' OR 1=1 --",
        "../../etc/passwd",
        "[phone]",
        "\\u0000",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.one_of(ODD, st.text(max_size=5)), max_size=12).map("".join),
    st.builds(
        lambda part, times: (part * times)[:1100],
        st.one_of(ODD, st.text("ab ")),
        st.integers(1, 500),
    ),
)
JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(["text", "choice", "reply", "helpful", "comment", "sender", "metadata"])
BODIES = st.one_of(
    st.binary(max_size=200),
    JSON_VALUES.map(lambda value: json.dumps(value).encode()),
    st.dictionaries(NAMES, JSON_VALUES, max_size=4).map(lambda value: json.dumps(value).encode()),
    # Broken UTF-8 inside of good JSON, and JSON cut off.
    st.binary(max_size=40).map(lambda raw: b'{"text": "' + raw + b'"}'),
    st.integers(0, 60).map(
        lambda end: b'{"text": "How long is the recovery after it, please?"}'[:end]
    ),
    # Deep, and huge.
    st.integers(1, 8000).map(lambda depth: b"[" * depth + b"]" * depth),
    st.integers(1, 2000).map(lambda depth: b'{"text":' * depth + b"1" + b"}" * depth),
    st.integers(900, 40_000).map(lambda size: b'{"text": "' + b"x" * size + b'"}'),
)
TYPES = st.sampled_from(
    ["application/json"] * 6 + ["text/plain", "", "application/json; charset=x"]
)


@pytest.fixture(scope="module", autouse=True)
def clock() -> Iterator[None]:
    BEGAN.append(time.monotonic())
    yield


@pytest.fixture(scope="module")
def someone(straw: Site) -> Visitor:
    return straw.visitor()


def assert_told(answer: requests.Response, sent: str) -> None:
    """An answer in time, of a kind that the contract knows, that quotes nothing."""
    assert answer.status_code < 500, answer.text
    if answer.status_code < 400:
        return
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    if len(sent) > 12:
        assert sent not in answer.text


@pytest.mark.parametrize("path", ["/messages", "/feedback", "/conversations"])
def test_bodies(someone: Visitor, path: str) -> None:
    @fuzz({"/messages": 3200, "/feedback": 1800, "/conversations": 250}[path])
    @given(BODIES, TYPES)
    def check(body: bytes, content_type: str) -> None:
        SENT["bodies to the straw assistant"] += 1
        headers = {**someone.headers, "Content-Type": content_type}
        answer = someone.site.call("POST", path, data=body, headers=headers)
        assert_told(answer, body.decode(errors="replace"))
        if path == "/messages" and answer.status_code == 200:
            (reply,) = answer.json()["replies"]
            assert is_reply(reply)

    check()


@pytest.mark.parametrize("header", ["Authorization", "Origin", "Content-Type", "X-Forwarded-For"])
def test_headers(someone: Visitor, header: str) -> None:
    # What HTTP allows in a header; broken requests are in test_broken_requests.
    values = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"))

    @fuzz(500)
    @given(values)
    def check(value: str) -> None:
        SENT["headers to the straw assistant"] += 1
        headers = {**someone.headers, "Content-Type": "application/json"}
        headers[header] = value.strip().encode("latin-1")  # type: ignore[assignment]
        answer = someone.site.call("POST", "/messages", data=b'{"text": " "}', headers=headers)
        assert answer.status_code in (400, 401, 403, 415)
        assert_told(answer, value)

    check()


def test_paths(straw: Site) -> None:
    @fuzz(800)
    @given(st.text(max_size=30), st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH"]))
    def check(path: str, method: str) -> None:
        SENT["paths to the straw assistant"] += 1
        quoted = requests.utils.quote(path.encode("utf-8", "surrogatepass"), safe="/?&=;:")
        answer = straw.call(method, "/" + quoted.lstrip("/"))
        assert_told(answer, path)

    check()


def test_texts(straw: Site) -> None:
    visitors = [straw.visitor()]

    @fuzz(900)
    @given(TEXTS)
    def check(text: str) -> None:
        SENT["texts to the straw assistant"] += 1
        # The store reads all of a conversation's rows: now and then a new one.
        if SENT["texts to the straw assistant"] % 100 == 0:
            visitors.append(straw.visitor())
        answer = visitors[-1].send(text=f"{CANARY} {text}")
        assert_told(answer, text)
        if answer.status_code == 200:
            (reply,) = answer.json()["replies"]
            assert is_reply(reply)
            assert reply["kind"] == "answer"

    check()
    # What was stored can be shown.
    for visitor in visitors:
        assert all(turn["text"].strip() for turn in visitor.turns())
    assert CANARY not in straw.log()


@pytest.mark.parametrize(("path", "method"), CALLS)
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_description_holds(straw: Site, path: str, method: str, mode: GenerationMode) -> None:
    visitor = straw.visitor()
    schema = schemathesis.openapi.from_url(straw.base + "/openapi.json")
    operation = schema[path][method]
    definition = operation.definition.raw
    described = "requestBody" in definition
    if mode is GenerationMode.NEGATIVE and not (described or "security" in definition):
        pytest.skip("nothing in this call can be wrong")

    @fuzz(200 if described else 20)
    @given(operation.as_strategy(generation_mode=mode))
    def check(case: schemathesis.Case) -> None:
        SENT["cases of schemathesis to the straw assistant"] += 1
        # A conversation that was deleted has no token any more.
        headers = straw.visitor().headers if method == "DELETE" else visitor.headers
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS, headers=headers)

    check()


HEAD = b"POST /webhooks/website/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
BROKEN = [
    HEAD + b"Content-Length: abc\r\n\r\n",
    HEAD + b"Content-Length: -5\r\n\r\n",
    HEAD + b"Content-Length: 999999999999\r\n\r\n" + b"x" * 1000,
    HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: gzip\r\n\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\nxxxx",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n",
    HEAD + b"Expect: 200-maybe\r\nContent-Length: 2\r\n\r\n{}",
    HEAD + b"X: " + b"a" * 20_000 + b"\r\n\r\n",
    HEAD + b"Authorization: Bearer \xff\xfe\r\nContent-Length: 2\r\n\r\n{}",
    HEAD + b"Origin: http://[\r\nContent-Length: 2\r\n\r\n{}",
    HEAD.replace(b"POST", b"FOO") + b"\r\n",
    b"GET /webhooks/website/\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /webhooks/website/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /webhooks/website/" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\x00\x01\x02\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
]


@pytest.mark.parametrize("raw", BROKEN)
def test_broken_requests(straw: Site, raw: bytes) -> None:
    SENT["broken requests to the straw assistant"] += 1
    with socket.create_connection(("127.0.0.1", straw.port), timeout=15) as line:
        line.sendall(raw)
        answer = line.recv(65536)
    status = int(answer.split(b" ", 2)[1])
    assert 400 <= status < 500
    assert b"application/problem+json" in answer


def test_ten_megabytes_are_not_waited_for(someone: Visitor) -> None:
    SENT["huge bodies to the straw assistant"] += 1
    head = HEAD + b"Content-Length: 10000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", someone.site.port), timeout=15) as line:
        line.sendall(head)
        # The answer comes before the body was sent.
        assert b" 413 " in line.recv(65536)


@pytest.mark.parametrize("server", ["straw", "real"])
@pytest.mark.parametrize("framing", ["Content-Length: 10000000", "Transfer-Encoding: chunked"])
def test_ten_megabytes_are_not_read(
    server: str, framing: str, request: pytest.FixtureRequest
) -> None:
    SENT[f"huge bodies to the {server} assistant"] += 1
    site: Site = request.getfixturevalue(server)
    piece = b"x" * 50_000
    if "chunked" in framing:
        piece = b"c350\r\n" + piece + b"\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", site.port), timeout=15) as line:
        line.sendall(HEAD + framing.encode() + b"\r\n\r\n")
        # Ample time for each answer: one that comes ends the wait.
        while sent < 10_000_000 and not select.select([line], [], [], 1.0)[0]:
            line.sendall(piece)
            sent += len(piece)
        answer = line.recv(65536)
    assert b" 413 " in answer
    assert b"application/problem+json" in answer
    assert sent < 1_000_000


def test_texts_through_the_real_model(real: Site) -> None:
    visitors = [real.visitor()]

    @fuzz(400)
    @given(TEXTS)
    def check(text: str) -> None:
        SENT["texts to the real model"] += 1
        if SENT["texts to the real model"] % 100 == 0:
            visitors.append(real.visitor())
        answer = visitors[-1].send(text=text)
        assert_told(answer, text)
        if answer.status_code == 200:
            (reply,) = answer.json()["replies"]
            assert is_reply(reply)
            assert reply["kind"] != "error", text

    check()
    for visitor in visitors:
        assert visitor.turns()
    assert "Traceback" not in real.log()


def test_there_were_at_least_ten_thousand(capsys: pytest.CaptureFixture[str]) -> None:
    whole = sum(SENT.values())
    real = sum(count for name, count in SENT.items() if "real" in name)
    with capsys.disabled():
        print()
        for name, count in SENT.most_common():
            print(f"  {count:6} {name}")
        seconds = time.monotonic() - BEGAN[0]
        print(f"  {whole:6} in all, {real} of them through real Rasa, in {seconds:.0f} s")
    assert whole >= LEAST
    assert real >= 400
