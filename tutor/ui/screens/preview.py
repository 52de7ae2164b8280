"""One card as learners see it, for its author: answerable at any seed, never logged."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tutor.bank.card_name import CardName
from tutor.errors import TutorError
from tutor.session.study import Answered, Asking, Finished
from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.practice import Practice
from tutor.ui.screens.base import BACK
from tutor.ui.screens.study import StudyScreen

if TYPE_CHECKING:
    from tutor.bank.topic import Page as LecturePage


class PreviewScreen(StudyScreen):
    """The screen of a session over a `Practice`: what it sends is judged and forgotten.

    Args:
        practice: the card.
        name: what the card is called.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        *(key for key in StudyScreen.KEYS if key.action not in {"skip", "sizes", BACK.action}),
        Key("f8,n", "draw(1)", msg("next seed"), footer=True),
        Key("f7", "draw(-1)", msg("previous seed")),
        Key("f5,r", "draw(0)", msg("once more")),
        Key("f4", "sizes", msg("my sizes"), footer=True),
        Key("escape,q", BACK.action, msg("leave"), footer=True, shown="esc"),
    )

    def __init__(self, practice: Practice, name: CardName) -> None:
        super().__init__(practice)
        self._practice = practice
        self._card = name

    def heading(self) -> tuple[Words, Words]:
        """Return the name that opens this very card again, and that nothing is logged."""
        phase = self._practice.state.phase
        if isinstance(phase, Finished):
            return "", ""
        card = str(self._card.at(phase.posed.seed))
        if phase.posed.learner_args:
            return msg("**Preview** `{card}`, other sizes", card=card), _NOT_LOGGED
        return msg("**Preview** `{card}`", card=card), _NOT_LOGGED

    def _page_of(self, answered: Answered) -> LecturePage | None:
        """Return the page of the card; a question that is just being written has none."""
        known = answered.posed.question in self.app.services.load_bank().questions
        return super()._page_of(answered) if known else None

    def action_draw(self, step: int) -> None:
        """Ask the card at the seed so many after this one."""
        try:
            self._practice.draw(max(0, self._practice.seed + step))
        except TutorError as error:
            self.app.tell(error)
        self.repaint()
        self._settle()

    def action_leave(self) -> None:
        """Go back to where the card was opened; to the shell, if it was opened from there."""
        if len(self.app.screen_stack) > 2:
            self.dismiss()
        else:
            self.app.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no other seed while sizes are typed, and none before the first."""
        if action == "draw":
            editing = isinstance(self._practice.state.phase, Asking) and self._form.display
            return not editing and self._practice.seed + int(str(parameters[0])) >= 0
        return super().check_action(action, parameters)


_NOT_LOGGED = msg("nothing is logged")
