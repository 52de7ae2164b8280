"""The ways from screen to screen."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from tutor.errors import TutorError
from tutor.services import Services, unknown_name
from tutor.store.home import FORECAST_DAYS, HomeCounts
from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.places import PLACES

if TYPE_CHECKING:
    from tutor.bank.card_name import CardName
    from tutor.kinds import Question
    from tutor.kinds.posed import Lab
    from tutor.services.study_run import StudyRun


NO_COUNTS = HomeCounts(0, 0, (), (0,) * FORECAST_DAYS, 0, 0, None)


class Ways(App[object]):
    """An app that opens screens; each is imported when it is first opened."""

    services: Services
    counts: HomeCounts = NO_COUNTS

    @abstractmethod
    def with_bank(self, action: Callable[[], None]) -> None:
        """Do something that needs the questions, now or as soon as they are there."""

    @abstractmethod
    def tell(self, words: Words | TutorError) -> None:
        """Show a notice for a few seconds."""

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell the learner of a `TutorError` that is raised inside; the app goes on after it."""
        try:
            yield
        except TutorError as error:
            self.tell(error)

    def count(self) -> HomeCounts:
        """Count what there is to do; if it cannot be counted, tell why and keep the last counts."""
        with self.telling():
            self.counts = self.services.home()
        return self.counts

    def study(
        self,
        topics: Collection[str] = (),
        questions: Collection[str] = (),
        *,
        ahead: bool = False,
        page: str | None = None,
        limit: int | None = None,
        seed: int | None = None,
    ) -> None:
        """Begin a session; see `Services.start_study`."""

        def start() -> StudyRun:
            return self.services.start_study(
                topics, questions, ahead=ahead, page=page, limit=limit, seed=seed
            )

        self.with_bank(lambda: self._begin(start))

    def study_card(self, card: CardName) -> None:
        """Begin a session of one card; see `Services.start_card`."""
        self.with_bank(lambda: self._begin(lambda: self.services.start_card(card)))

    def _begin(self, start: Callable[[], StudyRun]) -> None:
        from tutor.ui.screens.study import StudyScreen

        if any(isinstance(screen, StudyScreen) for screen in self.screen_stack):
            self.tell(msg("A session is open: Esc ends it, and nothing is lost."))
            return
        with self.telling():
            self.push_screen(StudyScreen(start()))

    def preview(self, card: CardName) -> None:
        """Show one card as learners see it; nothing is logged."""

        def show() -> None:
            from tutor.bank.card_name import find_card

            with self.telling():
                question = find_card(self.services.load_bank(), card)
                self.answer_draft(card, question)

        self.with_bank(show)

    def answer_draft(self, card: CardName, question: Question) -> None:
        """Show a question that is being written, which the bank may not know yet."""
        from tutor.bank.card_name import FIRST_SEED
        from tutor.ui.practice import Practice
        from tutor.ui.screens.preview import PreviewScreen

        seed = FIRST_SEED if card.seed is None else card.seed
        services = self.services
        with self.telling():
            practice = Practice(question, seed, services.store.settings, services.now)
            self.push_screen(PreviewScreen(practice, card))

    def watch_files(self, paths: Sequence[Path], seeds: int) -> None:
        """Check question files whenever they are saved, with the cards beside the problems."""

        from tutor.bank.watcher import Watcher
        from tutor.labs.registry import open_controls
        from tutor.ui.screens.watch import WatchScreen

        where = self.services.paths
        watcher = Watcher(paths, where.content, where.questions, seeds, open_controls)
        self.push_screen(WatchScreen(watcher))  # it reads by itself

    def open_topic(self, topic: str) -> None:
        """Offer what can be done with a topic."""

        def show() -> None:
            from tutor.ui.screens.topic import TopicScreen

            known = [known.id for known in self.services.load_bank().topics]
            if topic in known:
                self.push_screen(TopicScreen(topic))
            else:  # Home may list the topics of the last start
                self.tell(unknown_name(topic, known))

        self.with_bank(show)

    def open_place(self, name: str, *arguments: object) -> None:
        """Open a screen of `PLACES` over this one."""

        def show() -> None:
            self.push_screen(PLACES[name].screen(*arguments))

        self.with_bank(show)

    def join_room(self, text: str = "") -> None:
        """Ask for what is missing to join a room; `text` is its code or address, if known."""

        def show() -> None:
            from tutor.ui.screens.join import JoinScreen

            self.push_screen(JoinScreen(text))

        self.with_bank(show)

    def prepare_room(
        self, topics: Collection[str] = (), players: tuple[str, ...] | None = None
    ) -> None:
        """Ask what a room is to be, and lead it; `players` share this keyboard."""

        def show() -> None:
            from tutor.ui.hosting import host_room
            from tutor.ui.screens.room_setup import RoomSetupScreen

            title = None if players is None else msg("One keyboard")
            give = partial(host_room, self, players)
            self.push_screen(RoomSetupScreen(give, title, topics))

        self.with_bank(show)

    def share_keyboard(self) -> None:
        """Ask who plays around this keyboard, then what is asked."""
        from tutor.ui.screens.players import PlayersScreen

        def give(names: tuple[str, ...]) -> None:
            self.pop_screen()
            self.prepare_room(players=names)

        self.push_screen(PlayersScreen(give))

    def read_notes(self) -> None:
        """List the notes of the sessions that were held on this machine."""
        from tutor.ui.screens.notes import NotesScreen

        self.push_screen(NotesScreen())

    def open_lab(self, lab: Lab) -> None:
        """Open the lab of a card, with the card's numbers."""
        self.open_place("lab", lab.name, lab.controls)

    def open_page(self, page: str) -> None:
        """Open a lecture page by its id."""
        self.open_place("read", None, page)
