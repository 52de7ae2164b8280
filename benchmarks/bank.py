"""Reading question files and proving them.

    uv run python benchmarks/bank.py [--questions 10000] [--rounds 5] [--seeds 200]

Each measurement runs in a process of its own, after its imports and with the files in the
system's memory. The reference of reading is the YAML parser alone: libyaml's events, taken and
thrown away. The reference of the proof is a fixed piece of work in pure Python. Processor time
is given beside the time on the clock, for machines with other work.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from gettext import NullTranslations
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.bank.bank import Bank

FILES = 8  # a file has its limits
HEAD = "format: 1\ntopic: bench{t}\ntitle: {{en: Benchmark {t}, ko: 벤치마크 {t}}}\nquestions:\n"
PLAIN = """\
- id: bench{t}.card-{n}
  kind: flashcard
  prompt: {{en: "Card {n}: what does this gate do?", ko: "카드 {n}: 이 게이트는 무엇을 하나요?"}}
  back: {{en: "It scales part {n} of the state.", ko: "상태의 {n}번째 부분을 조절합니다."}}
  explain: {{en: "Gate {n} lies between 0 and 1.", ko: "게이트 {n}은 0과 1 사이입니다."}}
"""
COMPUTED = """\
- id: bench{t}.card-{n}
  kind: numeric
  draw: {{d: {{choose: [8, 10, 16, 32]}}, h: {{from: 8, to: 256, step: 8}}}}
  compute: {{lstm: {{engine: lstm_params, args: {{input_size: d, hidden_size: h}}}}}}
  prompt:
    en: "Card {n}. An LSTM layer reads {{d}} inputs into {{h}} units. How many parameters?"
    ko: "카드 {n}. LSTM 층이 입력 {{d}}개를 유닛 {{h}}개로 읽습니다. 파라미터는 몇 개인가요?"
  answer: lstm.total
  explain:
    en: "Four blocks of {{h}}·({{d}}+{{h}}+2): {{lstm.total:,}}."
    ko: "네 블록 {{h}}·({{d}}+{{h}}+2): {{lstm.total:,}}."
"""
SORTS = {"plain": PLAIN, "computed": COMPUTED}
LONG_AGO = (1e9, 1e9)  # a file that was saved just now is not kept in the cache


def write_questions(home: Path, text: str, count: int) -> Path:
    """Write question files among a learner's own; return their folder."""
    folder = home / "questions"
    folder.mkdir(parents=True)
    for t in range(FILES):
        cards = "".join(text.format(t=t, n=n) for n in range(t, count, FILES))
        path = folder / f"bench{t}.yaml"
        path.write_text(HEAD.format(t=t) + cards, encoding="utf-8")
        os.utime(path, LONG_AGO)
    return folder


def parse(home: Path) -> Callable[[], object]:
    """Take the events of all files."""
    from yaml import CSafeLoader

    texts = [path.read_text("utf-8") for path in sorted((home / "questions").iterdir())]

    def work() -> object:
        for text in texts:
            loader = CSafeLoader(text)
            while loader.get_event() is not None:
                pass
        return None

    return work


def read(home: Path) -> Callable[[], object]:
    """Read all files without a cache."""
    from tutor.bank.load import load

    return lambda: _sound(load([home / "questions"]))


def cached(home: Path) -> Callable[[], object]:
    """Read all files from the cache."""
    from tutor.bank.cache import Cache
    from tutor.bank.load import load

    return lambda: _sound(load([home / "questions"], None, Cache(home / "cache" / "questions")))


def begin(home: Path) -> Callable[[], object]:
    """Read all that is taught from the cache, adopt it, and begin to study."""
    from tutor.services import open_services

    services = open_services({"TUTOR_HOME": str(home)}, "en", lambda _: NullTranslations())

    def work() -> object:
        services.adopt_bank(services.read_bank())
        return services.start_study(limit=20)

    work()  # what studying imports is not what is measured
    return work


def prove(jobs: int, seeds: int) -> Callable[[Path], Callable[[], object]]:
    """Prove all that is taught."""

    def prepare(_: Path) -> Callable[[], object]:
        from tutor.bank.examine import examine
        from tutor.bank.locate import find_content
        from tutor.labs.registry import open_controls

        return lambda: examine([], [find_content()], range(seeds), open_controls, jobs)

    return prepare


def count(_: Path) -> Callable[[], object]:
    """Do ten million additions."""

    def work() -> object:
        total = 0
        for number in range(10_000_000):
            total += number
        return total

    return work


def _sound(bank: Bank) -> Bank:
    if bank.problems:
        raise ValueError(str(bank.problems[0]))
    return bank


def measured(name: str, home: Path, seeds: int) -> None:
    """Do one piece of work and print how long it took; the rest of this file calls it."""
    works = {"parse": parse, "read": read, "cached": cached, "begin": begin, "count": count,
             "prove": prove(1, seeds), "prove with 2": prove(2, seeds)}  # fmt: skip
    work = works[name](home)
    wall, processor = time.perf_counter(), _processor()
    work()
    print(json.dumps([time.perf_counter() - wall, _processor() - processor]))


def _processor() -> float:
    """Return this process's processor time, with that of the processes it has ended."""
    used = [getrusage(whose) for whose in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def rounds(names: list[str], home: Path, arguments: argparse.Namespace) -> dict[str, list[float]]:
    """Measure pieces of work by turns; return the processor time of each, in seconds."""
    walls: dict[str, list[float]] = {name: [] for name in names}
    times: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(arguments.rounds):
        for name in names:
            command = [sys.executable, __file__, "--measure", name, "--home", str(home),
                       "--seeds", str(arguments.seeds)]  # fmt: skip
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            wall, processor = json.loads(out)
            walls[name].append(wall)
            times[name].append(processor)
    for name in names:
        reference = names[0]
        ratio = statistics.median(times[name]) / statistics.median(times[reference])
        least = min(times[name]) / min(times[reference])
        print(
            f"  {name:14} clock {_shown(walls[name])} s   processor {_shown(times[name])} s   "
            f"ratio {ratio:.2f} ({least:.2f})"
        )
    return times


def _shown(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.3f} ({min(seconds):.3f})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measured(arguments.measure, arguments.home, arguments.seeds)
        return
    for sort, text in SORTS.items():
        with tempfile.TemporaryDirectory() as name:
            home = Path(name)
            write_questions(home, text, arguments.questions)
            begin(home)()  # fills the cache and the index
            cached(home)()
            print(f"{arguments.questions:,} {sort} questions: median (min)")
            rounds(["parse", "read", "cached", "begin"], home, arguments)
    print(f"tutor check of the whole bank, {arguments.seeds} seeds")
    with tempfile.TemporaryDirectory() as name:
        rounds(["count", "prove", "prove with 2"], Path(name), arguments)


if __name__ == "__main__":
    main()
