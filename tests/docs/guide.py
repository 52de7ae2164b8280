"""The guide for hosts, taken apart: its blocks, its tables and its commands."""

from __future__ import annotations

import re
import shlex
from configparser import ConfigParser
from pathlib import Path

import click

from tutor.cli import command_line

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "hosting.md"
_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```", re.DOTALL | re.MULTILINE)


def text() -> str:
    """Return the whole guide."""
    return GUIDE.read_text("utf-8")


def blocks(language: str) -> list[str]:
    """Return the blocks of a language, those inside lists without their indentation."""
    return [
        "".join(line.removeprefix(indent) for line in block.splitlines(keepends=True))
        for indent, name, block in _BLOCK.findall(text())
        if name == language
    ]


def commands() -> list[str]:
    """Return every line that is to be typed."""
    return [line for block in blocks("bash") for line in block.splitlines() if line.strip()]


def table(head: str) -> list[list[str]]:
    """Return the cells of the rows of the table that begins with a line."""
    lines = text()[text().index(head) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def parsed(line: str) -> click.Context:
    """Parse a command line as the program does, and run nothing."""
    program, *words = shlex.split(line)
    assert program == "tutor", line
    group = command_line.tutor
    outer = group.make_context("tutor", words)
    # `protected_args` is deprecated, and what click puts in its place is this
    name, command, rest = group.resolve_command(outer, [*outer._protected_args, *outer.args])
    assert command is not None, line
    assert name is not None, line
    return command.make_context(name, rest, parent=outer)


def unit() -> ConfigParser:
    """Return the systemd unit."""
    [block] = blocks("ini")
    found = ConfigParser(interpolation=None, strict=True)
    found.optionxform = str  # type: ignore[assignment, method-assign]  # as its manual says
    found.read_string(block)
    return found


def service() -> str:
    """Return the command that the systemd unit runs, its program as `tutor`."""
    program, _, rest = unit()["Service"]["ExecStart"].partition(" ")
    assert program.endswith("/bin/tutor")
    return f"tutor {rest}"


def proxy() -> str:
    """Return the nginx configuration of a server at a host of its own."""
    return blocks("nginx")[0]


def proxy_location() -> str:
    """Return the location of a server at a path of an existing host."""
    return blocks("nginx")[1]
