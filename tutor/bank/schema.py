"""The JSON Schema of topic files, with which editors complete and check."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel

from tutor.bank.topic import TopicFile

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def topic_schema() -> dict[str, Any]:
    """Return the schema of topic files, draft 2020-12."""
    described = TopicFile.model_json_schema()
    return {"$schema": DRAFT, **described, "title": "Question file of tutor, format 1"}


def schema_text() -> str:
    """Return the schema as it is kept in `content/schema.json`."""
    return json.dumps(topic_schema(), ensure_ascii=False, indent=2) + "\n"


@cache
def described(model: type[BaseModel]) -> dict[str, Any]:
    """Return a model's schema, from which error messages take the keys and values it knows."""
    return model.model_json_schema()


def part_of(schema: dict[str, Any], where: tuple[str | int, ...], kind: object) -> dict[str, Any]:
    """Return the part of a schema that describes what stands at a place.

    Args:
        schema: a whole schema.
        where: keys and indices that lead there; names of union branches are passed over.
        kind: the question's kind, where there is one.
    """
    part = _resolved(schema, schema, kind)
    for key in where:
        inner: Any = None
        if isinstance(key, int):
            inner = part.get("items")
        elif key in part.get("properties", {}):
            inner = part["properties"][key]
        elif isinstance(part.get("additionalProperties"), dict):
            inner = part["additionalProperties"]
        elif isinstance(part.get("patternProperties"), dict):
            inner = next(iter(part["patternProperties"].values()))
        if inner is not None:
            part = _resolved(inner, schema, kind)
    return part


def _resolved(part: dict[str, Any], schema: dict[str, Any], kind: object) -> dict[str, Any]:
    """Follow references, choose a question's kind, and join what else a value may be."""
    if "$ref" in part:
        name = str(part["$ref"]).rsplit("/", 1)[1]
        return _resolved(schema["$defs"][name], schema, kind)
    if "discriminator" in part:
        branches = part["discriminator"]["mapping"]
        if kind in branches:
            return _resolved({"$ref": branches[kind]}, schema, kind)
    options = part.get("anyOf") or part.get("oneOf")
    if not options:
        return part
    joined: dict[str, Any] = {}
    for option in options:
        for key, value in _resolved(option, schema, kind).items():
            joined[key] = {**joined[key], **value} if _both_dicts(joined.get(key), value) else value
    return joined


def _both_dicts(a: object, b: object) -> bool:
    return isinstance(a, dict) and isinstance(b, dict)
