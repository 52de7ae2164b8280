"""What the app opens over Home at its start."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tutor.bank.card_name import CardName
    from tutor.live.hosting import Held, Hosting
    from tutor.live.link import Link
    from tutor.services.peer_log import PeerAnswer
    from tutor.text.words import Words
    from tutor.ui.app import TutorApp

    Record = Callable[[PeerAnswer], Words | None]


class First(NamedTuple):
    """A screen to open over Home.

    Attributes:
        open: opens it, once the app runs.
    """

    open: Callable[[TutorApp], None]

    @classmethod
    def study(
        cls,
        topics: Collection[str] = (),
        *,
        questions: Collection[str] = (),
        ahead: bool = False,
        page: str | None = None,
        limit: int | None = None,
        seed: int | None = None,
    ) -> First:
        """Study; see `Services.start_study`."""
        return cls(
            lambda app: app.study(topics, questions, ahead=ahead, page=page, limit=limit, seed=seed)
        )

    @classmethod
    def card(cls, card: CardName) -> First:
        """Study one card; see `Services.start_card`."""
        return cls(lambda app: app.study_card(card))

    @classmethod
    def preview(cls, card: CardName) -> First:
        """Show one card to its author; nothing is logged."""
        return cls(lambda app: app.preview(card))

    @classmethod
    def watch(cls, paths: Sequence[Path], seeds: int) -> First:
        """Check question files whenever they are saved."""
        return cls(lambda app: app.watch_files(paths, seeds))

    @classmethod
    def page(cls, page: str) -> First:
        """Read a lecture page."""
        return cls(lambda app: app.open_page(page))

    @classmethod
    def topic(cls, topic: str) -> First:
        """Read a topic from its first page."""
        return cls(lambda app: app.open_place("read", topic))

    @classmethod
    def lab(cls, name: str, controls: Mapping[str, object]) -> First:
        """Open a lab at these controls."""
        return cls(lambda app: app.open_place("lab", name, controls))

    @classmethod
    def place(cls, name: str) -> First:
        """Open one of the places of Home, such as `stats`."""
        return cls(lambda app: app.open_place(name))

    @classmethod
    def join(cls, link: Link, record: Record) -> First:
        """Sit in a room.

        Args:
            link: the way in.
            record: takes what goes into the learner's own log; returns what is to be told.
        """

        def show(app: TutorApp) -> None:
            from tutor.ui.screens.play import PlayScreen

            app.push_screen(PlayScreen(link, record))

        return cls(show)

    @classmethod
    def host(cls, hosting: Hosting, held: Held, record: Record | None) -> First:
        """Lead a room that is open; who opened it closes it.

        Args:
            hosting: opened it.
            held: the room.
            record: takes what goes into the log of the host who plays too; None where nobody
                does, or several share the keyboard.
        """

        def show(app: TutorApp) -> None:
            from tutor.ui.hosting import host_screen

            app.push_screen(host_screen(app, hosting, held, record))

        return cls(show)
