"""A learner in Seoul, with eight cards in two of three topics."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tutor.memory.rating import Rating
from tutor.memory.scheduler import Settings
from tutor.store.index import CardEntry, TopicEntry
from tutor.store.log import AnswerRow
from tutor.text.localized import Localized

SEOUL = ZoneInfo("Asia/Seoul")
# Wednesday, 13:00 in Seoul; the study day began nine hours ago.
NOW = datetime(2026, 4, 15, 4, 0, tzinfo=UTC)
EXACT = Settings(fuzz=False, new_per_day=5)

TOPICS = [
    TopicEntry("rnn", Localized("Recurrent networks", "순환 신경망")),
    TopicEntry("lstm", Localized("Long short-term memory", "장단기 메모리")),
    TopicEntry("gru", Localized("Gated recurrent unit", "게이트 순환 유닛")),
]
CARDS = [
    *(CardEntry(f"rnn.c{n}", "rnn", "rnn.recurrence") for n in range(4)),
    *(CardEntry(f"lstm.c{n}", "lstm", "lstm.gates") for n in range(3)),
    CardEntry("lstm.params", "lstm", "params.recurrent"),
]


def answer(question: str, at: datetime = NOW, rating: Rating = Rating.GOOD) -> AnswerRow:
    return AnswerRow(
        question=question,
        seed=7,
        at=at,
        rating=rating,
        score=0.0 if rating is Rating.AGAIN else 1.0,
        response="3,456",
        mistake=None,
        duration_ms=8000,
    )


def days(count: float) -> timedelta:
    return timedelta(days=count)
