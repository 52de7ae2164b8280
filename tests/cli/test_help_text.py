from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tutor.text.width import cells


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize(
    "command", [(), ("study",), ("read",), ("lab",), ("params",), ("params", "lstm"), ("check",)]
)
def test_help_is_as_wide_as_it_looks(run: Run, lang: str, command: tuple[str, ...]) -> None:
    lines = run("--lang", lang, *command, "--help", COLUMNS="70").out.splitlines()
    assert max(map(cells, lines)) <= 70
    assert "\b" not in "".join(lines)
