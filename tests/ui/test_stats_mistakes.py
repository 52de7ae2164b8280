"""The mistakes on the screen of statistics."""

from __future__ import annotations

from datetime import timedelta

from tests.ui.learner import BEGIN, Clock, learner_at
from tutor.memory.rating import Rating
from tutor.services import Services
from tutor.store.log import AnswerRow
from tutor.ui.app import First

STATS = First.place("stats")


def record(services: Services, mistake: str, response: str, days: int, question: str) -> None:
    services.store.record(
        AnswerRow(
            question=question,
            seed=1,
            at=BEGIN - timedelta(days=days),
            rating=Rating.AGAIN,
            score=0.0,
            response=response,
            mistake=mistake,
            duration_ms=1000,
        )
    )


async def test_mistakes_are_counted_in_the_words_of_their_diagnosis(services: Services) -> None:
    record(services, "gone-long", "1", 30, "old.question")
    for days in (20, 2, 1):
        record(services, "three-blocks", "2592", days, "lstm.count")
    services.clock = Clock(BEGIN)
    async with learner_at(services, STATS, size=(80, 60)) as learner:
        lines = [line.strip() for line in learner.lines]
        head = lines.index("Mistakes of the last 7 study days")
        assert lines[head + 2].startswith("2 ×  2,592 ")
        assert "three blocks" in " ".join(lines[head + 2 : head + 5])
        assert "3 in all" in lines
        assert lines[lines.index("Earlier mistakes") + 2] == "1 ×  gone-long"


async def test_without_mistakes_there_is_no_heading(services: Services) -> None:
    async with learner_at(services, STATS, size=(80, 60)) as learner:
        assert "istakes" not in learner.text
