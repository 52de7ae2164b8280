"""The cards of what is taught, posed once for all tests of a process."""

from __future__ import annotations

import pytest

from tutor.bank.load import load
from tutor.bank.locate import find_content
from tutor.kinds import Posed, pose
from tutor.kinds.flashcard import Flashcard

SEEDS = (1, 2)


@pytest.fixture(scope="session")
def taught() -> tuple[Posed, ...]:
    """Return every card of the content that may be asked in a room, seed by seed."""
    questions = load([find_content()]).questions.values()
    return tuple(
        pose(question, seed)
        for question in questions
        for seed in SEEDS
        if not isinstance(question, Flashcard)
    )
