"""Programs that are killed, and programs that write at the same time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.store.store import Store

from .learner import NOW

WRITERS = str(Path(__file__).with_name("writers.py"))


def check(path: Path) -> list[str]:
    """Return the responses in the log, after everything that must be true of it."""
    with Store.open(path, now=NOW) as store:
        assert store.notice is None
        assert store._connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store._connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.all_memories() == store.replay()
        rows = list(store.rows())
    assert len({row.id for row in rows}) == len(rows)
    assert len({row.device for row in rows}) <= 1
    return [row.response for row in rows if row.response is not None]


@pytest.mark.parametrize("seed", [1, 2])
def test_no_kill_loses_an_acknowledged_answer(path: Path, seed: int) -> None:
    rounds = 30
    killed = subprocess.run(
        [sys.executable, WRITERS, "kill", str(path), str(rounds), str(seed)],
        capture_output=True,
        text=True,
        check=True,
    )
    acknowledged = json.loads(killed.stdout)
    assert len(acknowledged) > rounds
    responses = check(path)
    assert len(set(responses)) == len(responses)
    assert set(acknowledged) <= set(responses)
    assert len(responses) <= len(acknowledged) + rounds  # each was killed within one answer


def test_a_kill_at_the_first_opening_leaves_a_file_that_opens(tmp_path: Path) -> None:
    subprocess.run([sys.executable, WRITERS, "begin", str(tmp_path), "24"], check=True)
    paths = sorted(tmp_path.glob("*.db"))
    assert len(paths) == 24
    for path in paths:
        check(path)
    assert not list(tmp_path.glob("*.corrupt*"))


def test_three_programs_write_to_a_file_that_neither_had(path: Path) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, WRITERS, "write", str(path), name, "80"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two", "three")
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    outputs = [program.communicate()[0].split() for program in programs]
    assert [program.returncode for program in programs] == [0, 0, 0]
    assert all(output[-1] == "done" for output in outputs)
    expected = {f"{name}-{number}" for name in ("one", "two", "three") for number in range(80)}
    responses = check(path)
    assert set(responses) == expected
    assert len(responses) == len(expected)
