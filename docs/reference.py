"""Writes what the registry of the engine says, for people: `uv run python docs/reference.py`.

That is the table of functions in docs/engine.md (what stands above the mark is written by
hand), and the summaries of functions that translators are given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tutor.cli.engine_words import Argument, arguments_of, families
from tutor.engine import Description, describe, names
from tutor.text.speaker import ENGLISH

HERE = Path(__file__).resolve().parent

SUMMARIES = HERE.parent / "tutor" / "cli" / "engine_summaries.py"
MARK = "<!-- What follows is written by docs/reference.py. -->"


def reference(page: str) -> str:
    """Return the page with the functions that the engine has now."""
    head, _, _ = page.partition(MARK)
    return "\n".join([f"{head}{MARK}\n", *_families()]).rstrip() + "\n"


def summaries() -> str:
    """Return the module from which Babel extracts the functions' summaries."""
    said = [json.dumps(describe(name).summary, ensure_ascii=False) for name in names()]
    head = '"""What each function of the engine does; written by docs/reference.py."""'
    imports = "from tutor.cli.commands import N_"
    return f"{head}\n\n{imports}\n\nSUMMARIES = (\n{''.join(map(_marked, said))})\n"


def _marked(text: str) -> str:
    line = f"    N_({text}),\n"
    return line if len(line) <= 101 else f"    N_(\n        {text}\n    ),\n"


def _families() -> Iterator[str]:
    for family, functions in families():
        yield f"### {family}\n"
        for function in functions:
            yield from _function(function)


def _function(function: Description) -> Iterator[str]:
    yield f"#### `{function.name}`\n"
    yield f"{_escaped(function.summary)}\n"
    yield "| argument | takes | default |"
    yield "| --- | --- | --- |"
    for one in arguments_of(function.model):
        yield _row(one)
    yield ""
    if function.source:
        yield f"Source: {_escaped(function.source)}\n"


def _row(one: Argument) -> str:
    default = "" if one.default is None else f"`{one.default}`"
    return f"| `{one.name}` | {ENGLISH.say(one.kind)} | {default} |"


def _escaped(docstring: str) -> str:
    """Return a docstring's text so that its signs are not taken for markup outside of code."""
    parts = docstring.split("`")
    parts[::2] = [
        part.replace("*", r"\*").replace("_", r"\_").replace("|", r"\|") for part in parts[::2]
    ]
    return "`".join(parts)


def main() -> None:
    """Write the page and the module."""
    page = HERE / "engine.md"
    page.write_text(reference(page.read_text(encoding="utf-8")), encoding="utf-8")
    SUMMARIES.write_text(summaries(), encoding="utf-8")


if __name__ == "__main__":
    main()
