"""A study database in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.store.store import Store

from .learner import CARDS, EXACT, NOW, TOPICS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "study.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, now=NOW, settings=EXACT) as store:
        store.index_bank(TOPICS, CARDS, "first")
        yield store
