"""Three pictures. Look at one before it is updated: `pytest --snapshot-update tests/ui`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.ui.learner import LARGE, SMALL
from tutor.services import Services
from tutor.ui.app import First, TutorApp

Compare = Callable[..., bool]
COUNT = First.study(questions=["lstm.count"])


async def loaded(pilot: Pilot[Any]) -> None:
    """Wait for the questions; still the cursor."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False


async def answered(pilot: Pilot[Any]) -> None:
    """Answer with a known mistake."""
    await loaded(pilot)
    await pilot.press("2", "5", "9", "2", "enter")
    await pilot.pause()


def test_home(snap_compare: Compare, services: Services) -> None:
    assert snap_compare(TutorApp(services), terminal_size=SMALL, run_before=loaded)


def test_card(snap_compare: Compare, services: Services) -> None:
    assert snap_compare(TutorApp(services, COUNT), terminal_size=SMALL, run_before=loaded)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_verdict(snap_compare: Compare, services: Services, size: tuple[int, int]) -> None:
    assert snap_compare(TutorApp(services, COUNT), terminal_size=size, run_before=answered)
