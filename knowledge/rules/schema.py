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
_KINDS = {
    "string": "a text, in quotes if it is a number, a time, yes or no",
    "array": "a list, each entry with '- ' before it",
    "object": "names with values, each as 'name: value' on a line of its own",
    "integer": "a whole number",
    "boolean": "true or false",
}


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
    """One plain sentence on the error, with what to do about it."""
    value: Any = error.instance
    wanted: Any = error.validator_value
    part: Any = error.schema
    match str(error.validator):
        case "type":
            found = "it is empty" if value is None else f"{_short(value)} does not belong here"
            return f"{found}; write {_KINDS[wanted]}."
        case "required":
            # Only the message, "'simple' is a required property", tells which one it is.
            name = error.message.split("'")[1]
            return f"'{name}' is missing; add a line '{name}: ...'."
        case "additionalProperties":
            known = part["properties"]
            unknown = ", ".join(f"'{name}'" for name in value if name not in known)
            return f"{unknown} is not known here; mend the name or delete it."
        case "enum":
            return f"{_short(value)} is not known; write {' or '.join(wanted)}."
        case "anyOf":
            return f"{_short(value)} is not known; write same, or a name from facts/questions.yml."
        case "minItems":
            return f"it has {len(value)} of at least {wanted} entries; add some."
        case "maxItems":
            return f"it has {len(value)} entries, {wanted} are the most; delete some."
        case "uniqueItems":
            return "an entry stands there twice; delete one."
        case "minimum":
            return f"{value} is too small; write {wanted} or more."
        case "format":
            return f"{_short(value)} is no pattern that can be searched for; check its brackets."
        case "pattern" if examples := part.get("examples"):
            return f"{_short(value)} cannot be used; write it as {examples[0]}."
        case "pattern":
            return "it is empty; write a text."
    return f"{error.message}; see facts/README.md."


def _short(value: Any) -> str:
    text = str(value)
    return f"'{text}'" if len(text) <= 60 else f"'{text[:60]}...'"
