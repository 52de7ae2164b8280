"""Intervals in a few characters."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tutor.memory.interval import interval_words


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        ({"seconds": 0}, "<1 min"),
        ({"seconds": 60}, "<1 min"),
        ({"seconds": 61}, "1 min"),
        ({"minutes": 5.5}, "6 min"),
        ({"minutes": 10}, "10 min"),
        ({"minutes": 59.4}, "59 min"),
        ({"minutes": 59.5}, "1 h"),
        ({"hours": 23}, "23 h"),
        ({"hours": 23.6}, "1 d"),
        ({"days": 4}, "4 d"),
        ({"days": 30}, "30 d"),
        ({"days": 31}, "1 mo"),
        ({"days": 61}, "2 mo"),
        ({"days": 76}, "2.5 mo"),
        ({"days": 364}, "12 mo"),
        ({"days": 365}, "1 y"),
        ({"days": 438}, "1.2 y"),
        ({"days": 36_500}, "99.9 y"),
    ],
)
def test_interval_words(interval: dict[str, float], words: str) -> None:
    assert str(interval_words(timedelta(**interval))) == words
