"""The host's screen: what the room does now, and the keys that move it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from tutor.kinds import blind
from tutor.live.link import Link
from tutor.live.steering import EXTENSION, label_of, offers
from tutor.live.wire import (
    Act,
    Asked,
    AskReport,
    DoConclude,
    DoExtend,
    DoKick,
    DoRename,
    DoSetOpen,
    DoTick,
    FromHost,
    Lobby,
    Panel,
    Report,
    Revealed,
)
from tutor.session.room.saying import shown_name
from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.rooms.chair import Chair
from tutor.ui.rooms.host_head import host_head
from tutor.ui.rooms.note import Note
from tutor.ui.rooms.own_card import solution_of
from tutor.ui.rooms.players import Players
from tutor.ui.rooms.seated import SeatedScreen
from tutor.ui.rooms.stage import Stage, question_head, stage_lines
from tutor.ui.rooms.timer import timer_content
from tutor.ui.rooms.way_in import WayIn, picture_lines
from tutor.ui.screens.base import BACK
from tutor.ui.widgets.cardview import CardView
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.menu import Item, Menu, RowMenu
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.typeset import MUTED
from tutor.ui.widgets.worked import WorkedView


class HostScreen(SeatedScreen):
    """Presides over a room.

    Args:
        link: the host's seat.
        way: how players come in.
        on_report: writes the notes down and returns the files, at the end and when asked for.
        chairs: those who answer at this keyboard; none where everybody has a machine.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("d", "act('pairs')", msg("discuss"), footer=True),
        Key("e", "act('explain')", msg("explain again")),
        Key("r", "act('reveal')", msg("reveal"), footer=True),
        Key("n", "skip_board", msg("next question"), footer=True),
        Key("plus,equals_sign", "extend", msg("15 s more"), footer=True, shown="+"),
        Key("p", "act('pause')", msg("pause"), footer=True),
        Key("c", "conclude", msg("conclusion"), footer=True),
        Key("tab", "players", msg("players"), footer=True),
        Key("g", "act('again')", msg("ask again with other numbers")),
        Key("f8", "act('skip')", msg("skip")),
        Key("o", "open", msg("open or close the lobby")),
        Key("m", "notes", msg("write the notes")),
        *(
            Key(str(digit), f"tick({digit})", msg("the point came up"), shown="1–9")
            for digit in range(1, 10)
        ),
        Key("ctrl+e", "end", msg("end the session")),
        Key("up", "scroll('up')", msg("scroll up"), shown="↑"),
        Key("down", "scroll('down')", msg("scroll down"), shown="↓"),
        Key("pagedown", "scroll('page_down')", msg("page down")),
        Key("pageup", "scroll('page_up')", msg("page up")),
        Key("escape,q", BACK.action, msg("leave"), footer=True, shown="esc"),
    )

    def __init__(
        self,
        link: Link,
        way: WayIn,
        on_report: Callable[[Report], tuple[str, ...]],
        chairs: Sequence[Chair] = (),
    ) -> None:
        super().__init__(link)
        self._way = way
        self._on_report = on_report
        self._chairs = tuple(chairs)
        self._notes: tuple[str, ...] = ()
        self._report: Report | None = None  # that was written down last
        self._has_asked_for_notes = False
        self._sure_of = ""  # what was asked to be confirmed
        self._renamed: str | None = None
        self._moves: int | None = None
        self._head = Line(id="head")
        self._card = CardView(id="card")
        self._stage = Lines(id="stage")
        self._note = Note(id="typed")
        self._players = Players(id="players")
        self._picture = Lines(id="picture")
        self._worked = WorkedView(id="worked")
        self._actions = RowMenu(id="actions")
        self._refusal = Prose(id="refusal", style="$text-warning")
        self._page = Page()

    def body(self) -> Iterable[Widget]:
        """Give the scene, beside it who is there, and below it what can be done."""
        with self._page, Container(id="columns"):
            with Vertical(id="text"):
                yield self._head
                yield self._card
                yield self._stage
                yield self._note
            with Vertical(id="aside"):
                yield self._picture
                yield self._worked
                yield self._players
        yield self._refusal
        yield self._actions

    def begin(self) -> None:
        """Preside."""
        self._players.display = False
        super().begin()

    @property
    def panel(self) -> Panel | None:
        """The room as the server told it last."""
        return self.seat.panel

    def heading(self) -> tuple[Words, Content]:
        """Return the room's code; how many are in, whether it is open, and the time left."""
        time, panel = timer_content(self.seat.timer, self.clock, self.voice), self.panel
        return host_head(panel, self._way, time, self.voice)

    def paint(self) -> None:
        """Show the room."""
        seat = self.seat
        scene = seat.scene
        asking = isinstance(scene, Asked)
        self._head.display = self._card.display = asking
        self.set_class(asking, "-asking")
        self.set_class(isinstance(scene, Lobby) and bool(self._way.picture), "-lobby")
        if isinstance(scene, Asked):
            self._head.update(question_head(scene, self.voice))
            self._card.read_out(blind(scene.face), self.voice)
        stage = Stage(seat, self._way, self._notes, is_shared=bool(self._chairs))
        self._stage.set_lines(partial(stage_lines, stage, self.voice))
        self._paint_aside()
        self._paint_actions()
        refused = seat.refused
        self._refusal.show(self.voice, None if refused is None else refused.message)

    def _paint_aside(self) -> None:
        scene = self.seat.scene
        picture = self._way.picture if isinstance(scene, Lobby) else ()
        self._picture.set_lines(partial(picture_lines, picture, self.voice) if picture else None)
        solution = None
        if isinstance(scene, Revealed):
            solution = solution_of(self.app.services.load_bank(), scene)
        if solution is None:
            self._worked.hide()
        else:
            self._worked.show(solution, self.voice)
        self._players.show_players(() if self.panel is None else self.panel.players, self.voice)

    def _paint_actions(self) -> None:
        panel = self.panel
        items = [
            Item(f"chair {at}", self.say(msg("{name} answers", name=shown_name(chair.name))))
            for at, chair in enumerate(self._chairs)
            if chair.is_due()
        ]
        if panel is not None:
            items += [
                Item(name, self.say(label_of(frame, panel)))
                for name, frame in offers(panel).items()
            ]
            if panel.phase == "ended":
                items.append(Item("leave", self.say(msg("leave the room"))))
            if panel.moves != self._moves:  # what is suggested now has the cursor
                self._moves = panel.moves
                self._actions.cursor = 0
        self._actions.show(items)
        if items and self.focused is None:
            self.set_focus(self._actions)

    def seat_changed(self) -> None:
        """Write the notes down when they come, and ask for them at the end."""
        seat = self.seat
        if seat.report is not None and seat.report is not self._report:
            self._report = seat.report
            with self.app.telling():  # what cannot be written is no reason to leave the room
                self._notes = self._on_report(seat.report)
        if seat.ended and not self._has_asked_for_notes:
            self._has_asked_for_notes = True
            self.send(AskReport())

    @on(Menu.Chosen, "#actions")
    def do_chosen(self, event: Menu.Chosen) -> None:
        """Do what is at the cursor."""
        kind, _, at = event.name.partition(" ")
        if event.name == "leave":
            self.action_leave()
        elif kind == "chair":
            self.app.push_screen(self._chairs[int(at)].screen())
        else:
            self._do(event.name)

    def _do(self, name: str) -> None:
        panel = self.panel
        if panel is None:
            return
        frame = offers(panel).get(name)
        if frame is None or not self._may_begin(panel):
            return
        self._sure_of = ""
        self.send(frame)

    def _may_begin(self, panel: Panel) -> bool:
        """Return whether somebody is there to be asked, or the host begins all the same."""
        if panel.phase != "lobby" or panel.count:
            return True
        return self._confirmed("begin", msg("Nobody is here yet; once more starts all the same."))

    def action_act(self, name: str) -> None:
        """Do something by its key."""
        panel = self.panel
        if name == "pause" and panel is not None and panel.is_paused:
            name = "resume"
        self._do(name)

    def action_skip_board(self) -> None:
        """Ask the next question at once: between two questions a small team needs no board."""
        if self.panel is not None:
            moves = self.panel.moves
            self.send(Act(do="next", moves=moves))
            self.send(Act(do="next", moves=moves + 1))

    def action_extend(self) -> None:
        """Give more time."""
        if self.panel is not None:
            self.send(DoExtend(seconds=EXTENSION, moves=self.panel.moves))

    def action_open(self) -> None:
        """Let new players in, or not."""
        if self.panel is not None:
            self.send(DoSetOpen(is_open=not self.panel.is_open))

    def action_tick(self, number: int) -> None:
        """Mark that a point came up, or take the mark back."""
        scene = self.seat.scene
        if isinstance(scene, Revealed) and number <= len(scene.points):
            self.send(DoTick(point=number - 1, is_on=number - 1 not in scene.ticks))

    def action_players(self) -> None:
        """Go to the players, or back from them."""
        if self.focused is self._players:
            self.set_focus(self._actions)
            return
        self._players.display = True
        self.set_focus(self._players)
        self.call_after_refresh(self._show_players)

    def _show_players(self) -> None:
        self._page.reveal(self._page.place_of(self._players))

    def action_notes(self) -> None:
        """Write the notes of the session so far."""
        self.send(AskReport())

    def action_end(self) -> None:
        """End the session, once it is confirmed."""
        if self.panel is not None and self._confirmed(
            "end", msg("Ctrl+E again ends the session for everybody.")
        ):
            self.send(Act(do="end", moves=self.panel.moves))

    def _confirmed(self, what: str, words: Words) -> bool:
        """Return whether this was asked for twice in a row; the first time, say what it does."""
        if self._sure_of == what:
            self._sure_of = ""
            return True
        self._sure_of = what
        self.app.tell(words)
        return False

    @on(Players.Kicked)
    def kick(self, event: Players.Kicked) -> None:
        """Send a player away, once it is confirmed."""
        name = self._name_of(event.player)
        words = msg("x again sends {name} away for good.", name=shown_name(name))
        if self._confirmed(f"kick {event.player}", words):
            self.send(DoKick(player=event.player))

    @on(Players.Renamed)
    def rename(self, event: Players.Renamed) -> None:
        """Ask for a player's new name."""
        name = self._name_of(event.player)
        self._renamed = event.player
        self._type(msg("New name for {name}", name=shown_name(name)), name)

    def _name_of(self, player: str) -> str:
        players = () if self.panel is None else self.panel.players
        return next((each.name for each in players if each.id == player), player)

    def action_conclude(self) -> None:
        """Write down what the team concludes."""
        scene = self.seat.scene
        if isinstance(scene, Revealed):
            self._renamed = None
            self._type(msg("What does the team conclude?"), scene.conclusion)

    def _type(self, label: Words, text: str) -> None:
        self._note.ask(self.say(label, MUTED), text)

    @on(Input.Submitted, "#field")
    def take_typed(self, event: Input.Submitted) -> None:
        """Take a name or a conclusion."""
        frame: FromHost
        if self._renamed is not None:
            frame = DoRename(player=self._renamed, name=event.value[:400])
        else:
            frame = DoConclude(text=event.value[:2000])
        self._note.display = False
        self.set_focus(self._actions)
        self.send(frame)

    def action_leave(self) -> None:
        """Leave a field; else the room, once it is confirmed."""
        if self._note.display:
            self._note.display = False
            self.set_focus(self._actions)
            return
        if self.focused is self._players:
            self.set_focus(self._actions)
            return
        words = msg("Esc again leaves; the room waits for you: `tutor host --resume` goes on.")
        if self.seat.ended or self.seat.link == "over" or self._confirmed("leave", words):
            self.dismiss()

    def action_scroll(self, how: str) -> None:
        """Scroll the scene."""
        getattr(self._page, f"scroll_{how}")(animate=False)

    def _can(self, action: str) -> bool:
        panel = self.panel
        if panel is None:
            return False
        if action == "players":
            return bool(panel.players)
        if action in {"extend", "open"}:  # around one keyboard no time runs, and nobody comes in
            return (
                bool(self._way.command)
                and {"extend": "extend", "open": "set-open"}[action] in panel.can
            )
        return panel.phase == "revealed" and "next" in panel.can and panel.round < panel.of

    def label_of(self, key: Key) -> Words:
        """Return what a key does just now: Esc goes back before it leaves."""
        if key.action == BACK.action and (
            self.focused is self._note.field or self.focused is self._players
        ):
            return msg("back")
        return key.label

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what fits the state."""
        is_typing = self.focused is self._note.field and action not in {"leave", "scroll"}
        if is_typing or action in {"skip_board", "players", "extend", "open"}:
            return not is_typing and self._can(action)
        panel, scene = self.panel, self.seat.scene
        can = set() if panel is None else set(panel.can)
        match action, parameters:
            case "act", ("pause",):
                return bool(can & {"pause", "resume"})
            case "act", (name,):
                return panel is not None and str(name) in offers(panel)
            case "tick", (number,):
                return isinstance(scene, Revealed) and int(str(number)) <= len(scene.points)
            case ((("conclude" | "end") as name), _):
                return name in can
            case _:
                return super().check_action(action, parameters)
