"""The way into a room: its code or address, and one's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.message import Message as Event
from textual.widget import Widget
from textual.widgets import Input

from tutor.errors import TutorError
from tutor.live.kept import KeptLink
from tutor.live.keyring import Keyring
from tutor.live.link import Link
from tutor.live.seat import Seat
from tutor.live.where import Where, parse_where
from tutor.live.wire import Enter, Welcome, Why
from tutor.services.peer_log import PeerLog
from tutor.services.remembered import LONGEST_NAME, remember_name, remembered_name
from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.rooms.entry import Entry
from tutor.ui.rooms.refusals import what_to_do
from tutor.ui.screens.base import BACK, TutorScreen
from tutor.ui.screens.play import PlayScreen
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.prose import Prose

Connect = Callable[[Where, str, Keyring], Link]

_OF_NAME: frozenset[Why] = frozenset({"name"})


def connect(where: Where, name: str, keys: Keyring) -> Link:
    """Return a link into a room over the network.

    Who was in the room before, under this name, comes back to the same seat.

    Raises:
        TutorError: the system has no certificates to check the server's with.
    """
    from tutor.live.client import RoomClient  # the network's modules, when they are needed
    from tutor.live.dialling import trust

    code = where.code
    if code is None:
        raise TypeError("no room is named")
    key = keys.player(where, code)
    token = key.token if key is not None and key.name == name else None

    def keep(welcome: Welcome) -> None:
        keys.keep_player(where, code, welcome.token, welcome.name)

    def watch(seat: Seat) -> None:
        refused = seat.refused
        if refused is not None and refused.why in {"wrong-token", "kicked"} and token is not None:
            keys.forget(token)

    client = RoomClient(where, Enter(code=code, name=name, token=token), trusted=trust(where))
    return KeptLink(client, keep, watch=watch)


class JoinScreen(TutorScreen):
    """Two fields; Enter goes from one to the other, and then into the room.

    Nobody leaves this screen before the room has let them in: what is wrong is said beside the
    field that it is about.

    Args:
        text: a code or an address that is known already.
        connect: makes a link into a room, for a name.
    """

    AUTO_FOCUS = ""
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("up", "step(-1)", msg("field before"), shown="↑"),
        Key("down,tab", "step(1)", msg("next field"), shown="↓"),
        Key("escape", BACK.action, msg("back"), footer=True, shown="esc"),
    )

    class Heard(Event):
        """The room has answered, or cannot be reached."""

    def __init__(self, text: str = "", connect: Connect = connect) -> None:
        super().__init__()
        self._text = text
        self._connect = connect
        self._link: Link | None = None
        self._where = Entry(
            msg("**Room code or address**"),
            msg("As the host's screen shows it: `KQ7M-2XPD`, or `HOST:PORT/CODE`."),
            id="where",
        )
        self._who = Entry(msg("**Your name**"), msg("The others in the room see it."), id="name")
        self._who.field.max_length = LONGEST_NAME
        self._state = Prose(id="state")

    def body(self) -> Iterable[Widget]:
        """Give the two fields, and what is going on."""
        yield Page(self._where, self._who, self._state)

    def heading(self) -> tuple[Words, Words]:
        """Return what this is."""
        return msg("**Join a room**"), ""

    def begin(self) -> None:
        """Begin at the first field that is empty."""
        self._where.field.value = self._text
        self._who.field.value = remembered_name(self.app.services.paths.data)
        first = self._who if self._text else self._where
        self.set_focus(first.field)

    def paint(self) -> None:
        """Speak the present language."""
        self._where.paint(self.voice)
        self._who.paint(self.voice)
        self._state.show(self.voice, self._state_words())

    def _state_words(self) -> Words | None:
        if self._link is None:
            return None
        trouble = self._link.seat.trouble
        if trouble is not None:
            return msg("{trouble} Trying again; Esc gives up.", trouble=trouble)
        return msg("Connecting…")

    @on(Input.Changed)
    def forget_complaint(self, event: Input.Changed) -> None:
        """Say nothing more of what is being changed."""
        event.stop()
        entry = self._where if event.input is self._where.field else self._who
        entry.complain(self.voice)

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Go to the name, or into the room."""
        event.stop()
        if self._link is not None:
            return
        where = self._read_where()
        if where is None:
            self.set_focus(self._where.field)
        elif event.input is self._where.field and not self._who.text:
            self.set_focus(self._who.field)
        elif not self._who.text:
            self._who.complain(self.voice, msg("A name is needed, so that the others know you."))
            self.set_focus(self._who.field)
        else:
            self._enter(where, self._who.text)

    def _read_where(self) -> Where | None:
        try:
            where = parse_where(self._where.text)
        except TutorError as error:
            self._where.complain(self.voice, error.message, error.hint)
            return None
        if where.code is None:
            self._where.complain(
                self.voice,
                msg("The address does not say which room."),
                msg("Write the room's code after it: `{place}/CODE`.", place=where.place),
            )
            return None
        return where

    def _enter(self, where: Where, name: str) -> None:
        try:
            services = self.app.services
            link = self._connect(where, name, Keyring(services.paths.keys, services.now))
        except TutorError as error:
            self._where.complain(self.voice, error.message, error.hint)
            return
        self._link = link
        link.on_change = self._hear
        self.app.run_worker(link.run(), group="link")
        self._paint_state()

    def _hear(self, _seat: Seat) -> None:
        if self.is_attached:
            self.post_message(self.Heard())

    def on_join_screen_heard(self) -> None:
        """Go into the room, or say why not."""
        link = self._link
        if link is None or self.app.screen is not self:
            return
        seat = link.seat
        if seat.welcome is not None:
            remember_name(self.app.services.paths.data, self._who.text)
            self._link = None
            record = PeerLog(self.app.services).record
            self.app.switch_screen(PlayScreen(link, record, running=True, keeps=True))
        elif seat.link == "over":
            self._link = None
            self._refuse(seat)
        self._paint_state()

    def on_screen_resume(self) -> None:
        """Take up what the room said while another screen was over this one."""
        super().on_screen_resume()
        self.on_join_screen_heard()

    def _refuse(self, seat: Seat) -> None:
        refused = seat.refused
        if refused is None:
            self._where.complain(self.voice, seat.trouble or msg("The connection has ended."))
            self.set_focus(self._where.field)
            return
        entry = self._who if refused.why in _OF_NAME else self._where
        entry.complain(self.voice, refused.message, what_to_do(refused))
        self.set_focus(entry.field)

    def _paint_state(self) -> None:
        self._state.show(self.voice, self._state_words())
        self.paint_keys()

    def action_step(self, step: int) -> None:
        """Go to the other field."""
        self.set_focus(self._who.field if step > 0 else self._where.field)

    def action_leave(self) -> None:
        """Stop connecting; else go back."""
        if self._link is not None:
            link, self._link = self._link, None
            link.close()
            self._paint_state()
        else:
            self.dismiss()

    def label_of(self, key: Key) -> Words:
        """Return what a key does just now."""
        if key.action == BACK.action and self._link is not None:
            return msg("give up")
        return key.label

    def on_unmount(self) -> None:
        """Leave nothing running."""
        if self._link is not None:
            self._link.close()
