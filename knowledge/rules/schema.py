"""Every file has the shape that ``facts/schema.json`` defines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from knowledge.content import Content, Problem, RawFact

_SCHEMA = Path(__file__).parents[2] / "facts" / "schema.json"


def check(content: Content) -> Iterator[Problem]:
    for name, data in content.files.items():
        for error in _validator(name).iter_errors(data):
            yield Problem(f"facts/{name}", _place(error), _advice(error))
    for file, topic in content.topics.items():
        broken = False
        for error in _validator("topic").iter_errors(topic):
            broken = True
            yield Problem(file, _place(error), _advice(error))
        if broken:
            continue
        for data in topic["facts"]:
            for error in _validator("fact").iter_errors(data):
                raw = RawFact(file, topic["topic"], data if isinstance(data, dict) else {})
                yield raw.problem(f"{_place(error)}: {_advice(error)}")


@cache
def _validator(name: str) -> Draft202012Validator:
    schema: dict[str, Any] = json.loads(_SCHEMA.read_text())
    part = {"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]}
    # With it a pattern must be one that Python can read.
    return Draft202012Validator(part, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _place(error: ValidationError) -> str:
    return "field '" + ".".join(map(str, error.absolute_path)) + "'" if error.path else "top"


def _advice(error: ValidationError) -> str:
    text = error.message
    return (text if len(text) <= 200 else text[:200] + "...") + "; see facts/README.md."
