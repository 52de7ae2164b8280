"""What the engine's functions take, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tutor.engine import Description, describe, names
from tutor.engine.arguments import LARGEST_SIZE, Arguments
from tutor.text.message import Message, msg
from tutor.text.template import Markdown
from tutor.text.words import Words


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a function.

    Attributes:
        name: its name.
        kind: what it takes.
        default: its default as JSON; None if it must be given.
    """

    name: str
    kind: Words
    default: str | None


def families() -> Iterator[tuple[str, tuple[Description, ...]]]:
    """Yield the families of functions with their functions, both sorted."""
    functions = sorted(map(describe, names()), key=lambda one: (one.family, one.name))
    for family, members in groupby(functions, key=lambda one: one.family):
        yield family, tuple(members)


def arguments_of(model: type[Arguments]) -> Iterator[Argument]:
    """Yield a function's arguments in their order."""
    schema = model.model_json_schema(mode="validation")
    required = schema.get("required", ())
    for name, one in schema["properties"].items():
        default = None if name in required else _json(one.get("default"))
        yield Argument(name, kind_of(one, schema.get("$defs", {})), default)


def kind_of(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Words:
    """Return what a JSON schema takes, in words."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return _one_of(schema["anyOf"], definitions)
    choices = schema.get("enum", [schema["const"]] if "const" in schema else [])
    if choices:
        return Markdown(", ".join(f"`{choice}`" for choice in choices))
    match schema.get("type"):
        case "integer" | "number":
            return _range(schema)
        case "array":
            return _list(schema, definitions)
        case kind:
            return _PLAIN.get(str(kind), msg("a value"))


_PLAIN: Mapping[str, Words] = {
    "boolean": msg("`true` or `false`"),
    "string": msg("text"),
    "object": msg("names with values"),
}


def _one_of(options: list[Mapping[str, Any]], definitions: Mapping[str, Any]) -> Words:
    kinds = [kind_of(one, definitions) for one in options if one.get("type") != "null"]
    words = kinds[0]
    for kind in kinds[1:]:
        words = msg("{a}, or {b}", a=_said(words), b=_said(kind))
    return words


def _range(schema: Mapping[str, Any]) -> Message:
    whole = schema["type"] == "integer"
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is None or most is None:
        return msg("a whole number") if whole else msg("a number")
    if not whole:
        if least == -most:
            return msg("a number")
        return msg("a number from {least:,} to {most:,}", least=least, most=most)
    if most == LARGEST_SIZE:
        return msg("a whole number from {least} on", least=least)
    return msg("a whole number from {least:,} to {most:,}", least=least, most=most)


def _list(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Message:
    items = schema.get("items", {})
    match items.get("type"):
        case "integer":
            return msg("a list of whole numbers")
        case "number":
            return msg("a list of numbers")
        case "array" if items.get("items", {}).get("type") == "array":
            return msg("a list of matrices")
        case "array" if items.get("items", {}).get("type") in {"number", "integer"}:
            return msg("rows of numbers")
        case "array":
            return msg("a list of lists")
        case _:
            return msg("a list; each item is {kind}", kind=_said(kind_of(items, definitions)))


def _said(words: Words) -> Words:
    return Markdown(words) if isinstance(words, str) else words


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
