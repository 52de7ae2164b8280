"""What takes too long is given up."""

from __future__ import annotations

import threading

import pytest

from tutor.live.patience import TookTooLong, at_most

# the alarm may fall into a collector's callback, where it is told of, lost, and rings again
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def endless() -> None:
    while True:
        pass


def test_what_takes_too_long_is_given_up_and_what_follows_is_not() -> None:
    for _ in range(2):
        with pytest.raises(TookTooLong), at_most(0.01):
            endless()
    for _ in range(200_000):  # longer than the timer of before
        pass


def test_the_outer_end_counts() -> None:
    with pytest.raises(TookTooLong), at_most(0.01), at_most(1_000):
        endless()


def test_in_another_thread_there_is_no_end_and_no_fault() -> None:
    done: list[int] = []

    def work() -> None:
        with at_most(0.000_001):
            done.extend(range(1_000))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(done) == 1_000


def test_an_end_that_was_swallowed_comes_again() -> None:
    class Careless:
        def __del__(self) -> None:
            endless()

    def swallowing() -> None:
        careless = Careless()
        del careless  # what its destructor raises is only printed
        try:
            endless()
        except Exception:  # noqa: BLE001 - as careless code does
            endless()

    with pytest.raises(TookTooLong), at_most(0.01):
        swallowing()
