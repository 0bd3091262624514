"""What fuzz tests share: texts that break programs, and what every answer must be."""

from __future__ import annotations

import select
import socket
from typing import Any

import requests
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.channels.site import Site

FRAMINGS = ["Content-Length: 10000000", "Transfer-Encoding: chunked"]
HEAD = b"POST /webhooks/website/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


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


def assert_told(answer: requests.Response, sent: str) -> None:
    """An answer in time, of a kind that the contract knows, that quotes nothing."""
    assert answer.status_code < 500, answer.text
    if answer.status_code < 400:
        return
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    if len(sent) > 12:
        assert sent not in answer.text


def assert_ten_megabytes_are_not_read(site: Site, framing: str) -> None:
    """Whoever sends them is told after the first."""
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
