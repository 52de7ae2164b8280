from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.learner import make_services
from tutor.services import Services


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A new learner, in English, on the small course."""
    made = make_services(tmp_path)
    yield made
    made.close()


@pytest.fixture
def korean(tmp_path: Path) -> Iterator[Services]:
    """A new learner, in Korean, on the small course."""
    made = make_services(tmp_path, "ko")
    yield made
    made.close()
