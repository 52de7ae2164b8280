"""What a YAML syntax error means to the person who wrote the file."""

from __future__ import annotations

import re
from dataclasses import replace

from yaml.error import MarkedYAMLError

from tutor.bank.source import Source
from tutor.text.message import Message, msg

MAX_DEPTH = 32  # of nested lists and mappings; no question needs more
TOO_DEEP = (
    msg("nested more than {limit} levels deep", limit=MAX_DEPTH),
    msg("no question needs that; look for a bracket that is not closed"),
)

Explained = tuple[int, Message, Message]

_IN_QUOTES = msg("put the text in quotes")
_STARTS_WITH = msg("a text cannot start with `{sign}` without quotes")
# Patterns over "context: problem" of libyaml; the first that is found speaks. Their values are
# filled in below: `sign` (the character at fault), `line` (where its construct began).
_KNOWN: tuple[tuple[str, Message, Message], ...] = (
    (
        "exceeded maximum nesting depth",  # libyaml 0.2.6 reads ahead of our limit
        *TOO_DEEP,
    ),
    ("tab character|\t$", msg("a tab in the indentation"), msg("indent with spaces")),
    (
        "quoted scalar: found unexpected end",
        msg("this quote is not closed"),
        msg("close it at the end of the text"),
    ),
    (
        "could not find expected ':'",
        msg("this key has no colon"),
        msg("write `key: value`, and put a text of several lines in quotes"),
    ),
    (
        r"expected ',' or '\]'",
        msg("a comma or `]` is missing after the `[` in line {line}"),
        msg("close it, or put texts with commas, colons and brackets in quotes"),
    ),
    (
        r"expected ',' or '\}'",
        msg("a comma or a closing brace is missing after the one that opens in line {line}"),
        msg("close it, or put texts with commas, colons and brackets in quotes"),
    ),
    (
        "escape|hexdecimal",
        msg("this backslash is not an escape that YAML knows"),
        msg("in double quotes double each backslash of TeX, or use single quotes or `|`"),
    ),
    ("an anchor|an alias|cannot start any token", _STARTS_WITH, _IN_QUOTES),
    (r"\btag", msg("tags such as `!name` are not used here"), _IN_QUOTES),
    (
        "mapping values are not allowed",
        msg("a second colon in one line, or wrong indentation"),
        msg("put a text with a colon in quotes"),
    ),
    (
        "expected comment or line break",
        msg("text in the line of `|` or `>`"),
        msg("start the text in the next line"),
    ),
    (
        "block mapping|block collection|document start|not allowed in this context",
        msg("this does not fit what stands around it"),
        msg("check the indentation, and the quotes in the line before"),
    ),
    ("node", msg("a value is missing here"), msg("check the commas and the brackets")),
    ("", msg("not YAML: {problem}"), msg("look at this line and the one before it")),
)
# where the construct began is of more use than where the parser gave up
_AT_ITS_BEGIN = re.compile(
    "quoted scalar: found unexpected end|could not find expected ':'|an anchor|an alias"
)


def explain_yaml_error(error: MarkedYAMLError, source: Source) -> Explained:
    """Return where the error is (an offset), what is wrong and what to do."""
    place = error.problem_mark or error.context_mark
    begin = error.context_mark or place
    if place is None or begin is None:
        return 0, msg("not YAML: {problem}", problem=str(error)), _KNOWN[-1][2]
    said = f"{error.context}: {error.problem}"
    at = begin.index if _AT_ITS_BEGIN.search(said) else place.index
    if "escape" in said or "hexdecimal" in said:
        at = source.text.rfind("\\", 0, at + 1)
    sign = source.text[at : at + 1]
    values = {
        "sign": sign,
        "line": begin.line + 1,
        "problem": error.problem or "",
        "limit": MAX_DEPTH,
    }
    for pattern, message, hint in _KNOWN:
        if re.search(pattern, said + sign):
            return at, replace(message, values=values), hint
    raise AssertionError(said)
