"""JSON schema of ``report.json``, for programs that read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT, "minItems": 1}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_AMOUNT: Schema = {"type": "number", "minimum": 0}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_COUNTS: Schema = {"type": "object", "additionalProperties": _COUNT}


def _record(fields: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(fields),
        "required": sorted(fields),
        "additionalProperties": False,
    }


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_ABOUT = {
    "made": {"type": "string", "format": "date-time"},
    "model": _TEXT,
    "model_mb": _AMOUNT,
    "memory_mb": _or_null(_AMOUNT),
    "limit": _or_null({"type": "integer", "minimum": 1}),
    "cores": {"type": "integer", "minimum": 1},
    "load": _AMOUNT,
    "python": _TEXT,
    "rasa": _TEXT,
}
_FIGURE = {
    "id": {"type": "string", "pattern": "^[a-z0-9_]+$"},
    "name": _TEXT,
    "value": _AMOUNT,
    "count": _or_null(_COUNT),
    "total": _or_null(_COUNT),
    "low": _or_null(_SHARE),
    "high": _or_null(_SHARE),
    "unit": {"enum": ["", "ms"]},
    "goal": _or_null(_record({"value": _AMOUNT, "at_least": {"type": "boolean"}})),
    "reached": _or_null({"type": "boolean"}),
}
_BIN = {"low": _SHARE, "high": _SHARE, "count": _COUNT, "confidence": _SHARE, "right": _SHARE}
_MISS = {
    "said": _TEXTS,
    "expected": _TEXTS,
    "understood": _TEXT,
    "confidence": _AMOUNT,
    "outcome": _TEXT,
    "kind": _TEXT,
    "reply": _TEXT,
}
_PEER = {
    "name": _TEXT,
    "right": _SHARE,
    "auroc": _SHARE,
    "train_s": _AMOUNT,
    "p50_ms": _AMOUNT,
    "p95_ms": _AMOUNT,
    "peak_mb": _or_null(_AMOUNT),
    "disk_mb": _AMOUNT,
}

SCHEMA: Schema = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "Report of an evaluation",
    **_record(
        {
            "about": _record(_ABOUT),
            "figures": _list(_record(_FIGURE)),
            "outcomes": {"type": "object", "additionalProperties": _COUNTS},
            "levels": _list(_record({"set": _TEXT, "level": _TEXT, "raised": _COUNTS})),
            "calibration": _record({"bins": _list(_record(_BIN)), "error": _SHARE}),
            "confusions": _list(_record({"expected": _TEXT, "understood": _TEXT, "count": _COUNT})),
            "misses": {"type": "object", "additionalProperties": _list(_record(_MISS))},
            "peers": _or_null(_list(_record(_PEER))),
        }
    ),
}
