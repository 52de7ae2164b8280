"""What tests do at the parameter workbench."""

from __future__ import annotations

from typing import Any

from tests.ui.learner import Learner
from tutor.labs.parameters import Bench
from tutor.ui.app import First
from tutor.ui.labs.parameters import ParametersView
from tutor.ui.labs.row import ControlRow


def lab(**controls: object) -> First:
    return First.lab("parameters", controls)


def bench(learner: Learner) -> Bench:
    return learner.app.screen.query_one(ParametersView).bench


def focused(learner: Learner) -> Any:
    return learner.app.screen.focused


def focused_control(learner: Learner) -> str:
    row = focused(learner)
    assert isinstance(row, ControlRow)
    assert row.control is not None
    return row.control.name


async def go_to(learner: Learner, name: str) -> None:
    """Tab to a control."""
    for _ in range(30):
        if isinstance(focused(learner), ControlRow) and focused_control(learner) == name:
            return
        await learner.press("tab")
    raise AssertionError(f"Tab does not reach {name}")
