"""A model in a line: `embedding(10_000, 128) > lstm(128, 256, num_layers=2) > dense(256, 10)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tutor.engine.error import EngineError
from tutor.text.message import Message, msg
from tutor.text.safe import scrub

MAX_LENGTH = 4000
MAX_LAYERS = 200
MAX_ARGUMENTS = 20
MAX_DIGITS = 20
SHOWN = 80  # characters of a layer that a message repeats

Value: TypeAlias = "int | float | bool | str | tuple[Value, ...] | None"


class ModelError(EngineError):
    """A model that cannot be read, or whose layers do not fit.

    Attributes:
        offset: where in the line, in characters; None of a model that is no line.
    """

    def __init__(
        self,
        message: Message,
        hint: Message | None = None,
        *,
        offset: int | None = None,
        argument: str = "layers",
    ) -> None:
        super().__init__(message, hint, argument=argument)
        self.message: Message = message
        self.hint: Message | None = hint
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Given:
    """An argument as it was written.

    Attributes:
        keyword: its name, or None if it stands in its place.
        value: the number, word or list.
        offset: where it begins in the line.
    """

    keyword: str | None
    value: object
    offset: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """A layer as it was written: its name and what was given.

    Attributes:
        name: the layer.
        given: its arguments in the order they were written.
        offset: where it begins in the line; None if it is not from a line.
    """

    name: str
    given: tuple[Given, ...] = ()
    offset: int | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Return the layer as a line writes it, shortened if it is long."""
        parts = ", ".join(
            _written(one.value) if one.keyword is None else f"{one.keyword}={_written(one.value)}"
            for one in self.given
        )
        text = scrub(f"{self.name}({parts})" if parts else self.name)
        return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # the name of a group of _TOKEN, or "end"
    text: str
    offset: int


_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<grouped>\d{1,3}(?:,\d{3})+(?![\d_.]))"
    r"|(?P<real>-?(?:\d[\d_]*\.\d*|\.\d+)(?:[eE][+-]?\d+)?|-?\d[\d_]*[eE][+-]?\d+)"
    r"|(?P<whole>-?\d[\d_]*)"
    r"|(?P<name>[A-Za-z_][\w.]*)"
    r"|(?P<quoted>'[^'\"]*'|\"[^'\"]*\")"
    r"|(?P<sign>[(),=>\[\]])",
    re.ASCII,
)
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "none": None, "null": None}


def parse_line(text: str) -> tuple[LayerSpec, ...]:
    """Read a model from a line.

    Layers are separated by `>`; their arguments stand in parentheses, in their places or by
    name. Values are numbers (`10000`, `10_000`, `0.5`), `true`, `false`, `none`, words, and
    lists in parentheses.

    Raises:
        ModelError: anything else, with the column.
    """
    if len(text) > MAX_LENGTH:
        raise ModelError(
            msg("The model is longer than {limit:,} characters.", limit=MAX_LENGTH),
            msg("Write it as a list of layers, or leave layers out."),
            offset=MAX_LENGTH,
        )
    return _Parser(text).model()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._now = next(self._tokens)

    def model(self) -> tuple[LayerSpec, ...]:
        layers = [self._layer()]
        while self._now.text == ">":
            self._step()
            if len(layers) == MAX_LAYERS:
                raise ModelError(
                    msg("The model has more than {limit:,} layers.", limit=MAX_LAYERS),
                    offset=self._now.offset,
                )
            layers.append(self._layer())
        if self._now.kind != "end":
            raise self._unexpected(msg("Separate layers with `>`."))
        return tuple(layers)

    def _layer(self) -> LayerSpec:
        name = self._now
        if name.kind != "name":
            raise self._unexpected(
                msg("A layer begins with its name, as in `lstm(128, 256)`."),
            )
        self._step()
        given: tuple[Given, ...] = ()
        if self._now.text == "(":
            self._step()
            given = tuple(self._arguments())
        return LayerSpec(name.text, given, name.offset)

    def _arguments(self) -> Iterator[Given]:
        count, named = 0, False
        while self._now.text != ")":
            if count == MAX_ARGUMENTS:
                raise ModelError(
                    msg("A layer takes at most {limit} arguments.", limit=MAX_ARGUMENTS),
                    offset=self._now.offset,
                )
            one = self._argument()
            if named and one.keyword is None:
                raise ModelError(
                    msg(
                        "{where}: a value without a name follows one with a name.",
                        where=_column(one.offset or 0),
                    ),
                    msg("Write `name=value`, or put it before the named ones."),
                    offset=one.offset,
                )
            yield one
            named = one.keyword is not None
            count += 1
            if self._now.text == ",":
                self._step()
            elif self._now.text != ")":
                raise self._unexpected(
                    msg("Write `,` after an argument, and `)` after the last one.")
                )
        self._step()

    def _argument(self) -> Given:
        first = self._now
        if first.kind == "name":
            self._step()
            if self._now.text == "=":
                self._step()
                return Given(first.text, self._value(), first.offset)
            return Given(None, _word(first.text), first.offset)
        return Given(None, self._value(), first.offset)

    def _value(self) -> Value:
        token = self._now
        if token.text in {"(", "["}:
            return self._list({"(": ")", "[": "]"}[token.text])
        match token.kind:
            case "whole":
                value: Value = int(token.text)
            case "real":
                value = float(token.text)
            case "name":
                value = _word(token.text)
            case "quoted":
                value = token.text[1:-1]
            case _:
                raise self._unexpected(
                    msg("A value is a number, `true`, `false` or a word, as in `bias=false`.")
                )
        self._step()
        return value

    def _list(self, closing: str) -> Value:
        self._step()
        values: list[Value] = []
        while self._now.text != closing:
            if self._now.text in {"(", "["} or len(values) == MAX_ARGUMENTS:
                raise self._unexpected(msg("A list holds a few numbers, as in `(3, 3)`."))
            values.append(self._value())
            if self._now.text == ",":
                self._step()
            elif self._now.text != closing:
                raise self._unexpected(msg("A list holds a few numbers, as in `(3, 3)`."))
        self._step()
        return tuple(values)

    def _step(self) -> None:
        self._now = next(self._tokens)

    def _unexpected(self, hint: Message) -> ModelError:
        token = self._now
        where = _column(token.offset)
        if token.kind == "end":
            message = msg("{where}: the model ends too early.", where=where)
        else:
            message = msg("{where}: `{text}` has no place here.", where=where, text=token.text[:20])
        return ModelError(message, hint, offset=token.offset)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ModelError(
                msg(
                    "{where}: `{sign}` has no place here.", where=_column(at), sign=scrub(text[at])
                ),
                msg("A model is written as in `embedding(10_000, 128) > lstm(128, 256)`."),
                offset=at,
            )
        kind, part = str(match.lastgroup), match.group()
        if kind == "grouped":
            raise ModelError(
                msg(
                    "{where}: `{text}` can be read in two ways.", where=_column(at), text=part[:40]
                ),
                msg(
                    "Write one number as `{one}`, several with spaces, as `{several}`.",
                    one=part.replace(",", "_")[:40],
                    several=part.replace(",", ", ")[:40],
                ),
                offset=at,
            )
        if kind in {"whole", "real"} and sum(map(str.isdigit, part)) > MAX_DIGITS:
            raise ModelError(
                msg(
                    "{where}: a number of more than {limit} digits.",
                    where=_column(at),
                    limit=MAX_DIGITS,
                ),
                offset=at,
            )
        if kind in {"whole", "real"} and re.search(r"_(?!\d)", part):
            raise ModelError(
                msg("{where}: `{text}` is no number.", where=_column(at), text=part),
                msg("Digits are grouped as in `10_000`."),
                offset=at,
            )
        if kind != "space":
            yield _Token(kind, part, at)
        at = match.end()
    while True:
        yield _Token("end", "", len(text))


def _column(offset: int) -> Message:
    return msg("Column {column}", column=offset + 1)


def _word(text: str) -> Value:
    return _WORDS.get(text.lower(), text)


def _written(value: object) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case tuple() | list():
            return "(" + ", ".join(_written(item) for item in value[:MAX_ARGUMENTS]) + ")"
        case int() if value.bit_length() > 128:  # Python writes no endless numbers
            return "…"
        case _:
            return str(value)[:SHOWN]
