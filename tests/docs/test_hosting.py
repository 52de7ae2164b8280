"""What the guide for hosts says is what the program does."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import timedelta
from pathlib import Path

import pytest

from tests.docs import guide
from tutor.cli.host_request import request_of
from tutor.cli.plain_commands import COMMANDS
from tutor.live import dialling, refusals
from tutor.live.code import KINDS, PORT, encode, read
from tutor.live.keyring import KEPT_FOR
from tutor.live.limits import Limits, Rate
from tutor.live.names import WIDEST
from tutor.live.where import Where, parse_where
from tutor.services.room_choice import RECENT, RoomChoice
from tutor.session.room.advice import FEW, MANY, suggest
from tutor.session.room.choosing import OPEN_SHARE
from tutor.session.room.markdown import SMALL
from tutor.session.room.scoring import MARKS, nearness, points_for
from tutor.session.room.settings import RoomSettings
from tutor.ui.keys import Key
from tutor.ui.rooms.players import Players
from tutor.ui.screens.host import HostScreen
from tutor.ui.screens.play import PlayScreen
from tutor.ui.screens.room_setup import Choices
from tutor.ui.widgets.menu import RowMenu

COMMAND_LINES = guide.commands()


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_each_command_is_one(line: str) -> None:
    context = guide.parsed(line)
    if context.info_name != "host":
        return
    options = dict(context.params, key_file=None)  # whose file is the reader's
    plain = options.pop("plain")
    assert isinstance(plain, bool)
    asked = request_of(options)
    assert set(asked.choice.topics) <= topics()


def topics() -> set[str]:
    """Return the topics that come with the program, by the heads of their files."""
    content = guide.GUIDE.parents[1] / "content"
    heads = (file.read_text("utf-8") for file in content.glob("*/*.yaml"))
    return {topic for head in heads for topic in re.findall(r"^topic: (.+)$", head, re.MULTILINE)}


def test_the_topics_are_named() -> None:
    text = guide.text()
    named = text[text.index("Name topics, or none") :].split(", and those")[0]
    assert set(re.findall(r"`([a-z]+)`", named)) == topics()


def test_the_commands_show_every_way_to_begin() -> None:
    shown = {shlex.split(line)[1] for line in COMMAND_LINES}
    assert {"host", "join", "serve", "report"} <= shown


@pytest.mark.parametrize("line", [line for line in COMMAND_LINES if line.startswith("tutor join")])
def test_what_is_joined_is_an_address(line: str) -> None:
    assert parse_where(guide.parsed(line).params["where"]).code is not None


def test_the_commands_inside_sentences_are_some_too() -> None:
    said = re.findall(r"`(tutor [^`]+)`", guide.text())
    assert len(said) > 10
    for line in said:
        guide.parsed(line)


def test_every_option_of_the_commands_is_explained() -> None:
    text = guide.text()
    for command in ("host", "join", "serve", "report"):
        context = guide.parsed(f"tutor {command} {'KQ7M-2XPD' if command == 'join' else ''}")
        options = {name for each in context.command.params for name in each.opts if "--" in name}
        assert {name for name in options if f"{name}" not in text} == set(), command


def test_the_defaults_are_said() -> None:
    rows = {row[0]: row[1] for row in guide.table("| option | what it does |")}
    assert f"{RoomChoice().count} if not given" in rows["`--count N`"]
    assert f"{RoomChoice().seconds} if not given" in rows["`--seconds N`"]
    assert f"last {RECENT.days} days" in rows["`--misses`"]
    assert OPEN_SHARE == 5
    assert "one question in five" in rows["`--no-open-questions`"]


def displays(keys: Iterable[Key]) -> set[str]:
    return {key.display for key in keys}


def keys_in(text: str) -> set[str]:
    return set(re.findall(r"<kbd>([^<]+)</kbd>", text))


def test_the_table_of_keys_is_that_of_the_screen() -> None:
    shown = {key for row in guide.table("| key | `--plain` |") for key in keys_in(row[0] + row[2])}
    there = displays(HostScreen.KEYS) | displays(RowMenu.KEYS) | displays(Players.KEYS)
    assert shown == there


def test_the_table_of_commands_is_that_of_the_dialogue() -> None:
    cells = [row[1] for row in guide.table("| key | `--plain` |")]
    shown = {command for cell in cells for command in re.findall(r"`([^`]+)`", cell)}
    assert "an empty line" in cells
    assert shown == {command for command, _ in COMMANDS if command}
    text = guide.text()
    for _, what in COMMANDS:
        assert {word for word in re.findall(r"`([a-z]+)`", str(what)) if word not in text} == set()


@pytest.mark.parametrize(
    ("after", "keys"),
    [("**Players** answer", PlayScreen.KEYS), ("From Home,", Choices.KEYS)],
)
def test_keys_in_sentences_are_those_of_their_screens(after: str, keys: tuple[Key, ...]) -> None:
    text = guide.text()
    paragraph = text[text.index(after) :].split("\n\n")[0]
    known = {key.lower() for key in displays(keys)} | HOME_KEYS
    assert {key.lower() for key in keys_in(paragraph)} <= known


HOME_KEYS = {"p", "h"}  # to peer sessions, and there to hosting


def test_the_way_from_home_is_the_one_that_is_said() -> None:
    from tutor.ui.places import PLACES
    from tutor.ui.screens.peers import PeersScreen

    assert PLACES["peers"].key == "p"
    assert [key.keys for key in PeersScreen.KEYS if "host" in key.action] == ["h"]


def test_the_marks_are_those_that_count() -> None:
    rows = guide.table("| how sure | right | wrong |")
    shown = {int(row[0][0]): (signed(row[1]), signed(row[2])) for row in rows}
    assert shown == MARKS
    half = RoomSettings(speed=True, confidence=False)
    assert points_for(1, None, 1.0, half) == points_for(1, None, 0.0, half) / 2
    assert [round(nearness(-part), 1) for part in (-0.30103, -1.0)] == [0.7, 0.0]


def signed(text: str) -> float:
    return float(text.replace("−", "-"))


def test_what_is_suggested_is_that_of_the_program() -> None:
    rows = guide.table("| right in the first vote |")
    assert [row[0] for row in rows] == [
        f"under {FEW:.0%}".replace("%", " %"),
        f"{FEW * 100:.0f}–{MANY:.0%}".replace("%", " %"),
        f"over {MANY:.0%}".replace("%", " %"),
    ]
    words = {"explain": "explain again", "discuss": "discuss", "go-on": "reveal"}
    suggested = [words[suggest(share)] for share in (FEW - 0.01, FEW, MANY + 0.01)]
    assert [row[1] for row in rows] == suggested


def test_the_limits_are_those_that_hold() -> None:
    shown = {row[0].strip("`"): row[1] for row in guide.table("| limit | value |")}
    limits = Limits()
    values = {field.name: getattr(limits, field.name) for field in fields(limits)}
    assert shown == {name: written(name, value) for name, value in values.items()}


def written(name: str, value: object) -> str:
    """Write a limit as people read it."""
    match value:
        case Rate(burst=burst, per_second=rate) if rate >= 1:
            return f"{burst:,g} at once, then {rate:,g} a second"
        case Rate(burst=burst, per_second=rate):
            return f"{burst:g} at once, then 1 in {1 / rate:g} s"
        case timedelta():
            hours, minutes = divmod(round(value.total_seconds() / 60), 60)
            return f"{hours} h" if not minutes else f"{minutes} min"
        case int() | float() if name in {"silence", "ping", "panel", "work", "slice"}:
            return f"{value:g} s"
        case int() if name.endswith("_bytes") or name == "write_buffer":
            return f"{value:,} bytes"
        case _:
            return f"{value:,}"


def test_a_limit_that_changes_is_noticed() -> None:
    assert asdict(Limits()) != asdict(Limits(joins=Rate(300, 2)))
    assert written("joins", Rate(300, 2)) != written("joins", Limits().joins)


def test_numbers_in_sentences_hold() -> None:
    text = " ".join(guide.text().split())
    bits = [kind.secret_bits for kind in KINDS]
    assert f"holds {min(bits)} to {max(bits)} bits" in text
    ports = max((kind.ports for kind in KINDS), key=len)
    assert f"TCP {ports[0]}–{ports[-1]}" in text
    assert f"{ports[0]}:{ports[-1]}/tcp" in text
    assert f"at most {WIDEST} cells wide, {WIDEST // 2} Hangul" in text
    assert timedelta(weeks=1) == KEPT_FOR
    assert SMALL == 8
    assert f"a ping every {Limits().ping:g}." in text
    assert text.count("more than eight") + text.count("up to eight") == 2


def test_what_goes_wrong_is_quoted_as_it_is_said() -> None:
    quoted = [
        phrase
        for row in guide.table("| what happens | what to do |")
        for phrase in re.findall(r"`([^`]+)`", row[0])
    ]
    assert len(quoted) >= 8
    said = " ".join(sentences())
    for phrase in quoted:
        for part in phrase.split("…"):
            assert part.strip() in said, phrase


def sentences() -> Iterator[str]:
    """Give what is said in these cases."""
    where = Where("quiz.example.org", 443, secure=True)
    for error in (ConnectionRefusedError(), TimeoutError()):
        yield str(dialling.trouble(error, where))
    import ssl

    yield str(dialling.trouble(ssl.SSLCertVerificationError(), where))
    yield "HTTP status 403" if "HTTP status {status}" in source(dialling) else ""
    yield from map(str, (refusals.NO_ROOM, refusals.WRONG_KEY))
    with pytest.raises(Exception, match="does not say where its server is") as refused:
        parse_where(encode(None, PORT, 1))
    yield str(refused.value)
    from tutor.live import journals

    yield source(journals)


def source(module: object) -> str:
    return Path(str(module.__file__)).read_text("utf-8")  # type: ignore[attr-defined]  # a module


def test_the_unit_runs_the_server_that_the_proxy_asks_for() -> None:
    unit = guide.unit()
    assert unit.sections() == ["Unit", "Service", "Install"]
    asked = guide.parsed(guide.service()).params
    assert f"proxy_pass http://{asked['bind']}:{asked['port']};" in guide.proxy()
    assert f"proxy_pass http://{asked['bind']}:{asked['port']}/;" in guide.proxy_location()
    [origin] = asked["origins"]
    assert f"server_name {origin.removeprefix('https://')};" in guide.proxy()
    assert asked["behind_proxy"]
    name, _, _ = unit["Service"]["LoadCredential"].partition(":")
    assert str(asked["key_file"]) == f"%d/{name}"
    assert str(asked["folder"]) == f"%S/{unit['Service']['StateDirectory']}"


def test_the_location_is_that_of_the_host_of_its_own() -> None:
    def directives(block: str) -> list[str]:
        return re.findall(r"proxy_(?:set_header|http_version) .*;", block)

    assert directives(guide.proxy()) == directives(guide.proxy_location())
    assert len(guide.blocks("nginx")) == 2
    assert guide.blocks("yaml") == []


def test_what_it_links_to_is_there() -> None:
    text = guide.text()
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 10
    for link in links:
        file, _, anchor = link.partition("#")
        assert not file or (guide.GUIDE.parent / file).exists(), link
        assert file or anchor in slugs, link
    contents = re.findall(r"^- \[([^\]]+)\]\(#", text, re.MULTILINE)
    assert contents == re.findall(r"^## (.+)$", text, re.MULTILINE)


def test_the_code_that_is_shown_reads() -> None:
    assert read("KQ7M-2XPD").address is not None
