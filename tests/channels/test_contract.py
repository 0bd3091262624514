"""The calls of the contract, as a client meets them."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
import requests

from actions.phrase_action import STARTERS
from knowledge.records import FactStore
from tests.channels.site import Site, Visitor
from tests.disclaimers import assert_carries_disclaimer


def assert_problem(answer: requests.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == status
    assert document["type"] == "about:blank"
    assert document["title"]
    assert document["detail"]
    return dict(document)


def test_a_conversation_opens_with_a_welcome(straw: Site, store: FactStore) -> None:
    started = straw.visitor().started
    assert set(started) == {"token", "expires_in", "welcome"}
    assert started["expires_in"] == 30 * 86_400
    (welcome,) = started["welcome"]
    assert welcome["kind"] == "greet"
    assert [suggestion["id"] for suggestion in welcome["suggestions"]] == list(STARTERS)
    assert_carries_disclaimer(welcome, store)


def test_the_server_names_the_conversation(straw: Site) -> None:
    body = {"sender": "me", "conversation": "me", "token": "me", "id": "me"}
    answer = straw.call("POST", "/conversations", json=body)
    claims = answer.json()["token"].split(".")[1]
    named = json.loads(base64.urlsafe_b64decode(claims + "=="))["sub"]
    assert len(named) == 32
    assert named != "me"


def test_a_conversation_needs_no_body(straw: Site) -> None:
    assert straw.call("POST", "/conversations").status_code == 201


def test_one_message_gets_one_reply(visitor: Visitor, store: FactStore) -> None:
    reply = visitor.ask("How long?\n\nAnd does it hurt?")
    assert "How long?" in reply["text"]
    assert "does it hurt?" in reply["text"]
    assert_carries_disclaimer(reply, store)


def test_a_reloaded_page_gets_its_history(visitor: Visitor) -> None:
    asked = visitor.ask("How long?")
    turns = visitor.turns()
    assert [turn["from"] for turn in turns] == ["assistant", "patient", "assistant"]
    assert turns[0] == {"from": "assistant", **visitor.started["welcome"][0]}
    assert turns[1] == {"from": "patient", "text": "How long?"}
    assert turns[2] == {"from": "assistant", **asked}


def test_a_choice_is_shown_by_its_title(visitor: Visitor) -> None:
    offered = visitor.started["welcome"][0]["suggestions"][1]
    answer = visitor.send(choice=offered["id"])
    assert answer.status_code == 200
    assert visitor.turns()[1] == {"from": "patient", "text": offered["title"]}


@pytest.mark.parametrize("choice", ["restart", "/restart", "ask_infection", "session_start", "x"])
def test_only_what_was_offered_can_be_chosen(visitor: Visitor, choice: str) -> None:
    assert_problem(visitor.send(choice=choice), 400)
    assert len(visitor.turns()) == 1


def test_a_choice_holds_for_its_own_conversation_only(straw: Site, visitor: Visitor) -> None:
    reply = straw.visitor().ask("mine")
    assert_problem(
        visitor.call("POST", "/feedback", json={"reply": reply["id"], "helpful": True}), 404
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/restart", "restart"),
        ("/session_start", "session_start"),
        ('/ask_risks{"subject": "hijacked"}', 'ask_risks{"subject": "hijacked"}'),
        ("  ///back", "back"),
    ],
)
def test_slash_text_is_text(visitor: Visitor, typed: str, shown: str) -> None:
    reply = visitor.ask(typed)
    assert reply["text"].startswith(shown)
    assert "subject None" in reply["text"]
    assert visitor.turns()[1] == {"from": "patient", "text": shown}


def test_what_the_client_claims_is_not_kept(straw: Site, visitor: Visitor) -> None:
    claims = {"sender": "other", "metadata": {"spoof": "zebra"}, "input_channel": "zebra"}
    assert visitor.send(text="How long?", **claims).status_code == 200
    assert b"zebra" not in (straw.folder / "c.db").read_bytes()


def test_feedback_is_kept_without_who_gave_it(straw: Site, visitor: Visitor) -> None:
    reply = visitor.ask("How long?")
    rating = {"reply": reply["id"], "helpful": False, "comment": "too short"}
    before = straw.metric('patient_faq_feedback_total{helpful="no"}')
    assert visitor.call("POST", "/feedback", json=rating).status_code == 204
    assert straw.metric('patient_faq_feedback_total{helpful="no"}') == before + 1
    # The tracker is as it was: a rating is no event of the conversation.
    assert len(visitor.turns()) == 3


def test_a_rating_of_a_reply_that_was_never_given_is_refused(visitor: Visitor) -> None:
    body = {"reply": "0" * 32, "helpful": True}
    assert_problem(visitor.call("POST", "/feedback", json=body), 404)


def test_forgetting_leaves_nothing_behind(straw: Site, visitor: Visitor) -> None:
    reply = visitor.ask("numbat in the garden")
    rating = {"reply": reply["id"], "helpful": True, "comment": "numbat comment"}
    assert visitor.call("POST", "/feedback", json=rating).status_code == 204
    assert b"numbat" in (straw.folder / "c.db").read_bytes()
    assert visitor.call("DELETE", "/conversations").status_code == 204
    kept = (straw.folder / "c.db").read_bytes()
    assert b"numbat" not in kept
    assert reply["id"].encode() not in kept
    for method, path, body in (
        ("GET", "/messages", None),
        ("POST", "/messages", {"text": "x"}),
        ("POST", "/feedback", rating),
        ("DELETE", "/conversations", None),
    ):
        assert_problem(visitor.call(method, path, json=body), 401)
    assert b"numbat" not in (straw.folder / "c.db").read_bytes()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/messages"),
        ("GET", "/messages"),
        ("POST", "/feedback"),
        ("DELETE", "/conversations"),
    ],
)
@pytest.mark.parametrize("token", [None, "Bearer x", "Bearer a.b.c", "Basic eDp5"])
def test_without_a_token_nothing_is_told(
    straw: Site, method: str, path: str, token: str | None
) -> None:
    headers = {"Authorization": token} if token else {}
    answer = straw.call(method, path, json={"text": "x"}, headers=headers)
    assert_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_nobody_continues_another_ones_conversation(straw: Site, visitor: Visitor) -> None:
    visitor.ask("mine alone")
    other = straw.visitor()
    assert len(other.turns()) == 1
    header, claims, _ = visitor.started["token"].split(".")
    forged = f"{header}.{claims}.{other.started['token'].split('.')[2]}"
    answer = straw.call("GET", "/messages", headers={"Authorization": f"Bearer {forged}"})
    assert_problem(answer, 401)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"", {"Content-Type": "application/json"}, 400),
        (b"{", {"Content-Type": "application/json"}, 400),
        (b"[1]", {"Content-Type": "application/json"}, 400),
        (b'{"text": 5}', {"Content-Type": "application/json"}, 400),
        (b'{"text": " "}', {"Content-Type": "application/json"}, 400),
        (b'{"text": "\xff"}', {"Content-Type": "application/json"}, 400),
        (b'{"text": "x"}', {"Content-Type": "text/plain"}, 415),
        (b'{"text": "x"}', {}, 415),
        (b"x" * 10, {"Content-Type": "application/json", "Content-Encoding": "gzip"}, 415),
        (b'{"text": "' + b"x" * 1001 + b'"}', {"Content-Type": "application/json"}, 413),
        (b"x" * (16 * 1024 + 1), {"Content-Type": "application/json"}, 413),
    ],
)
def test_bad_bodies_get_problem_documents(
    visitor: Visitor, body: bytes, headers: dict[str, str], status: int
) -> None:
    answer = visitor.site.call(
        "POST", "/messages", data=body, headers={**visitor.headers, **headers}
    )
    assert_problem(answer, status)


def test_paths_and_methods_that_are_not_there(straw: Site) -> None:
    assert_problem(straw.call("GET", "/nothing"), 404)
    answer = straw.call("PUT", "/messages")
    assert_problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert_problem(straw.call("TRACE", "/messages"), 405)
    assert_problem(straw.call("GET", "/%ff%fe"), 404)


def test_head_is_get_without_its_body(straw: Site) -> None:
    answer = straw.call("HEAD", "/ready")
    assert answer.status_code == 200
    assert answer.content == b""


def test_metrics_count_and_tell_nothing_of_anyone(straw: Site, visitor: Visitor) -> None:
    before = straw.metric('patient_faq_turns_total{kind="answer"}')
    visitor.ask("quagga quagga")
    answer = straw.call("GET", "/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert straw.metric('patient_faq_turns_total{kind="answer"}') == before + 1
    assert "patient_faq_turn_seconds_bucket" in answer.text
    assert "quagga" not in answer.text
    assert "127.0.0.1" not in answer.text


def test_the_description_is_served_and_names_every_call(straw: Site) -> None:
    document = straw.call("GET", "/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    for path, item in document["paths"].items():
        allowed = straw.call("OPTIONS", path).headers["Allow"]
        described = {method.upper() for method in item}
        assert described == set(allowed.split(", ")) - {"HEAD", "OPTIONS"}
