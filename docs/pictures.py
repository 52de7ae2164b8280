"""Draws the picture in the README from the real program: `uv run python docs/pictures.py`."""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from gettext import NullTranslations
from pathlib import Path

from tutor.services import Services
from tutor.services.paths import Paths
from tutor.session.study import Asking
from tutor.store.store import Store
from tutor.ui.app import First, TutorApp

HERE = Path(__file__).resolve().parent
QUESTION = "lstm.params.one-layer"
SIZE = (80, 30)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def answer_with_three_blocks(services: Services) -> str:
    """Return the screen after an answer that counts three blocks instead of four."""
    app = TutorApp(services, First.study(questions=[QUESTION]))
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        run = services.start_study(questions=[QUESTION], seed=services.draw_seed())
        assert isinstance(run.state.phase, Asking)  # noqa: S101 - one question, one card
        answer = run.state.phase.posed.answer  # type: ignore[union-attr]  # it is numeric
        await pilot.press(*str(answer * 3 // 4), "enter")
        await pilot.pause()
        return app.export_screenshot(title="tutor")


def main() -> None:
    """Draw the picture."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        services = Services(
            paths=paths,
            store=Store.open(paths.database, now=NOW),
            lang="en",
            catalogue=lambda _: NullTranslations(),
            clock=lambda: NOW,
            tz=UTC,
            draw_seed=lambda: 3,
        )
        svg = asyncio.run(answer_with_three_blocks(services))
        services.close()
    svg = re.sub(r"@font-face \{.*?\}\n?", "", svg, flags=re.DOTALL)  # no fonts from elsewhere
    svg = svg.replace("<text ", '<text xml:space="preserve" ')  # or spaces at an end are lost
    svg = "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"
    (HERE / "verdict.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
