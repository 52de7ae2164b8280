"""The pure packages ask for no time, no randomness, no files and no environment.

Which modules they import is held by import-linter; what they do with those they may import, such
as `datetime` and `numpy`, and with built-in functions, is held here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tutor

PURE = ("text", "engine", "grading", "memory", "kinds", "session", "labs")
IMPURE = (
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today",
    "datetime.date.today", "time", "os", "io", "random", "secrets", "numpy.random",
    "numpy.load", "numpy.save", "numpy.savetxt", "numpy.loadtxt", "numpy.genfromtxt",
    "numpy.fromfile", "uuid", "locale",
    "builtins.open", "builtins.print", "builtins.input", "builtins.breakpoint", "builtins.eval",
    "builtins.exec", "builtins.__import__",
)  # fmt: skip


def impurities(source: str) -> list[tuple[int, str]]:
    """Return each mention of what is impure, with its line.

    A mention is enough: who hands `datetime.now` on lets it be called.
    """
    tree = ast.parse(source)
    imported = dict(_imports(tree))
    found = {(line, name) for name, line in imported.values() if _is_impure(name)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)):
            name = _dotted(node, imported)
            if name is not None and _is_impure(name):
                found.add((node.lineno, name))
        elif isinstance(node, ast.Call) and _is_unseeded(node, imported):
            found.add((node.lineno, "numpy.random.PCG64()"))
    return sorted(found)


def _imports(tree: ast.Module) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield what each imported name stands for, and the line of its import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.partition(".")[0]
                whole = alias.name if alias.asname else local
                yield local, (whole, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, (f"{node.module}.{alias.name}", node.lineno)


def _dotted(node: ast.expr, imported: dict[str, tuple[str, int]]) -> str | None:
    if isinstance(node, ast.Name):
        return imported[node.id][0] if node.id in imported else f"builtins.{node.id}"
    if isinstance(node, ast.Attribute):
        of = _dotted(node.value, imported)
        return None if of is None else f"{of}.{node.attr}"
    return None


def _is_unseeded(call: ast.Call, imported: dict[str, tuple[str, int]]) -> bool:
    return not (call.args or call.keywords) and (
        _dotted(call.func, imported) == "numpy.random.PCG64"
    )


def _is_impure(name: str) -> bool:
    # `numpy.random` itself is what `np.random.PCG64` is reached through
    if name in {"numpy.random", "numpy.random.PCG64", "numpy.random.PCG64.random_raw"}:
        return False
    return any(name == bad or name.startswith(f"{bad}.") for bad in IMPURE)


def modules() -> list[Path]:
    root = Path(tutor.__file__).parent
    return sorted(path for package in PURE for path in (root / package).rglob("*.py"))


def test_every_package_has_modules() -> None:
    root = Path(tutor.__file__).parent
    assert {path.relative_to(root).parts[0] for path in modules()} == set(PURE)


@pytest.mark.parametrize(
    "path", modules(), ids=lambda path: "/".join(path.with_suffix("").parts[-2:])
)
def test_a_pure_module_takes_values_and_returns_values(path: Path) -> None:
    assert impurities(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("planted", "name"),
    [
        ("from datetime import datetime\nat = datetime.now()", "datetime.datetime.now"),
        ("from datetime import UTC, datetime as d\nat = d.now(UTC)", "datetime.datetime.now"),
        ("import datetime\nat = datetime.datetime.utcnow()", "datetime.datetime.utcnow"),
        ("import datetime\nat = datetime.datetime.today()", "datetime.datetime.today"),
        ("from datetime import date\nday = date.today()", "datetime.date.today"),
        ("from datetime import date\nclock = date.today", "datetime.date.today"),
        ("import time\nat = time.monotonic()", "time.monotonic"),
        ("def f():\n    from time import sleep", "time.sleep"),
        ("x = 1\nf = open('x')", "builtins.open"),
        ("x = 1\nprint(x)", "builtins.print"),
        ("x = 1\ny = input()", "builtins.input"),
        ("import os\nhome = os.environ['HOME']", "os.environ"),
        ("import random\nn = random.random()", "random.random"),
        ("import numpy as np\nn = np.random.default_rng()", "numpy.random.default_rng"),
        ("from numpy import random as r\nn = r.rand()", "numpy.random.rand"),
        ("import numpy as np\nn = np.random.PCG64().random_raw()", "numpy.random.PCG64()"),
    ],
)
def test_a_planted_impurity_is_found(planted: str, name: str) -> None:
    assert (2, name) in impurities(planted)


def test_what_only_looks_alike_is_left_alone() -> None:
    pure = (
        "from datetime import UTC, datetime, time\n"
        "start = datetime(2026, 1, 1, tzinfo=UTC)\n"
        "def later(now: datetime) -> datetime:\n"
        "    return now.replace(hour=time(4).hour)\n"
        "self.time.now()\n"
        "for os, random in pairs:\n"
        "    os.environ(random.random)\n"
        "import numpy as np\n"
        "bits = np.random.PCG64(seed).random_raw(8)\n"
    )
    assert impurities(pure) == []
