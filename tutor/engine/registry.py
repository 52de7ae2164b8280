"""The engine's functions by name: the only way from a name to code.

A function's module is imported when the function is first asked for: there are many of them,
and a session computes with few.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from inspect import cleandoc
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tutor.engine.arguments import Arguments
from tutor.engine.error import EngineError
from tutor.engine.functions import WHERE
from tutor.engine.worked import Worked
from tutor.text.message import Message, msg

A = TypeVar("A", bound=Arguments)
MOST_NAMES = 100  # that a hint lists
_NO_SUCH_NAME = {"extra_forbidden", "invalid_key"}  # pydantic's: a name unknown, or no text


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a function without running it.

    Attributes:
        name: its name.
        family: what it belongs to, the folder it stands in, such as `params`.
        summary: the first sentence of its docstring.
        source: the paragraph of its docstring that says where the formula is from, or nothing.
        model: its arguments.
    """

    name: str
    family: str
    summary: str
    source: str
    model: type[Arguments]


@dataclass(frozen=True, slots=True)
class _Entry:
    model: type[Arguments]
    function: Callable[[Any], Worked]


_FUNCTIONS: dict[str, _Entry] = {}


def register(name: str, model: type[A]) -> Callable[[Callable[[A], Worked]], Callable[[A], Worked]]:
    """Give a function its name in content, commands and `compute`.

    Args:
        name: the name, such as `lstm_params`.
        model: its arguments.

    Raises:
        ValueError: the name is taken.
    """

    def keep(function: Callable[[A], Worked]) -> Callable[[A], Worked]:
        if name in _FUNCTIONS or WHERE.get(name, function.__module__) != function.__module__:
            raise ValueError(f"two engine functions are named {name}")
        _FUNCTIONS[name] = _Entry(model, function)
        return function

    return keep


def compute(name: str, args: Mapping[str, Any]) -> Worked:
    """Compute a worked answer.

    Args:
        name: a registered function.
        args: its arguments by name.

    Raises:
        EngineError: an unknown name, or an argument that is unknown, missing or out of range.
    """
    entry = _entry(name)
    return entry.function(validated(name, entry.model, args))


def validated(name: str, model: type[A], args: Mapping[str, Any]) -> A:
    """Return arguments by name as their model.

    Args:
        name: what takes them, for messages.
        model: the model.
        args: the arguments.

    Raises:
        EngineError: an argument that is unknown, missing or out of range.
    """
    try:
        return model.model_validate(args)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        # a misspelt name is also a missing one: the misspelling says more
        problems.sort(key=lambda problem: problem["type"] not in _NO_SUCH_NAME)
        raise _explain(name, model, problems[0]) from None


def names() -> tuple[str, ...]:
    """Return the names of all functions, sorted."""
    return tuple(sorted(WHERE.keys() | _FUNCTIONS.keys()))


def is_known(name: str) -> bool:
    """Return whether there is such a function."""
    return name in WHERE or name in _FUNCTIONS


def arguments(name: str) -> type[Arguments]:
    """Return a function's argument model.

    Raises:
        EngineError: an unknown name.
    """
    return _entry(name).model


def describe(name: str) -> Description:
    """Return what a function is, read from where it stands and from its docstring.

    Raises:
        EngineError: an unknown name.
    """
    entry = _entry(name)
    _, _, place = entry.function.__module__.rpartition("engine.")
    paragraphs = cleandoc(entry.function.__doc__ or "").split("\n\n")
    sources = (" ".join(one.split()) for one in paragraphs if one.startswith("Source: "))
    return Description(
        name=name,
        family=place.partition(".")[0].removeprefix("worked_"),
        summary=_summary(paragraphs[0]),
        source=next(sources, "").removeprefix("Source: "),
        model=entry.model,
    )


def _summary(paragraph: str) -> str:
    """Return the first line, or all of the paragraph if the line breaks within a sentence."""
    first, _, rest = paragraph.partition("\n")
    return first if first.endswith(".") else " ".join([first, *rest.split()])


def _entry(name: str) -> _Entry:
    if name not in _FUNCTIONS and name in WHERE:
        import_module(WHERE[name])  # which registers it
    entry = _FUNCTIONS.get(name)
    if entry is None:
        raise EngineError(
            msg("The engine has no function `{name}`.", name=_shown(name)),
            suggest(name, names()),
            argument=None,
        )
    return entry


def suggest(name: str, known: Iterable[str]) -> Message:
    """Return a hint for an unknown name: the nearest known one, or all of them."""
    choices = sorted(known)
    close = get_close_matches(name[:80].lower(), choices, n=1, cutoff=0.5)
    if close:
        return msg("Did you mean `{name}`?", name=close[0])
    shown = [*choices[:MOST_NAMES], "…"] if len(choices) > MOST_NAMES else choices
    return msg("It has: {names}.", names=", ".join(shown))


def _explain(function: str, model: type[Arguments], problem: ErrorDetails) -> EngineError:
    """Return the first problem of a bad request as an error that names the argument."""
    where = problem["loc"]
    argument = str(where[0]) if where else None
    if argument is None:
        return EngineError(msg("`{name}` takes named arguments.", name=function), argument=None)
    if problem["type"] == "missing":
        return EngineError(
            msg("`{name}` needs the argument `{argument}`.", name=function, argument=argument),
            argument=argument,
        )
    if problem["type"] in _NO_SUCH_NAME:
        return EngineError(
            msg("`{name}` has no argument `{argument}`.", name=function, argument=_shown(argument)),
            suggest(argument, model.model_fields),
            argument=argument,
        )
    places = [step for step in where[1:] if isinstance(step, int)]
    place = argument + "".join(f"[{step}]" for step in places)
    if problem["type"] == "engine":
        message, hint = problem["ctx"]["words"]
        return EngineError(
            msg("`{argument}`: {problem}", argument=place, problem=message),
            hint,
            argument=argument,
        )
    schema = model.model_json_schema()["properties"][argument]
    value = problem["input"]
    if not isinstance(value, str) or "enum" not in schema:
        value = _written(value)  # the text '3' is not the number 3
    return EngineError(
        msg("`{argument}` is `{value}`.", argument=place, value=_shown(value)),
        _permitted(place, schema, depth=len(places)),
        argument=argument,
    )


def _permitted(argument: str, schema: Mapping[str, Any], *, depth: int) -> Message:
    """Return a sentence on what an argument takes, read from its JSON schema."""
    schema = _required(schema)
    for _ in range(depth):
        schema = _required(schema["items"])
    choices = schema.get("enum")
    match schema.get("type"):
        case "string" if choices:
            return msg(
                "`{argument}` is one of {choices}.", argument=argument, choices=", ".join(choices)
            )
        case "boolean":
            return msg("`{argument}` is `true` or `false`.", argument=argument)
        case "array":
            return _permitted_list(argument, schema)
        case "integer":
            return msg(
                "`{argument}` is a whole number from {least:,} to {most:,}.",
                argument=argument,
                least=schema["minimum"],
                most=schema["maximum"],
            )
        case "number":
            return msg(
                "`{argument}` is a number from {least:,} to {most:,}.",
                argument=argument,
                least=schema["minimum"],
                most=schema["maximum"],
            )
        case kind:
            raise TypeError(f"the argument {argument} has a type without a sentence: {kind}")


def _permitted_list(argument: str, schema: Mapping[str, Any]) -> Message:
    values = {"argument": argument, "least": schema["minItems"], "most": schema["maxItems"]}
    match schema["items"]["type"]:
        case "integer":
            return msg("`{argument}` is a list of {least:,} to {most:,} whole numbers.", **values)
        case "array":
            return msg("`{argument}` is a list of {least:,} to {most:,} rows of numbers.", **values)
        case _:
            return msg("`{argument}` is a list of {least:,} to {most:,} numbers.", **values)


def _required(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of an optional argument that is given."""
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            return dict(option)
    return schema


def _written(value: object) -> str:
    if isinstance(value, int) and value.bit_length() > 128:  # Python writes no endless numbers
        digits = round(value.bit_length() * math.log10(2))
        return f"≈ {'-' if value < 0 else ''}10^{digits}"
    return repr(value)


def _shown(text: str) -> str:
    """Return what a person or a file wrote, short and without control characters."""
    text = "".join(c if c.isprintable() else "?" for c in text[:41])
    return text if len(text) <= 40 else f"{text[:39]}…"
