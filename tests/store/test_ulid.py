"""Row ids sort by time, and never go back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.store.ulid import next_ulid

AT = datetime.fromtimestamp(1_469_918_176_385 / 1000, UTC)


def zeros(count: int) -> bytes:
    return bytes(count)


def ones(count: int) -> bytes:
    return b"\xff" * count


def test_the_time_of_the_specification() -> None:
    # 1469918176385 is 01ARYZ6S41 in the ULID specification
    assert next_ulid(AT, None, zeros) == "01ARYZ6S41" + "0" * 16
    assert next_ulid(AT, None, ones) == "01ARYZ6S41" + "Z" * 16


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("01ARYZ6S41" + "0" * 16, "01ARYZ6S41" + "0" * 15 + "1"),
        ("01ARYZ6S41" + "0" * 15 + "Z", "01ARYZ6S41" + "0" * 14 + "10"),
        ("01ARYZ6S41" + "Z" * 16, "01ARYZ6S42" + "0" * 16),
        ("01ARYZ6S40" + "Z" * 16, "01ARYZ6S41" + "0" * 16),
        ("7" + "0" * 25, "7" + "0" * 24 + "1"),
    ],
)
def test_it_counts_on_when_the_clock_does_not(after: str, expected: str) -> None:
    assert next_ulid(AT, after, zeros) == expected


@given(
    st.lists(st.timedeltas(timedelta(days=-99), timedelta(days=99)), max_size=20),
    st.binary(min_size=10, max_size=10),
)
def test_each_is_greater_than_the_last(waits: list[timedelta], random: bytes) -> None:
    ids: list[str] = []
    for wait in waits:
        ids.append(next_ulid(AT + wait, ids[-1] if ids else None, lambda count: random[:count]))
    assert ids == sorted(set(ids))
    assert all(len(ulid) == 26 for ulid in ids)


def test_a_clock_before_1970_is_no_reason_to_lose_an_answer() -> None:
    assert next_ulid(datetime(1960, 1, 1, tzinfo=UTC), None, zeros) == "0" * 26
