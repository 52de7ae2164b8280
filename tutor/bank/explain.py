"""What a model refuses, in the words of the person who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tutor.bank.findings import Finding, Where
from tutor.bank.nodes import Key, Value
from tutor.bank.schema import described, part_of
from tutor.bank.source import MAX_PROBLEMS
from tutor.text.message import Message, msg, msgs

_WANTED: dict[str, Message] = {
    "string_type": msg("text"),
    "int_type": msg("a whole number"),
    "int_from_float": msg("a whole number"),
    "float_type": msg("a number"),
    "float_parsing": msg("a number"),
    "bool_type": msg("`true` or `false`"),
    "tuple_type": msg("a list"),
    "list_type": msg("a list"),
    "dict_type": msg("a mapping"),
    "mapping_type": msg("a mapping"),
    "model_type": msg("a mapping"),
    "model_attributes_type": msg("a mapping"),
}
_LIMITS: dict[str, tuple[str, Message]] = {
    "greater_than": ("gt", msg("it must be more than {limit}")),
    "greater_than_equal": ("ge", msg("it must be at least {limit}")),
    "less_than": ("lt", msg("it must be less than {limit}")),
    "less_than_equal": ("le", msg("it must be at most {limit}")),
}
_FEW = 20
_SHOWN = 60  # characters of a value that a message repeats


def explain(
    error: ValidationError, value: Value, model: type[BaseModel], within: Where = ()
) -> list[Finding]:
    """Return what is wrong with a value, each thing once.

    Args:
        error: a model's verdict.
        value: the value that was judged.
        model: the model of the whole file.
        within: the way to the value in the whole file.
    """
    found: dict[Where, Finding] = {}
    for detail in error.errors(include_url=False)[: MAX_PROBLEMS + 1]:
        finding = _Detail(detail, value, model, within).finding()
        place = (*finding.where, detail["loc"][-1]) if _needs_key(detail) else finding.where
        if place not in found or detail["type"] == "float_type":  # whole, or any number at all
            found[place] = finding
    # the length that a model counts is that of the sound entries: mend those first
    inner = {where[:depth] for where in found for depth in range(1, len(where))}
    return [finding for where, finding in found.items() if where not in inner]


def did_you_mean(name: str, known: Iterable[str]) -> Message:
    """Return a hint with the nearest known name, or with all of them if they are few."""
    names = sorted(known)
    if not names:
        return msg("nothing is known by a name here")
    close = get_close_matches(name[:_SHOWN], names, n=1, cutoff=0.6)
    if close:
        return msg("did you mean `{name}`?", name=close[0])
    if len(names) > _FEW:
        return msg("check the spelling")
    return msg("known here: {names}", names=", ".join(names))


def _needs_key(detail: ErrorDetails) -> bool:
    return detail["type"] in {"missing", "extra_forbidden"}


class _Detail:
    """One of a model's complaints."""

    def __init__(
        self, detail: ErrorDetails, value: Value, model: type[BaseModel], within: Where
    ) -> None:
        self.type = detail["type"]
        self.loc = detail["loc"]
        self.input = detail["input"]
        self.context: dict[str, Any] = detail.get("ctx", {})
        self.text = detail["msg"]
        self.model = model
        self.within = within
        self.where = _followed(value, self.loc)
        self.kind = value.get("kind") if isinstance(value, dict) else None

    @property
    def name(self) -> str:
        """The key that the complaint is about."""
        way = (*self.within, *self.where)
        return next((key for key in reversed(way) if isinstance(key, str)), "…")

    def finding(self) -> Finding:
        if self.type == "tutor":
            return self._own()
        if self.type == "missing":
            return self._missing()
        if self.type == "extra_forbidden":
            return self._unknown_key()
        if self.type in {"union_tag_invalid", "union_tag_not_found"}:
            return self._kind()
        if self.loc and self.loc[-1] == "[key]":
            message, hint = self._pattern(str(self.where[-1]))
            return Finding(self.where, message, hint, at_key=True)
        return Finding(self.where, *self._value())

    def _own(self) -> Finding:
        return Finding(
            (*self.where, *self.context["where"]),
            self.context["message"],
            self.context["hint"],
            self.context["offset"],
        )

    def _missing(self) -> Finding:
        key = str(self.loc[-1])
        if key in {"en", "ko"}:
            language = msg("English") if key == "en" else msg("Korean")
            return Finding(
                self.where,
                msg("`{name}` has no {language} text", name=self.name, language=language),
                msg("add `{key}: …`", key=key),
            )
        return Finding(
            self.where, msg("`{key}` is missing", key=key), msg("add `{key}: …`", key=key)
        )

    def _unknown_key(self) -> Finding:
        key = str(self.loc[-1])
        part = part_of(described(self.model), (*self.within, *self.where[:-1]), self.kind)
        known = part.get("properties", {})
        hint = did_you_mean(key, known)
        if set(known) == {"en", "ko"}:
            hint = msg("put a text with a comma in quotes; the languages are `en` and `ko`")
        return Finding(self.where, msg("unknown key `{key}`", key=_shown(key)), hint, at_key=True)

    def _kind(self) -> Finding:
        kinds = described(self.model)["properties"]["questions"]["items"]["discriminator"]
        names = list(kinds["mapping"])
        known = ", ".join(names)
        hint = msg("the kinds are {known}", known=known)
        if self.type == "union_tag_not_found" or self.kind is None:
            return Finding(
                self.where,
                msg("`kind` is missing"),
                msg("add `kind: …`; the kinds are {known}", known=known),
            )
        if close := get_close_matches(str(self.kind), names, n=1):
            hint = msg("did you mean `{name}`? The kinds are {known}", name=close[0], known=known)
        message = msg("unknown kind `{kind}`", kind=_shown(self.kind))
        return Finding((*self.where, "kind"), message, hint)

    def _value(self) -> tuple[Message, Message]:
        if self.input is None:
            return msg("`{name}` has no value", name=self.name), msg("write one, or delete the key")
        if self.type in _WANTED:
            return self._wrong_type()
        if self.type in _LIMITS:
            return self._limit()
        explain: dict[str, Callable[[], tuple[Message, Message]]] = {
            "literal_error": self._literal,
            "too_short": self._length,
            "too_long": self._length,
            "string_too_short": self._empty,
            "string_pattern_mismatch": lambda: self._pattern(str(self.input)),
        }
        return explain.get(self.type, self._anything)()

    def _limit(self) -> tuple[Message, Message]:
        key, hint = _LIMITS[self.type]
        message = msg("`{name}` is {value}", name=self.name, value=_shown(self.input))
        return message, replace(hint, values={"limit": self.context[key]})

    def _literal(self) -> tuple[Message, Message]:
        message = msg("`{name}` is {value}", name=self.name, value=_shown(self.input))
        return message, msg("it must be {wanted}", wanted=str(self.context["expected"]))

    def _empty(self) -> tuple[Message, Message]:
        return msg("`{name}` is empty", name=self.name), msg("write a text")

    def _anything(self) -> tuple[Message, Message]:
        message = msg("`{name}`: {problem}", name=self.name, problem=self.text)
        return message, msg("mend this value")

    def _length(self) -> tuple[Message, Message]:
        message = msgs(
            "`{name}` has {n} entry",
            "`{name}` has {n} entries",
            n=self.context["actual_length"],
            name=self.name,
        )
        least, most = self.context.get("min_length"), self.context.get("max_length")
        if least is not None:
            return message, msg("it needs at least {least}", least=least)
        return message, msg("it takes at most {most}", most=most)

    def _pattern(self, value: str) -> tuple[Message, Message]:
        message = msg("`{value}` cannot be a name here", value=_shown(value))
        if re.search(r"[A-Z]-?Z?", str(self.context.get("pattern", ""))):
            return message, msg("use a letter, then letters, digits and `_`")
        if r"\." in str(self.context.get("pattern", "")):
            return message, msg(
                "use lower-case letters, digits and `-`, in parts joined by `.`, as in `lstm.gates`"
            )
        return message, msg("use lower-case letters, digits and `-`")

    def _wrong_type(self) -> tuple[Message, Message]:
        wanted = _WANTED[self.type]
        words = self.loc[-1:] == ("both",)
        if words:
            wanted = msg("text, or a mapping of `en` and `ko`")
        values = {"name": self.name, "wanted": wanted, "given": _given(self.input)}
        message = (
            msg("an entry of `{name}` must be {wanted}, not {given}", **values)
            if (self.where and isinstance(self.where[-1], int)) or not self.where
            else msg("`{name}` must be {wanted}, not {given}", **values)
        )
        if words or self.type == "string_type":
            return message, msg("put it in quotes")
        if self.type in {"tuple_type", "list_type"}:
            return message, msg("write `[a, b]`, or a line with `-` for each")
        if "number" in wanted.msgid or self.type == "bool_type":
            return message, msg("write {wanted}, without quotes", wanted=wanted)
        return message, msg("write `key: value`, a line for each")


def _followed(value: Value, loc: Where) -> Where:
    """Return the keys and indices of an error that are in the file, without branch names."""
    where: list[Key] = []
    for key in loc:
        try:
            value = value[key]  # type: ignore[index]  # what has no such part is passed over
        except (KeyError, IndexError, TypeError):
            continue
        where.append(key)
    return tuple(where)


def _given(value: object) -> Message:
    match value:
        case bool():
            return msg("`true` or `false`")
        case int() | float():
            return msg("the number {value}", value=_shown(value))
        case str():
            return msg("the text `{value}`", value=_shown(value))
        case list():
            return msg("a list")
        case _:
            return msg("a mapping")


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
