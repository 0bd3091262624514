"""The report as JSON and as a page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from jsonschema import Draft7Validator, ValidationError

from benchmarks.race import Measured
from evaluation.cases import TITLES
from evaluation.heard import Understood
from evaluation.judging import Verdict
from evaluation.markup import Html, element, table
from evaluation.page import page
from evaluation.report import About, Report, report_of
from evaluation.schema import SCHEMA
from tests.evaluation.turns import heard

ATTACK = "<script>alert(1)</script><img src=x onerror=\"alert('2')\">&amp;"


def about(limit: int | None = None) -> About:
    return About(
        made="2026-01-02T03:04:05+00:00", model="faq-1.tar.gz", model_mb=40.0, memory_mb=None,
        limit=limit, cores=2, load=0.5, python="3.10", rasa="3.6",
    )  # fmt: skip


def report(text: str = "a text", limit: int | None = None, peers: bool = True) -> Report:
    """A report in which every set has one miss, made of the text wherever that can be."""
    wrong = heard("answer", text=text, understood=Understood(text, 0.7, text, 0.7))
    verdicts = {name: [Verdict((text,), (text,), False, text, wrong)] for name in TITLES}
    verdicts["alarms"] = [Verdict((text,), ("crisis",), False, "none", wrong)]
    peer = Measured(text, 0.5, 0.5, 1.0, 1.0, 2.0, None, 3.0)
    return report_of(about(limit), verdicts, [peer] if peers else None)


class Page(HTMLParser):
    """Elements and texts, as a browser reads them."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_what_was_said_cannot_become_markup() -> None:
    read = Page(page(report(ATTACK)))
    tags = {tag for tag, _ in read.elements}
    assert not tags & {"script", "img"}
    assert not [name for _, attributes in read.elements for name in attributes if name[:2] == "on"]
    # It is shown as it was written, in the misses of every set.
    assert sum(ATTACK in text for text in read.texts) >= len(TITLES)


def test_attributes_cannot_be_left() -> None:
    made = element("p", "x", title='"><script>')
    assert made == '<p title="&quot;&gt;&lt;script&gt;">x</p>'


def test_only_what_was_made_here_goes_in_unescaped() -> None:
    assert element("p", element("b", "<")) == "<p><b>&lt;</b></p>"
    # Put together with a text, markup is a text again.
    assert element("p", Html("<b>") + "x") == "<p>&lt;b&gt;x</p>"
    assert "&lt;td" in table("t", ["a", "b"], [["1", "<td onclick=x>"]])


def test_the_page_needs_nothing_else() -> None:
    source = page(report())
    read = Page(source)
    assert not {"link", "script", "iframe", "img"} & {tag for tag, _ in read.elements}
    assert not re.findall(r"(?:src|href)=\"(?!#)", source)
    assert "url(" not in source
    (policy,) = [m for m in read.named("meta") if m.get("http-equiv")]
    assert str(policy["content"]).startswith("default-src 'none'")


def test_the_page_reads_well_aloud() -> None:
    read = Page(page(report()))
    assert read.named("html")[0]["lang"] == "en"
    assert len(read.named("table")) == len(read.named("caption"))
    assert all(each.get("scope") in ("col", "row") for each in read.named("th"))
    assert len(read.named("h1")) == 1
    headings = [int(tag[1]) for tag, _ in read.elements if re.fullmatch("h[1-6]", tag)]
    assert all(b - a <= 1 for a, b in pairwise(headings))
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for a in read.named("a")} <= set(ids)
    assert read.named("svg")[0]["role"] == "img"


def test_the_page_says_what_was_left_out() -> None:
    part = page(report(limit=20, peers=False))
    assert "Only 20 conversations of each set" in part
    assert "The peers were skipped" in part
    assert "no figure is final" not in page(report())


def test_a_long_reply_is_cut_in_the_misses() -> None:
    (miss,) = report("word " * 200).misses["single"]
    assert len(miss.reply) < 180
    assert miss.reply.endswith("...")


def test_a_miss_tells_all_questions_that_were_found() -> None:
    understood = Understood("ask_a", 0.9, "ask_a", 0.9, parts=("ask_a", "ask_b"))
    missed = Verdict(("q",), ("ask_c",), False, "0 of 1 parts", heard(understood=understood))
    judged = {name: [missed] for name in TITLES}
    assert report_of(about(), judged, None).misses["several"][0].understood == "ask_a, ask_b"


@pytest.mark.parametrize("peers", [True, False])
def test_the_json_keeps_its_schema(peers: bool) -> None:
    Draft7Validator.check_schema(SCHEMA)
    written = json.loads(json.dumps(report(peers=peers).as_json()))
    Draft7Validator(SCHEMA).validate(written)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("figures", 0, "value"), "much"),
        (("figures", 0, "further"), 1),
        (("calibration", "error"), 2.0),
        (("misses", "single", 0, "said"), []),
        (("about", "limit"), 0),
    ],
)
def test_the_schema_refuses(path: tuple[str | int, ...], value: object) -> None:
    written: Any = json.loads(json.dumps(report().as_json()))
    place = written
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(ValidationError):
        Draft7Validator(SCHEMA).validate(written)
