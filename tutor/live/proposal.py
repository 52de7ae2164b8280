"""The frame with which a host opens a room on a server."""

from __future__ import annotations

from tutor.kinds.written import written
from tutor.live.wire import Open, PlannedQuestion
from tutor.session.room.state import Plan


def open_frame(plan: Plan, seed: int, key: str | None = None) -> Open:
    """Return the frame that opens a room.

    Args:
        plan: what the room is to ask; its questions travel as they would stand in a file.
        seed: from which players' own numbers are drawn.
        key: the server's, where it asks for one.
    """
    return Open(
        key=key,
        title=plan.title,
        settings=plan.settings,
        plan=plan_questions(plan),
        topics=dict(plan.topics),
        seed=seed,
    )


def plan_questions(plan: Plan) -> tuple[PlannedQuestion, ...]:
    """Return the questions of a plan as values that JSON holds."""
    return tuple(
        PlannedQuestion(question=written(planned.question), seed=planned.seed)
        for planned in plan.questions
    )
