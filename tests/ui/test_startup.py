"""What is loaded when Home is painted for the first time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import json, sys
from pathlib import Path
from tests.ui.learner import SMALL, make_services
from tutor.ui.app import TutorApp

def painted(app):
    strips = app.screen._compositor.render_strips()
    text = "\\n".join("".join(segment.text for segment in strip) for strip in strips)
    seen = {"text": text, "modules": sorted(sys.modules)}
    Path(sys.argv[1], "seen.json").write_text(json.dumps(seen))
    app.exit()

TutorApp.read_bank = painted  # what the app does after its first paint
TutorApp(make_services(Path(sys.argv[1]))).run(headless=True, size=SMALL)
"""
HEAVY = {"numpy", "pydantic", "pydantic_core", "yaml", "fsrs", "markdown_it", "tutor.engine"}


def test_home_is_painted_from_the_database_alone(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    painted = json.loads((tmp_path / "seen.json").read_text())
    assert "Start studying" in painted["text"]
    assert "textual.app" in painted["modules"]
    assert not HEAVY & set(painted["modules"])
