"""What a room is to ask, and how it is to be played: the host's choice before it opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.content import Content
from textual.message import Message as Event
from textual.widget import Widget

from tutor.bank.bank import Topic
from tutor.services.room_choice import RoomChoice
from tutor.text.message import msg, msgs
from tutor.text.width import cells, pad
from tutor.text.words import Words
from tutor.ui.answers.rows import Rows
from tutor.ui.keys import Key, bindings
from tutor.ui.rooms.options import OPTIONS, choice_of
from tutor.ui.screens.base import BACK, TutorScreen
from tutor.ui.voice import Voice
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.typeset import MUTED


class Choices(Rows):
    """The topics with their ticks, and under them the options with their values."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter", "start", msg("open the room"), footer=True),
        Key("space", "turn(1)", msg("pick or change"), footer=True),
        Key("right", "turn(1)", msg("next value"), shown="→"),
        Key("left", "turn(-1)", msg("value before"), shown="←"),
        Key("up,k", "step(-1)", msg("up"), shown="↑"),
        Key("down,j", "step(1)", msg("down"), shown="↓"),
        *(
            Key(str(digit), f"tick({digit})", msg("pick a topic"), shown="1–9", footer=digit == 1)
            for digit in range(1, 10)
        ),
        Key("a", "all", msg("all topics or none"), footer=True),
    )
    BINDINGS = bindings(KEYS)

    class Started(Event):
        """The host has chosen."""

        def __init__(self, choice: RoomChoice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self) -> None:
        super().__init__()
        self._topics: tuple[Topic, ...] = ()
        self._ticked: set[str] = set()
        self._at = [option.first for option in OPTIONS]
        self._cursor = 0

    def offer(self, topics: Iterable[Topic], picked: Iterable[str], voice: Voice) -> None:
        """Offer topics, of which some are picked already."""
        self._topics = tuple(topics)
        self._ticked = set(picked) & {topic.id for topic in self._topics}
        self.paint(voice)

    @property
    def choice(self) -> RoomChoice:
        """What is chosen now; no topic means all."""
        chosen = {
            option.name: option.values[at] for option, at in zip(OPTIONS, self._at, strict=True)
        }
        topics = tuple(topic.id for topic in self._topics if topic.id in self._ticked)
        return choice_of(topics, chosen)

    def draw(self, voice: Voice, width: int) -> list[Content]:
        """Return the topics and the options."""
        head = msg("Topics; none picked means all of them")
        lines = [voice.say(head, "bold")]
        for index, topic in enumerate(self._topics):
            box = "[x]" if topic.id in self._ticked else "[ ]"
            count = msgs("{n} card", "{n} cards", n=len(topic.questions))
            lines += self.row(
                voice,
                width,
                at=len(lines),
                mark=f"{box} {index + 1:>2}  ",
                words=msg("{topic}  ({count})", topic=topic.title, count=count),
                chosen=index == self._cursor,
            )
        lines += [Content(), voice.say(msg("The room"), "bold")]
        labels = [voice.text(option.label) for option in OPTIONS]
        column = max(map(cells, labels)) + 3
        for index, (option, label, at) in enumerate(zip(OPTIONS, labels, self._at, strict=True)):
            chosen = len(self._topics) + index == self._cursor
            value = option.words[at]
            lines += self.row(
                voice,
                width,
                at=len(lines),
                mark=pad(label, column),
                words=msg("← {value} →", value=value) if chosen else value,
                chosen=chosen,
                style=MUTED if at == option.first else "",
            )
        return lines

    def clicked(self, index: int) -> None:
        """Pick or change what was clicked."""
        self._cursor = index
        self.action_turn(1)

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        rows = len(self._topics) + len(OPTIONS)
        self._cursor = max(0, min(rows - 1, self._cursor + step))
        self.changed()

    def action_turn(self, step: int) -> None:
        """Tick the topic at the cursor, or take the next value of an option."""
        if self._cursor < len(self._topics):
            self._ticked ^= {self._topics[self._cursor].id}
        else:
            index = self._cursor - len(self._topics)
            self._at[index] = (self._at[index] + step) % len(OPTIONS[index].values)
        self.changed()

    def action_tick(self, number: int) -> None:
        """Tick a topic by its number."""
        if number <= len(self._topics):
            self._cursor = number - 1
            self.action_turn(1)

    def action_all(self) -> None:
        """Tick all topics; if all are ticked, none."""
        everything = {topic.id for topic in self._topics}
        self._ticked = set() if self._ticked == everything else everything
        self.changed()

    def action_start(self) -> None:
        """Give the choice."""
        self.post_message(self.Started(self.choice))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer as many digits as there are topics."""
        if action == "tick":
            return int(str(parameters[0])) <= len(self._topics)
        return super().check_action(action, parameters)


class RoomSetupScreen(TutorScreen):
    """Asks the host what the room is to be.

    Args:
        give: takes the choice; a `TutorError` from it is told, and the choice can be changed.
        title: what is being prepared, if that is not a room to host.
        topics: that are picked at first, by their ids.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("escape,q", BACK.action, msg("back"), footer=True, shown="esc"),
    )

    def __init__(
        self,
        give: Callable[[RoomChoice], None],
        title: Words | None = None,
        topics: Iterable[str] = (),
    ) -> None:
        super().__init__()
        self._give = give
        self._heading = title or msg("Host a room")
        self._picked = tuple(topics)
        self._choices = Choices()

    def body(self) -> Iterable[Widget]:
        """Give the choices."""
        yield Page(self._choices)

    def heading(self) -> tuple[Words, Words]:
        """Return what this is."""
        return msg("**{title}**", title=self._heading), ""

    def begin(self) -> None:
        """Offer the topics of the question files."""
        topics = [topic for topic in self.app.services.load_bank().topics if topic.questions]
        self._choices.offer(topics, self._picked, self.voice)
        self.set_focus(self._choices)

    def paint(self) -> None:
        """Speak the present language."""
        self._choices.paint(self.voice)

    def on_choices_started(self, event: Choices.Started) -> None:
        """Hand the choice over."""
        if self.app.screen is not self:  # Enter was pressed twice: one room is enough
            return
        with self.app.telling():
            self._give(event.choice)
