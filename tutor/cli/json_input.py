"""Arguments as JSON, from the command line, a file or standard input."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any, NoReturn

from tutor.errors import ExitCode, TutorError
from tutor.text.message import Message, msg

MOST_CHARACTERS = 1_000_000
MOST_DIGITS = 400


def read_arguments(text: str) -> dict[str, Any]:
    """Return the arguments in JSON.

    Args:
        text: the JSON itself, `-` for standard input, or `@` with the name of a file.

    Raises:
        TutorError: no JSON, or JSON that is no object, names a key twice, holds a number that
            JSON has not (NaN, an infinity), or is too long.
    """
    try:
        value = json.loads(
            _limited(_source(text)).removeprefix("\ufeff"),  # which some editors put in front
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_whole,
            parse_float=_real,
        )
    except json.JSONDecodeError as error:
        raise _refused(
            msg(
                "The JSON cannot be read: see line {line}, column {column}.",
                line=error.lineno,
                column=error.colno,
            ),
            msg("""Write an object, as in `{example}`.""", example='{"input_size": 10}'),
        ) from None
    except RecursionError:
        raise _refused(msg("The JSON is nested too deeply.")) from None
    if not isinstance(value, dict):
        raise _refused(
            msg("The JSON is no object."),
            msg("""Write an object, as in `{example}`.""", example='{"input_size": 10}'),
        )
    return value


def _source(text: str) -> str:
    if text == "-":
        return _standard_input()
    if not text.startswith("@"):
        return text
    try:
        with Path(text[1:]).open(encoding="utf-8") as file:
            return file.read(MOST_CHARACTERS + 1)
    except (OSError, ValueError):  # ValueError: no UTF-8, or a NUL in the name
        raise _refused(msg("The file `{name}` cannot be read.", name=text[1:80])) from None


def _standard_input() -> str:
    problem = msg("Standard input cannot be read.")
    if sys.stdin is None:  # it was closed before we began
        raise _refused(problem)
    try:
        return sys.stdin.read(MOST_CHARACTERS + 1)
    except OSError:  # a folder
        raise _refused(problem) from None


def _limited(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise _refused(msg("The JSON is longer than {limit:,} characters.", limit=MOST_CHARACTERS))
    return text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _refused(
                msg("The JSON has the key `{name}` twice.", name=name[:40]),
                msg("Give each argument once."),
            )
        found[name] = value
    return found


def _constant(name: str) -> NoReturn:
    raise _refused(
        msg("`{name}` is no number of JSON.", name=name),
        msg("Every number must be finite."),
    )


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise _refused(msg("A number has more than {limit} digits.", limit=MOST_DIGITS))
    return int(digits)


def _real(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        _constant(digits[:40])
    return value


def _refused(message: Message, hint: Message | None = None) -> TutorError:
    return TutorError(message, hint, exit_code=ExitCode.USAGE)
