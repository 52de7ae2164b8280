"""Work in several processes is the same work, whatever becomes of the processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tutor.bank.check import MUCH, check
from tutor.bank.load import load
from tutor.bank.workers import PIECES, cores, spread
from tutor.labs.registry import open_controls


def doubled(items: Sequence[int]) -> list[tuple[int, int]]:
    return [(2 * item, os.getpid()) for item in items]


def dying(items: Sequence[int]) -> list[int]:
    if (
        3 in items
        and "PARENT_OF_TEST" in os.environ
        and os.environ["PARENT_OF_TEST"] != str(os.getpid())
    ):
        os._exit(9)  # as the system ends a process that takes too much memory
    return [2 * item for item in items]


def failing(items: Sequence[int]) -> list[int]:
    raise ArithmeticError(f"not {items[0]}")


def test_results_come_in_order_from_other_processes() -> None:
    results = spread(doubled, range(50), 2)
    assert [value for value, _ in results] == [2 * n for n in range(50)]
    assert os.getpid() not in {process for _, process in results}


@pytest.mark.parametrize(("count", "jobs"), [(0, 4), (1, 4), (50, 1)])
def test_little_work_is_done_here(count: int, jobs: int) -> None:
    assert {process for _, process in spread(doubled, range(count), jobs)} <= {os.getpid()}


def test_work_is_not_cut_too_fine() -> None:
    assert PIECES > 1
    assert 1 <= cores() <= (os.cpu_count() or 1)


def test_a_process_that_dies_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARENT_OF_TEST", str(os.getpid()))
    assert spread(dying, range(40), 2) == [2 * n for n in range(40)]


def test_an_error_is_told_here() -> None:
    with pytest.raises(ArithmeticError, match="not 0"):
        spread(failing, range(40), 2)


HEADER = "format: 1\ntopic: notes\ntitle: Notes\nquestions:\n"
CARD = """\
- {{id: notes.c{n}, kind: numeric, prompt: "{n} {{d}}?", explain: x, draw: {{d: {{choose: [2, 3]}}}},
   answer: {answer}, lab: {{name: parameters, controls: {{layer: {layer}}}}}}}
"""


def test_a_bank_is_proved_alike(tmp_path: Path) -> None:
    path = tmp_path / "notes.yaml"
    cards = [
        CARD.format(
            n=n, answer=("d", "1/(d-3)", "exp(d)", "e")[n % 4], layer=("gru", "d")[n % 3 == 0]
        )
        for n in range(60)
    ]
    path.write_text(HEADER + "".join(cards))
    bank = load([path], open_controls)
    seeds = range(-(-MUCH // len(bank.questions)))
    alone = check(bank, seeds, open_controls)
    assert len(alone) > 20
    assert any(problem.subject for problem in alone)
    together = check(bank, seeds, open_controls, jobs=2)
    assert [str(problem) for problem in together] == [str(problem) for problem in alone]
    assert [p.line_text for p in together] == [p.line_text for p in alone]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at the processes in /proc")
@pytest.mark.parametrize("whom", ["the terminal's", "its own"])
def test_ctrl_c_ends_it_at_once(whom: str, tmp_path: Path) -> None:
    env = os.environ | {"TUTOR_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "tutor", "check", "--seeds", "100000", "--jobs", "2"]
    running = subprocess.Popen(
        command, env=env, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        while running.poll() is None and len(children(running.pid)) < 2:
            os.sched_yield()
        if whom == "the terminal's":
            os.killpg(running.pid, signal.SIGINT)
        else:
            os.kill(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=120)
        assert running.returncode != 0
        assert "Traceback" not in err + out
        assert children(running.pid) == []
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)


def children(parent: int) -> list[int]:
    """The processes of a process that are at work."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                command = (folder / "cmdline").read_text()
            except OSError:
                continue
            if int(fields[1]) == parent and "spawn_main" in command:
                found.append(int(folder.name))
    return found
