"""Work spread over processes, with the results in the order of the work."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

PIECES = 8  # for each process: they end at about the same time, and soon after Ctrl-C


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(work: Callable[[Sequence[T]], list[R]], items: Sequence[T], jobs: int) -> list[R]:
    """Do some work on all items in several processes, as if it were done at once.

    The processes are spawned, not forked: threads and open databases are none of theirs. One
    that dies, for want of memory, loses nothing: its work is done here.

    Args:
        work: a function of a module, which returns one result for each item in order; it,
            items and results travel between processes.
        items: what to work on.
        jobs: how many processes to use at the most; with one, the work is done here.
    """
    size = max(1, -(-len(items) // (jobs * PIECES)))
    pieces = [items[start : start + size] for start in range(0, len(items), size)]
    if jobs < 2 or len(pieces) < 2:
        return work(items)
    pool = ProcessPoolExecutor(
        min(jobs, len(pieces)), mp_context=get_context("spawn"), initializer=_end_at_once
    )
    others = active_children()
    try:
        with _interrupts_held():  # a process is told to end, but not while it starts
            waiting = [pool.submit(work, piece) for piece in pieces]
        return [result for each in _results(work, pieces, waiting) for result in each]
    except BaseException:
        for process in active_children():
            if process not in others:
                process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _results(
    work: Callable[[Sequence[T]], list[R]],
    pieces: Sequence[Sequence[T]],
    waiting: Sequence[Future[list[R]]],
) -> Iterator[list[R]]:
    for piece, future in zip(pieces, waiting, strict=True):
        try:
            yield future.result()
        except BrokenProcessPool:
            yield work(piece)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait, here and in the processes that are started meanwhile."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_at_once() -> None:
    """Let Ctrl-C end a process without a word: its parent says what there is to say."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
