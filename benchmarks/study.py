"""From an answer to the next card, without drawing and with a durable write.

    uv run python benchmarks/study.py

The real services run on a real file: an answer is graded, logged, synced to the disk and
scheduled; then the learner takes the suggested rating and the next card is posed, or gives
another rating, which is one more row of the log and one more sync. What the disk takes for one
row alone is measured beside it; the temporary folder should be on a disk, not in memory.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from gettext import NullTranslations
from pathlib import Path

from cards import write_cards

from tutor.memory.rating import Rating
from tutor.services import Services, open_services
from tutor.session.events import Rate, Submit
from tutor.session.study import Answered

WARM_UP = 10  # cards; the first answers load the scheduler


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, nargs="+", default=[100, 10_000])
    parser.add_argument("--answers", type=int, default=500, help="at most, for each size")
    parser.add_argument("--folder", help="where the temporary data are; the system's, if left out")
    options = parser.parse_args()
    for count in options.cards:
        with tempfile.TemporaryDirectory(dir=options.folder) as home:
            cards = write_cards(Path(home), count)
            environ = {"TUTOR_HOME": home}
            services = open_services(environ, "en", lambda _: NullTranslations())
            began = time.perf_counter()
            services.load_bank()
            print(f"{count:,} cards and the content, read and indexed: {since(began):.0f} ms")
            half = min(options.answers, count // 2)
            measure(services, cards[:half], "suggested rating", None)
            measure(services, cards[half : 2 * half], "another rating", Rating.EASY)
            services.close()
            report("the disk alone: one row, synced", rows(Path(home, "alone.db")))


def rows(path: Path) -> list[float]:
    """Return what it takes to write one row as durably as the log does, in milliseconds."""
    alone = sqlite3.connect(path, isolation_level=None)
    alone.execute("PRAGMA journal_mode = WAL")
    alone.execute("PRAGMA synchronous = FULL")
    alone.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, response TEXT)")
    taken = []
    for _ in range(200):
        began = time.perf_counter()
        alone.execute("INSERT INTO log (response) VALUES ('1')")
        taken.append(since(began))
    alone.close()
    return taken


def measure(services: Services, cards: list[str], name: str, rating: Rating | None) -> None:
    """Answer cards wrongly, and print what it took."""
    run = services.start_study(questions=cards, seed=1)
    print(f"  {name}")
    taken: dict[str, list[float]] = {"answer → verdict": [], "rating → next card": []}
    for _ in cards:
        began = time.perf_counter()
        run.send(Submit("1", run.now()))
        taken["answer → verdict"].append(since(began))
        assert isinstance(run.state.phase, Answered)  # noqa: S101 - a benchmark checks what it times
        began = time.perf_counter()
        run.send(Rate(rating, run.now()))
        taken["rating → next card"].append(since(began))
    verdicts, ratings = taken.values()
    taken["both (budget: median 0.5 ms)"] = [a + b for a, b in zip(verdicts, ratings, strict=True)]
    for step, times in taken.items():
        report(f"  {step}", times)


def report(name: str, times: list[float]) -> None:
    """Print median, minimum and 95th percentile."""
    values = sorted(times[WARM_UP:])
    p95 = values[int(len(values) * 0.95)]
    print(
        f"  {name:<34} median {statistics.median(values):6.2f}"
        f"  min {values[0]:6.2f}  p95 {p95:6.2f} ms"
    )


def since(began: float) -> float:
    """Return the milliseconds since a reading of the clock."""
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
