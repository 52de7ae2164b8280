"""What every screen is built on: header, keys, language, help, a way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import actions, events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import Field
from tutor.ui.widgets.header import Header
from tutor.ui.widgets.keybar import KeyBar, ShownKey
from tutor.ui.widgets.toosmall import is_too_small

if TYPE_CHECKING:
    from tutor.ui.app import TutorApp

FOOTER_KEYS = 5
BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # columns, and the class they give a screen
HELP = Key("f1,question_mark", "help", msg("keys"), shown="F1")
LANGUAGE = Key("f2", "app.switch_language", Localized(en="한국어", ko="English"), footer=True)
EVERYWHERE = (
    HELP,
    LANGUAGE,
    Key("ctrl+p", "command_palette", msg("all commands")),
    Key("ctrl+q", "quit", msg("quit")),
)
BACK = Key("escape,q", "leave", msg("back"), footer=True, shown="esc")


class TutorScreen(Screen[None]):
    """A screen with a header and a key bar, in the language of the app.

    A subclass yields its widgets in `body`, fills them with words in `paint`, and lists its
    keys in `KEYS`, from which the bindings, the footer and the help are made. `paint` is called
    once the screen is mounted, again whenever the language changes, and when a screen over
    this one has gone; it must leave what the learner has typed alone. `begin` sets the first
    focus. A widget may list `KEYS` of its own.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (BACK,)
    app: TutorApp

    def __init_subclass__(cls, **kwargs: bool) -> None:
        """Bind the keys of a new kind of screen."""
        if "KEYS" in cls.__dict__:
            cls.BINDINGS = bindings(cls.KEYS)
        super().__init_subclass__(**kwargs)

    def __init__(self) -> None:
        super().__init__()
        self._is_laid_out = False
        self._was_covered = False

    def compose(self) -> ComposeResult:
        """Lay out the frame; `body` is what a screen is about."""
        yield Header()
        yield from self.body()
        yield KeyBar()

    def body(self) -> Iterable[Widget]:
        """Give the widgets between header and key bar."""
        return ()

    def paint(self) -> None:
        """Fill every widget with the words of the present state, in the present language."""

    def heading(self) -> tuple[Words, Words | Content]:
        """Return what the header says, on the left and on the right."""
        return msg("tutor"), ""

    @property
    def voice(self) -> Voice:
        """The present language."""
        return self.app.voice

    def say(self, words: Words, style: str = "") -> Content:
        """Return words as one line, never as markup."""
        return self.voice.say(words, style)

    def on_mount(self) -> None:
        """Show the first state."""
        if self._is_laid_out:  # Textual also calls this after a subclass that has called it
            return
        self._is_laid_out = True
        self.repaint()
        self.begin()
        self.watch(self, "focused", self.paint_keys, init=False)
        self.paint_keys()

    def begin(self) -> None:
        """Put the focus where the learner begins; the screen has just been painted."""

    def renew(self) -> None:
        """Take up question files that were read again; a repaint follows."""

    def repaint(self) -> None:
        """Show the present state in the present language, frame included."""
        if not self._is_laid_out:
            return
        self.paint()
        self.paint_frame()
        # The widgets ask for a layout by a message, which is too late for the next frame: without
        # this one it shows the new keys over the old card, and the card one or two frames later.
        self.refresh(layout=True)

    def on_screen_suspend(self) -> None:
        """Another screen comes over this one."""
        self._was_covered = True

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile; the first time there is nothing."""
        if self._was_covered:
            self._was_covered = False
            self.repaint()
            self.fit(self.app.size)

    def paint_frame(self) -> None:
        """Show the header and the keys."""
        left, right = self.heading()
        self.query_one(Header).show(
            self.say(left), right if isinstance(right, Content) else self.say(right)
        )
        self.paint_keys()

    def keys_here(self) -> Iterator[Key]:
        """Give the keys that work now, those of the focused widget first."""
        taken: set[str] = set()
        focused = self.focused
        nodes = [self] if focused is None else focused.ancestors_with_self
        for node in nodes:
            if not isinstance(node, Widget):
                return  # the app's own keys are the same on every screen
            keys: tuple[Key, ...] = getattr(node, "KEYS", ())
            for key in keys:
                names = {key.action, *key.keys.split(",")}
                if not names & taken and _enabled(node, key):
                    taken |= names
                    yield key

    def label_of(self, key: Key) -> Words:
        """Return what a key does just now."""
        return key.label

    def paint_keys(self) -> None:
        """Show the keys that matter here."""
        keys = [key for key in self.keys_here() if key.footer]
        back = [key for key in keys if key.keys.startswith("escape")]
        others = [key for key in keys if key not in back]
        chosen = (*others[: FOOTER_KEYS - len(back)], *back)
        self.query_one(KeyBar).show(self._shown(chosen), *self._shown((HELP,)))

    def _shown(self, keys: Sequence[Key]) -> list[ShownKey]:
        return [
            ShownKey(key.keys.split(",")[0], key.display, self.voice.text(self.label_of(key)))
            for key in keys
        ]

    def action_leave(self) -> None:
        """Go back to the screen under this one."""
        self.dismiss()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Go, unless another screen is over this one, or it has gone already.

        Textual would let whatever is on top go: the screen below when a key was pressed twice
        before the first had done its work.
        """
        if self.app.screen is not self:
            return AwaitComplete()
        return super().dismiss(result)

    def set_focus(
        self,
        widget: Widget | None,
        scroll_visible: bool = True,  # noqa: FBT001, FBT002 - Textual's signature
        from_app_focus: bool = False,  # noqa: FBT001, FBT002 - as above
    ) -> None:
        """Focus a widget; keys that waited in the field before it come first."""
        before = self.focused
        super().set_focus(widget, scroll_visible, from_app_focus)
        if isinstance(before, Field) and widget is not None and widget is self.focused:
            before.release()

    def on_field_settled(self, event: Field.Settled) -> None:
        """Let a field go on."""
        event.field.settle(event)

    def on_resize(self, event: events.Resize) -> None:
        """Take up another size."""
        self.fit(event.size)

    def fit(self, size: Size) -> None:
        """Say so where there is too little room; no key may act on what cannot be seen."""
        if self.is_current and is_too_small(size):
            from tutor.ui.screens.toosmall import TooSmallScreen

            self.app.push_screen(TooSmallScreen())


def _enabled(node: Widget, key: Key) -> bool:
    _, name, parameters = actions.parse(key.action)
    return bool(node.check_action(name, parameters))
