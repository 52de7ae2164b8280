"""First paint, imports and memory of the program, against a bare Textual app in the same run.

    uv run python benchmarks/startup.py [--rounds 15]

Both programs run in a pseudo-terminal of 80×24, in the same environment, from byte code that
an earlier start has compiled, as on a learner's machine from the second start on. "First paint"
is when the text of the main choice has arrived on the terminal. Rounds alternate, so that noise
meets both alike; processor time, of all threads, is steadier still.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pexpect

HERE = Path(__file__).resolve().parent
REFERENCE = [sys.executable, str(HERE / "reference.py")]
PROGRAM = [str(Path(sys.executable).with_name("tutor"))]  # as a learner starts it
HEAVY = ("numpy", "pydantic", "yaml", "fsrs")


@dataclass(frozen=True)
class Start:
    """One start: seconds to first paint, processor's and clock's, and resident megabytes."""

    seconds: float
    processor_seconds: float
    megabytes: float
    settled_megabytes: float


def start(command: list[str], text: str, home: str, settle: float) -> Start:
    """Start a program in a terminal and measure until it has painted a text."""
    others = ("PYTHON", "COLUMNS", "LINES")
    env = {key: value for key, value in os.environ.items() if not key.startswith(others)}
    env |= {
        "LANG": "C.UTF-8",
        "PYTHONPYCACHEPREFIX": f"{home}/compiled",
        "TERM": "xterm-256color",
        "TEXTUAL_DISABLE_KITTY_KEY": "1",
        "TUTOR_HOME": home,
    }
    began = time.perf_counter()
    child = pexpect.spawn(
        command[0], command[1:], env=env, dimensions=(24, 80), encoding="utf-8", timeout=30
    )
    child.expect_exact(text)
    seconds = time.perf_counter() - began
    processor_seconds = processor(child.pid)
    painted = resident(child.pid)
    time.sleep(settle)  # what loads in the background after the first paint
    settled = resident(child.pid)
    child.sendcontrol("q")
    child.expect(pexpect.EOF)
    child.close()
    return Start(seconds, processor_seconds, painted, settled)


def resident(pid: int) -> float:
    """Return a process's resident set in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def processor(pid: int) -> float:
    """Return the processor time that all threads of a process have had, in seconds."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def modules(arguments: list[str]) -> list[str]:
    """Return the heavy modules that a command line loads."""
    code = (
        "import sys\nfrom tutor.cli.main import main\n"
        f"sys.argv = ['tutor', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    return sorted(loaded.intersection((*HEAVY, "textual", "rich", "sqlite3")))


def report(name: str, values: list[float], unit: str) -> None:
    """Print median and minimum."""
    print(f"{name:<44} median {statistics.median(values):8.1f}  min {min(values):8.1f} {unit}")


def report_ratio(name: str, values: list[float], others: list[float]) -> None:
    """Print the median of the ratios of the rounds, and the ratio of the minima."""
    median = statistics.median(a / b for a, b in zip(values, others, strict=True))
    print(f"{name:<44} median {median:8.2f}  of minima {min(values) / min(others):5.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--settle", type=float, default=2.0, help="seconds to wait for the engine")
    options = parser.parse_args()
    bare: list[Start] = []
    ours: list[Start] = []
    with tempfile.TemporaryDirectory() as home:
        start(PROGRAM, "Start studying", home, options.settle)  # compiles, and indexes the bank
        start(REFERENCE, "Start studying", home, 0)
        for _ in range(options.rounds):
            bare.append(start(REFERENCE, "Start studying", home, 0))
            ours.append(start(PROGRAM, "Start studying", home, options.settle))
    report("first paint, bare Textual app", [s.seconds * 1000 for s in bare], "ms")
    report("first paint, tutor", [s.seconds * 1000 for s in ours], "ms")
    report_ratio(
        "ratio of first paints (budget 1.15)", *([s.seconds for s in x] for x in (ours, bare))
    )
    report("processor time of it, bare", [s.processor_seconds * 1000 for s in bare], "ms")
    report("processor time of it, tutor", [s.processor_seconds * 1000 for s in ours], "ms")
    report_ratio(
        "ratio of processor times", *([s.processor_seconds for s in x] for x in (ours, bare))
    )
    report("memory at first paint, bare", [s.megabytes for s in bare], "MB")
    report("memory at first paint, tutor (budget 41)", [s.megabytes for s in ours], "MB")
    report("memory with engine, tutor (budget 70)", [s.settled_megabytes for s in ours], "MB")
    for arguments in (["--version"], ["--help"]):
        print(f"heavy modules of tutor {arguments[0]}: {modules(arguments) or 'none'}")


if __name__ == "__main__":
    main()
