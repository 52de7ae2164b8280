"""What it takes to grade.

    uv run python benchmarks/grading.py [--rounds 300]

Each section measures its cases and a reference in turns, so that a busy machine is busy for
both, and prints medians and minima.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Mapping

from tutor.grading.domain import Range
from tutor.grading.equality import Reference, compare
from tutor.grading.formula import parse_formula
from tutor.grading.learner import MAX_TYPED, parse_known, parse_typed
from tutor.grading.tokens import FormulaError
from tutor.grading.vocabulary import Vocabulary

WARM_UP = 20  # rounds

LSTM = Vocabulary(("d", "h"))
ALL = Vocabulary(("d", "h", "T", "d_k"), frozenset({"exp", "log", "sqrt", "tanh"}))
RANGE = Range(8, 64, whole=True)
TYPED = (
    "4(dh + h^2 + h)",
    "4h(d+h+1)",
    "4·(d×h + h² + h)",
    "4*d*h+4*h**2+4*h",
    "3h(d + h + 2)",
)
HOSTILE = {
    "(h+d)^3000": "(h+d)^3000",
    "9**9**9": "9**9**9",
    "brackets": "(" * MAX_TYPED,
    "powers": "(d+h+T+d_k+1)^30",
    "words": "dh" * (MAX_TYPED // 2),
    "unknown": "q" * MAX_TYPED,
    "quotients": "*".join(f"(1/d+{n}/h)" for n in range(1, 19)),
    "10 MB": "h+" * 5_000_000,
}


def main() -> None:
    """Measure and print, section by section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    options = parser.parse_args()
    formulas(options.rounds)


def formulas(rounds: int) -> None:
    """Formulas: to read one and to compare it; budget 0.1 ms for both."""
    domain = tuple((name, RANGE) for name in LSTM.names)
    right = Reference(parse_typed("4h(d+h+1)", LSTM), domain)

    def read_and_compare(text: str) -> Callable[[], object]:
        return lambda: compare(parse_typed(text, LSTM), right)

    section(
        "Formulas: parse and compare, budget 100 µs",
        {
            "reference: Python compiles it": lambda: compile(
                "4*(d*h + h**2 + h)", "", "eval", optimize=0
            ),
            **{text: read_and_compare(text) for text in TYPED},
        },
        rounds,
    )
    functions = tuple((name, RANGE) for name in ALL.names)
    root, half = (parse_typed(text, ALL) for text in ("h/√d_k", "h d_k^0.5/d_k"))
    known = Reference(root, functions)
    section(
        "Formulas: parts",
        {
            "parse, of a learner": lambda: parse_typed(TYPED[0], LSTM),
            "parse, of a file": lambda: parse_formula.__wrapped__("4*(d*h + h^2 + h)"),
            "parse, met before": lambda: parse_known(TYPED[0], LSTM),
            "with functions, by algebra": lambda: compare(root, known),
            "with functions, at points": lambda: compare(half, known),
        },
        rounds,
    )
    section(
        "Formulas: hostile, refused within 1,000 µs",
        {name: _refused(text, functions) for name, text in HOSTILE.items()},
        max(rounds // 10, WARM_UP),
    )


def _refused(text: str, domain: tuple[tuple[str, Range], ...]) -> Callable[[], object]:
    right = Reference(parse_typed("4h(d+h+1)", ALL), domain)

    def grade() -> None:
        try:
            compare(parse_typed(text, ALL), right)
        except FormulaError:
            return

    return grade


def section(title: str, cases: Mapping[str, Callable[[], object]], rounds: int) -> None:
    """Measure cases by turns, and print what they take, in microseconds."""
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(WARM_UP + rounds):
        for name, case in cases.items():
            began = time.perf_counter()
            case()
            if number >= WARM_UP:
                taken[name].append((time.perf_counter() - began) * 1e6)
    print(title)
    for name, times in taken.items():
        print(f"  {name:<32} median {statistics.median(times):8.1f}  min {min(times):8.1f} µs")


if __name__ == "__main__":
    main()
