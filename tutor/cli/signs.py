"""Which signs the process writes: all of Unicode, or ASCII beside the words."""

from __future__ import annotations

from collections.abc import Mapping

ASCII = "TUTOR_ASCII"  # set by `--ascii`, too
_NO = frozenset({"", "0"})


def wants_ascii(environ: Mapping[str, str]) -> bool:
    """Return whether maths and ornaments are to be written in ASCII: if TUTOR_ASCII is set."""
    return environ.get(ASCII, "") not in _NO
