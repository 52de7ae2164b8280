"""What is loaded when Home is painted for the first time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = """
import gc, json, sys
from pathlib import Path
from tests.ui.learner import SMALL, make_services
from tutor.ui.app import TutorApp

def painted(app):
    strips = app.screen._compositor.render_strips()
    text = "\\n".join("".join(segment.text for segment in strip) for strip in strips)
    seen = {"text": text, "modules": sorted(sys.modules), "collects": gc.isenabled()}
    Path(sys.argv[1], "seen.json").write_text(json.dumps(seen))
    app.exit()

gc.disable()  # as the command does
TutorApp.read_bank = painted  # what the app does after its first paint
TutorApp(make_services(Path(sys.argv[1]))).run(headless=True, size=SMALL)
"""
HEAVY = {
    *("numpy", "pydantic", "pydantic_core", "yaml", "fsrs", "markdown_it", "click"),
    *("tutor.bank", "tutor.engine", "tutor.kinds", "tutor.labs", "tutor.session"),
    *("tutor.store.index", "tutor.store.stats", "tutor.text.maths"),
}
ROOT = Path(__file__).resolve().parents[2]


def at_first_paint(folder: Path, before: str = "") -> dict[str, Any]:
    """Return what Home shows at its first paint, and what is loaded then."""
    command = [sys.executable, "-c", before + PROGRAM, str(folder)]
    subprocess.run(command, check=True, cwd=ROOT)
    seen: dict[str, Any] = json.loads((folder / "seen.json").read_text())
    return seen


def test_home_is_painted_from_the_database_alone(tmp_path: Path) -> None:
    painted = at_first_paint(tmp_path)
    assert "Start studying" in painted["text"]
    assert "textual.app" in painted["modules"]
    assert not HEAVY & set(painted["modules"])


def test_garbage_is_collected_from_the_first_paint_on(tmp_path: Path) -> None:
    assert at_first_paint(tmp_path)["collects"]


def test_what_is_loaded_too_early_would_be_seen(tmp_path: Path) -> None:
    painted = at_first_paint(tmp_path, before="import yaml, tutor.engine\n")
    assert HEAVY & set(painted["modules"]) >= {"yaml", "tutor.engine"}


def test_opening_home_needs_no_command_line() -> None:
    code = "import sys, tutor.cli.main, tutor.cli.app, tutor.cli.context; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True
    )
    assert "tutor.cli.app" in done.stdout.split()
    assert "click" not in done.stdout.split()
