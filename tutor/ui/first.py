"""What the app opens over Home at its start."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tutor.bank.card_name import CardName
    from tutor.ui.app import TutorApp


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
