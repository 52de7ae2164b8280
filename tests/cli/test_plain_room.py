"""A whole session in plain text: the host and the players type by scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from tests.cli.rooms import NUMBER, TALK, Held, Script
from tutor.cli.plain_seat import PlainSeat
from tutor.live.wire import Result
from tutor.text.words import Words


async def play(held: Held, dialogues: Sequence[PlainSeat], scripts: Sequence[Script]) -> None:
    """Let everybody talk until all have ended."""
    passing = asyncio.ensure_future(held.server.run())
    try:
        async with asyncio.timeout(10):
            await asyncio.gather(*(dialogue.run() for dialogue in dialogues))
    except TimeoutError:
        said = "\n=======\n".join(script.getvalue() for script in scripts)
        raise AssertionError(f"somebody waits for ever:\n{said}") from None
    finally:
        passing.cancel()


async def test_a_question_is_talked_over_and_revealed(tmp_path: Path) -> None:
    held = Held(tmp_path, NUMBER)
    host = Script([
        ("2 players", ""),
        ("Enter: discuss.", "discuss"),
        ("vote again", ""),
        ("Enter: reveal", "reveal"),
        ("Enter: board", ""),
        ("Enter: end", ""),
    ])  # fmt: skip
    jun = Script([
        ("Your answer:", "a lot"),
        ("Your answer:", "42"),
        ("How sure", "3"),
        ("Why?", "six sevens"),
        ("At first you answered: 42", ""),
        ("How sure", ""),
        ("Why?", ""),
    ])  # fmt: skip
    mina = Script([
        ("Your answer:", "13"),
        ("How sure", "x"),
        ("Type 1, 2 or 3", "1"),
        ("Why?", ""),
        ("At first you answered: 13", "42"),
        ("How sure", "2"),
        ("Why?", "Jun said so"),
    ])  # fmt: skip
    await play(
        held, [held.host(host), held.join("Jun", jun), held.join("민아", mina)], [host, jun, mina]
    )
    assert "민아 is here; 2 players." in host.said
    assert "1 of 2 have answered." in host.said
    assert "50% right" in host.said
    assert "to talk: Jun, 민아" in host.said
    assert "Right before you talked: 50%; after it: 100%." in host.said
    assert "1 Jun: 3 points, 1 of 1 right" in host.said
    assert "a lot is not understood as a number" in jun.said
    assert "Your answer counts: 42 (certain)" in jun.said
    assert "Talk to 민아: you answered differently. Somebody answered otherwise: 13" in jun.said
    assert "+3 for you (certain), 3 in all." in jun.said
    assert "Type 1, 2 or 3, or Enter." in mina.said
    assert "Somebody answered otherwise: 42 because: six sevens" in mina.said
    assert "Your first answer was not right yet." in mina.said
    for player in (jun, mina):  # nothing of the answer before it is shown
        before, _, _ = player.said.partition("The answer: 42")
        assert "Seven sixes" not in before
        assert "sum" not in before
        assert "The session is over." in player.said


async def test_one_keyboard_is_passed_round(tmp_path: Path) -> None:
    held = Held(tmp_path, NUMBER, TALK)
    table = Script([
        ("2 players", ""),
        ("The keyboard is for Jun", ""),
        ("Your answer:", "42"),
        ("How sure", "3"),
        ("Why?", "six sevens"),
        ("The keyboard is for 민아", ""),
        ("Your answer:", "13"),
        ("How sure", "1"),
        ("Why?", ""),
        ("Enter: discuss", "reveal"),
        ("Enter: board", ""),
        ("Enter: next question", ""),
        ("Enter: show the points", ""),
        ("Enter: board", "tick 2"),
        ("✓ 2", "conclude it is centred"),
        ("Conclusion", ""),
        ("Enter: end", "end"),
    ])  # fmt: skip
    await play(held, [held.local(table, "Jun", "민아")], [table])
    first, second = table.said.split("The keyboard is for 민아", 1)
    assert "six sevens" not in first.partition("How sure")[0]
    assert "Enter: lock" not in first
    assert "✓ 1 × 42 Jun" in second
    assert "✗ 1 × 13 민아 That is the sum." in second
    assert "1. It is bounded ✓ 2. It is centred Conclusion: it is centred" in second
    assert "seconds left" not in table.said
    before_reveal = second.partition("Enter: discuss")[0]
    assert "×" not in before_reveal  # who is to vote again sees neither answers nor shares
    assert "%" not in before_reveal


async def test_a_host_keeps_order(tmp_path: Path) -> None:
    held = Held(tmp_path, NUMBER, NUMBER | {"id": "a.other"})
    host = Script([
        ("2 players", "rename Jun Juna"),
        ("is called Juna now", "kick mina"),
        ("was sent away", "close"),
        ("Nobody new", "?"),
        ("conclude TEXT", "dance"),
        ("There is no command “dance”", ""),
        ("Enter: lock", "pause"),
        ("Paused.", "resume"),
        ("Enter: lock", "extend 30"),
        ("60 minutes left", "who"),
        ("Juna: has not answered yet", "skip"),
        ("[2 of 2]", "reveal"),
        ("cannot be done", "end"),
    ])  # fmt: skip
    jun = Script([("Your answer", ":dance"), ("no command", "?"), ("[2 of 2]", ":quit")])
    mina = Script([])
    await play(
        held,
        [held.host(host), held.join("Jun", jun), held.join("Mina", mina)],
        [host, jun, mina],
    )
    assert "You are called Juna now." in jun.said
    assert "Paused. It goes on. 60 minutes left." in jun.said
    assert "sent you out of this room" in mina.said
    assert "[1 of 2]" not in mina.said
    assert "The session is over." in host.said
    assert "Mina" not in host.said.partition("[1 of 2]")[2]


async def test_names_of_strangers_are_shown_as_they_are(tmp_path: Path) -> None:
    held = Held(tmp_path, NUMBER)
    name = "**[red]`x`[/] $x$ {n}"
    host = Script([("1 player", "end")])
    stranger = Script([])
    hostile = Script([])
    dialogues = [held.host(host), held.join(name, stranger), held.join("a\u202eb", hostile)]
    await play(held, dialogues, [host, stranger, hostile])
    assert f"{name} is here; 1 player." in host.said
    assert "\u202e" not in host.said + hostile.said
    assert "You are in" not in hostile.said


async def test_the_end_of_the_input_keeps_the_room(tmp_path: Path) -> None:
    class Ended(Script):
        async def line(self) -> str | None:
            return None

    held = Held(tmp_path, NUMBER)
    host, jun = Ended([]), Ended([])
    await play(held, [held.host(host), held.join("Jun", jun)], [host, jun])
    assert "nobody leads the room; it is kept" in host.said
    assert "The session is over" not in host.said + jun.said
    assert held.code in held.hub.rooms


async def test_a_host_who_plays_too_keeps_a_log(tmp_path: Path) -> None:
    kept: list[Result] = []

    def keep(result: Result) -> Words | None:
        kept.append(result)
        return "It is in your log."

    held = Held(tmp_path, NUMBER)
    host = Script([
        ("Enter: start", ""),
        ("The keyboard is for Jun", ":extend 60"),
        ("left.", ""),
        ("Your answer", "13"),
        ("How sure", "3"),
        ("Why?", ""),
        ("Enter:", "reveal"),
        ("in your log", ""),
        ("Enter: end", ""),
    ])  # fmt: skip
    await play(held, [held.local(host, "Jun", keep=keep)], [host])
    assert [(result.first_text, result.first_score) for result in kept] == [("13", 0.0)]
    assert "✗ Not yet." in host.said
    assert "That is the sum." in host.said
    assert "−6 for you (certain), −6 in all." in host.said
    assert host.said.count("It is in your log.") == 1


async def test_an_answer_given_in_a_pause_is_sent_after_it(tmp_path: Path) -> None:
    held = Held(tmp_path, NUMBER)
    host = Script([
        ("1 player", ""),
        ("Enter: lock", "pause"),
        ("Enter: go on", ""),
        ("Enter: reveal", "end"),
    ])  # fmt: skip
    jun = Script([("Paused.", "42"), ("How sure", "3"), ("Why?", "")])
    host_dialogue, jun_dialogue = held.host(host), held.join("Jun", jun)
    waits = host.line

    async def line() -> str | None:  # the host goes on when the answer is there
        typed = await waits()
        while host.said.endswith("Enter: go on.") and "is sent when" not in jun.said:  # noqa: ASYNC110 - no time
            await asyncio.sleep(0)
        return typed

    host.line = line  # type: ignore[method-assign]
    await play(held, [host_dialogue, jun_dialogue], [host, jun])
    assert "your answer is sent when it goes on. It goes on." in jun.said
    assert "Your answer counts: 42 (certain)" in jun.said


async def test_a_keyboard_is_not_stuck_in_a_pause(tmp_path: Path) -> None:
    held = Held(tmp_path, NUMBER)
    table = Script([
        ("Enter: start", ""),
        ("The keyboard is for Jun", ""),
        ("Your answer", ":pause"),
        ("Enter: go on", ""),
        ("It goes on", "42"),
        ("How sure", "1"),
        ("Why?", ""),
        ("Enter: reveal", "end"),
    ])  # fmt: skip
    await play(held, [held.local(table, "Jun")], [table])
    assert "The vote is closed. Reveal, and go on." in table.said


async def test_a_host_who_is_refused_twice_can_go_on(tmp_path: Path) -> None:
    held = Held(tmp_path, NUMBER)
    host = Script([
        ("Enter: start", ""),
        ("Enter: lock", "lock"),
        ("Enter: reveal", ""),
        ("Enter: board", "lock"),
        ("cannot be done now", "lock"),
        ("cannot be done now", "end"),
        ("over", ""),
    ])  # fmt: skip
    await play(held, [held.host(host)], [host])
    assert "The session is over." in host.said
