"""Small things that the learner need not type twice."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tutor.text.safe import scrub

LONGEST_NAME = 80  # characters
_FILE = "name.txt"


def remembered_name(data: Path) -> str:
    """Return the name that the learner last took in a room; empty if there is none."""
    try:
        text = (data / _FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return scrub(" ".join(text.split()))[:LONGEST_NAME]


def remember_name(data: Path, name: str) -> None:
    """Remember a name; that it cannot be kept is no reason not to play."""
    with suppress(OSError):
        data.mkdir(parents=True, exist_ok=True)
        (data / _FILE).write_text(f"{name}\n", encoding="utf-8")
