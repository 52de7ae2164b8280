"""A session of study, with what it writes into the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from tutor.store.log import AnswerRow

if TYPE_CHECKING:  # loaded when studying begins, not before Home is painted
    from tutor.services import Services
    from tutor.session.events import Effect, Event
    from tutor.session.study import StudyState


class StudyRun:
    """A session whose effects are carried out: every answer is logged.

    Attributes:
        state: where the session stands.
    """

    logs = True

    def __init__(self, services: Services, state: StudyState) -> None:
        self._services = services
        self._rows: dict[int, str] = {}
        self._files: dict[str, Path] = {}
        self.state = state
        self._note_files()

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return self._services.now()

    def send(self, event: Event) -> StudyState:
        """Take an event; what it writes is durable when this returns.

        Raises:
            IllegalEvent: it does not fit the state.
            TutorError: it could not be written; the state is as it was, so it can be sent again.
        """
        from tutor.session.study import step

        state, effects = step(self._current(event), event)
        for effect in effects:
            self._carry_out(effect)
        self.state = state
        return state

    def renew(self) -> StudyState:
        """Ask what is still to come as the questions are now, after they were read again.

        A question that is missing from a file with errors may only be written badly just now: it
        is asked as it was.
        """
        from tutor.session.study import renew

        bank = self._services.load_bank()
        broken = {problem.file for problem in bank.problems}
        kept = {
            card.question.id: card.question
            for card in (*self.state.queue, *self.state.waiting)
            if self._files.get(card.question.id) in broken
        }
        today = {card: bank.aliases.get(card, card) for card in self._cards()}
        known = {was: bank.questions[now] for was, now in today.items() if now in bank.questions}
        self.state = renew(self.state, {**kept, **known})
        self._note_files()
        return self.state

    def _note_files(self) -> None:
        """Note where the cards are written."""
        places = self._services.load_bank().places
        self._files.update((card, places[card].file) for card in self._cards() if card in places)

    def _cards(self) -> list[str]:
        """Return the cards to come, and the one that is shown, by what they were called."""
        from tutor.session.study import Finished

        cards = [card.question.id for card in (*self.state.queue, *self.state.waiting)]
        if not isinstance(self.state.phase, Finished):
            cards.append(self.state.phase.card.question.id)
        return cards

    def _current(self, event: Event) -> StudyState:
        """Return the state as it is now: another tutor may have asked the same card meanwhile."""
        from tutor.session.events import Submit
        from tutor.session.study import Asking, remember

        phase = self.state.phase
        if not (isinstance(event, Submit) and isinstance(phase, Asking)):
            return self.state
        card = phase.card.question.id
        return remember(self.state, self._services.store.memories([card])[card])

    def _carry_out(self, effect: Effect) -> None:
        from tutor.session.events import Record, Rerate

        store = self._services.store
        match effect:
            case Record(answer):
                recorded = store.record(
                    AnswerRow(
                        question=answer.question,
                        seed=answer.seed,
                        at=answer.at,
                        rating=answer.rating,
                        score=answer.score,
                        response=answer.response,
                        mistake=answer.mistake,
                        duration_ms=int(answer.duration / timedelta(milliseconds=1)),
                        args=_plain_sizes(answer.sizes),
                        hints=answer.hints,
                    )
                )
                self._rows[answer.serial] = recorded.id
            case Rerate(serial, rating, at):
                store.rerate(self._rows[serial], rating, at)
            case _:
                assert_never(effect)


def _plain_sizes(sizes: Mapping[str, object] | None) -> Mapping[str, int | float] | None:
    """Return sizes as the log keeps them; a fraction becomes a float."""
    if sizes is None:
        return None
    return {
        name: value if isinstance(value, int) else float(value)  # type: ignore[arg-type]  # a number
        for name, value in sizes.items()
    }
