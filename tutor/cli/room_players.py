"""Who plays at this keyboard, and what of it goes into the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from tutor.cli.host_request import player_names
from tutor.cli.language import catalogue
from tutor.cli.output import lines
from tutor.cli.typed_lines import read_line
from tutor.errors import ExitCode, TutorError
from tutor.live.own_log import own_answer
from tutor.live.wire import Result
from tutor.services import Services
from tutor.services.peer_log import PeerLog
from tutor.text.localized import Localized
from tutor.text.message import Message, msg
from tutor.text.speaker import Speaker
from tutor.text.words import Words

if TYPE_CHECKING:
    from tutor.live.hosting import Request


def ask(question: Message, reader: TextIO, writer: TextIO, speaker: Speaker) -> str:
    """Ask for a line before a dialogue begins."""
    writer.write(" ".join(lines(question, speaker)) + " ")
    writer.flush()
    line = read_line(reader)
    if not reader.isatty():
        writer.write("\n")
    return line


def both(words: Words) -> Localized:
    """Return words as they are said in both languages."""
    return Localized(Speaker("en").say(words), Speaker("ko", catalogue("ko")).say(words))


def with_players(request: Request, reader: TextIO, writer: TextIO, speaker: Speaker) -> Request:
    """Return a request with the names of those around the keyboard, asked for where none is given.

    Raises:
        TutorError: nobody is named.
    """
    if request.players != () or request.resume is not None:
        return request
    question = msg("Who plays? Names, separated by commas: ")
    names = player_names(ask(question, reader, writer, speaker))
    if not names:
        raise TutorError(
            msg("Nobody plays."),
            msg("Name the players, as in `--players Jun,Mina`."),
            exit_code=ExitCode.USAGE,
        )
    return replace(request, players=names)


def keeper(services: Services) -> Callable[[Result], Words | None]:
    """Return what writes a player's results into the player's own log."""
    log = PeerLog(services)

    def keep(result: Result) -> Words | None:
        answer = own_answer(result)
        if answer is None:
            return None
        try:
            return log.record(answer)
        except TutorError as error:
            return error.message

    return keep
