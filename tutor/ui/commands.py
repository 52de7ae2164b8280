"""The command palette: everything that can be done, by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.theme import ThemeProvider

from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.places import PLACES
from tutor.ui.screens.base import EVERYWHERE, TutorScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.ui.app import TutorApp


class TutorCommands(Provider):
    """Offers what the keys of the screen do, and what can be done everywhere.

    That is studying, each topic, each place, the language, the colours, help and the way out.
    """

    @property
    def tutor(self) -> TutorApp:
        """The app."""
        app: Any = self.app
        tutor: TutorApp = app
        return tutor

    async def discover(self) -> Hits:
        """Give all commands."""
        for name, run in self._commands():
            yield DiscoveryHit(Content(name), run, text=name)

    async def search(self, query: str) -> Hits:
        """Give the commands that match."""
        matcher = self.matcher(query)
        for name, run in self._commands():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, Content(name), run, text=name)

    def _commands(self) -> Iterator[tuple[str, Callable[[], Any]]]:
        voice = self.tutor.voice
        everywhere = {voice.text(words): run for words, run in self._offered()}
        for words, key in self._keys():
            if (name := voice.text(words)) not in everywhere:
                press = partial(self.tutor.simulate_key, key.keys.split(",")[0])
                yield f"{name} ({key.display})", press
        yield from everywhere.items()

    def _keys(self) -> Iterator[tuple[Words, Key]]:
        """Give the keys of the screen under the palette; a range's choices are in its sight."""
        common = {key.action for key in EVERYWHERE}
        screen = self.screen
        if isinstance(screen, TutorScreen):
            for key in screen.keys_here():
                if key.action not in common and not key.is_range:
                    yield screen.label_of(key), key

    def _offered(self) -> Iterator[tuple[Words, Callable[[], Any]]]:
        app = self.tutor
        yield msg("Start studying"), app.study
        bank = app.services.bank
        for place in PLACES.values():
            if place.on_home or (bank is not None and bank.problems):
                yield place.title, partial(app.open_place, place.name)
        for topic in app.counts.topics:
            opened = partial(app.open_topic, topic.topic)
            yield msg("Topic: {topic}", topic=topic.title), opened
            yield msg("Study: {topic}", topic=topic.title), partial(app.study, [topic.topic])
            read = partial(app.open_place, "read", topic.topic)
            yield msg("Read: {topic}", topic=topic.title), read
        yield msg("Language: 한국어 / English"), app.action_switch_language
        yield msg("Change the colours"), self._themes
        yield msg("Keys of this screen"), app.action_help
        yield msg("Quit"), app.exit

    def _themes(self) -> None:
        placeholder = self.tutor.voice.text(msg("Which theme?"))
        self.tutor.push_screen(CommandPalette([ThemeProvider], placeholder=placeholder))
