"""The ways into a room: the menu, joining, and preparing one."""

from __future__ import annotations

from pathlib import Path

from tests.ui.fake_link import FakeLink, lobby, same, welcome
from tests.ui.learner import Learner, learner_at
from tutor.errors import TutorError
from tutor.live.keyring import Keyring
from tutor.live.link import Link
from tutor.live.seat import lost
from tutor.live.where import Where
from tutor.live.wire import Refused
from tutor.services import Services
from tutor.services.remembered import remember_name, remembered_name
from tutor.services.room_choice import RoomChoice
from tutor.text.message import msg
from tutor.ui.screens.home import HomeScreen
from tutor.ui.screens.host import HostScreen
from tutor.ui.screens.join import JoinScreen
from tutor.ui.screens.notes import NotesScreen
from tutor.ui.screens.peers import PeersScreen
from tutor.ui.screens.play import PlayScreen
from tutor.ui.screens.room_setup import Choices, RoomSetupScreen


class Door:
    """Makes links, and remembers whom it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, str | None, str]] = []
        self.link = FakeLink()

    def __call__(self, where: Where, name: str, keys: Keyring) -> Link:  # noqa: ARG002 - a Connect
        self.asked.append((where.host, where.port, where.code, name))
        self.link = FakeLink()
        return self.link


async def pause(learner: Learner) -> None:
    """Wait, but not for the workers: a link runs as long as its room."""
    await learner.pilot.pause()


async def test_the_menu_leads_to_everything(services: Services) -> None:
    services.paths.sessions.mkdir(parents=True)
    (services.paths.sessions / "day-14.md").write_text("# Day [b]14[/b]\n\n* \x1b[31mred", "utf-8")
    async with learner_at(services) as learner:
        await learner.press("p")
        assert isinstance(learner.app.screen, PeersScreen)
        assert "▸ Join a room" in learner.text
        await learner.press("n")
        assert isinstance(learner.app.screen, NotesScreen)
        assert "▸ day-14.md" in learner.text
        await learner.press("enter")
        assert "# Day [b]14[/b]" in learner.text
        assert "* \N{REPLACEMENT CHARACTER}[31mred" in learner.text
        await learner.press("escape", "escape", "ㅗ")
        assert isinstance(learner.app.screen, RoomSetupScreen)
        await learner.press("escape", "down", "up", "enter")
        assert isinstance(learner.app.screen, JoinScreen)
        await learner.press("escape", "escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_what_is_wrong_is_said_beside_its_field(services: Services) -> None:
    door = Door()
    async with learner_at(services) as learner:
        screen = JoinScreen(connect=door)
        learner.app.push_screen(screen)
        await pause(learner)
        await learner.press("enter")
        assert "There is no room code and no address." in learner.text
        await learner.pilot.press(*"10.0.0.7:9", "enter")
        assert (
            "does not say which room. Write the room's code after it: 10.0.0.7:9/CODE."
            in learner.text
        )
        await learner.pilot.press(*"/KQ7M-2XPD", "enter", "enter")
        assert "A name is needed" in learner.text
        assert door.asked == []
        await learner.pilot.press(*"Jun", "enter")
        assert door.asked == [("10.0.0.7", 9, "KQ7M2XPD", "Jun")]
        assert "Connecting…" in learner.text
        door.link.seat = lost(door.link.seat, msg("Nobody answers at {place}.", place="10.0.0.7:9"))
        door.link.on_change(door.link.seat)
        await pause(learner)
        assert "Nobody answers at 10.0.0.7:9. Trying again; Esc gives up." in learner.text
        await learner.pilot.press("escape")
        assert door.link.is_closed
        assert learner.app.screen is screen
        assert "Trying again" not in learner.text

        await learner.pilot.press("enter")
        door.link.receive(Refused(why="name", message=same("The name is taken."), is_final=True))
        await pause(learner)
        assert "The name is taken. Join again under another name." in learner.text
        await learner.pilot.press("2", "enter")
        assert door.asked[-1][-1] == "Jun2"
        door.link.receive(welcome(name="Jun2"), lobby("Jun2"))
        await pause(learner)
        assert isinstance(learner.app.screen, PlayScreen)
        assert "You are in as Jun2." in learner.text
        assert remembered_name(services.paths.data) == "Jun2"
        await learner.pilot.press("escape", "escape")
        assert isinstance(learner.app.screen, HomeScreen)
        assert door.link.is_closed


async def test_the_host_chooses_and_an_error_keeps_the_choice(services: Services) -> None:
    given: list[RoomChoice] = []

    def give(choice: RoomChoice) -> None:
        given.append(choice)
        if len(given) == 1:
            raise TutorError(msg("No question fits."))

    async with learner_at(services) as learner:
        services.load_bank()
        learner.app.push_screen(RoomSetupScreen(give))
        await learner.press("2", "enter")
        assert given[0].topics == ("hostile",)
        assert (given[0].count, given[0].seconds) == (10, 60)
        assert "No question fits." in learner.text
        await learner.press("a", "down", "right", "down", "right", "down", "left", "enter")
        assert set(given[1].topics) == {"lstm", "hostile"}
        assert (given[1].misses, given[1].count, given[1].seconds) == (True, 15, 45)
        assert "[x] 1" in learner.text


async def test_one_keyboard_is_passed_round(services: Services) -> None:
    async with learner_at(services) as learner:
        await learner.press("p", "o", *"Jun", "enter")
        assert "Name at least two players." in learner.text
        await learner.press(*",jun", "enter")
        assert "“Jun” is named twice." in learner.text
        await learner.pilot.press("backspace", "a", "enter", "2", "enter")  # a room goes on
        await pause(learner)
        assert isinstance(learner.app.screen, HostScreen)
        await learner.pilot.press("enter")
        await pause(learner)
        await learner.pilot.press("enter")
        await pause(learner)
        assert isinstance(learner.app.screen, PlayScreen)
        assert learner.lines[0].endswith("Jun")
        assert "Type ＿＿＿ [b]." in learner.text or "what is arr[i][j]?" in learner.text


def test_a_name_that_cannot_be_kept_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert remembered_name(tmp_path / "none") == ""
    remember_name(file / "below", "Jun")
    assert remembered_name(file / "below") == ""
    remember_name(tmp_path / "new", "민아")
    assert remembered_name(tmp_path / "new") == "민아"
    (tmp_path / "new" / "name.txt").write_bytes(b"\xff\x1b[2J" + b"x" * 500)
    assert "\x1b" not in remembered_name(tmp_path / "new")
    assert len(remembered_name(tmp_path / "new")) <= 80


async def test_enter_pressed_twice_acts_once(services: Services) -> None:
    """Two keys may come before the first has done its work."""
    rooms: list[RoomChoice] = []

    async with learner_at(services) as learner:
        app = learner.app

        def give(choice: RoomChoice) -> None:
            rooms.append(choice)
            app.pop_screen()

        setup = RoomSetupScreen(give)
        app.push_screen(PeersScreen())
        app.push_screen(setup)
        await learner.settle()
        for _ in range(2):
            setup.post_message(Choices.Started(RoomChoice()))
        await learner.settle()
        assert len(rooms) == 1
        peers = app.screen
        assert isinstance(peers, PeersScreen)
        peers.action_leave()
        peers.action_leave()
        await learner.settle()
        assert isinstance(app.screen, HomeScreen)
