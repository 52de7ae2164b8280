"""The journal of a room: how it was opened, and every event since, one JSON line each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any, Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import from_json

from tutor.errors import ExitCode, TutorError
from tutor.kinds.base import Items, Model
from tutor.kinds.written import read_question, written
from tutor.session.room.effects import Complained
from tutor.session.room.events import RoomEvent
from tutor.session.room.illegal import Illegal
from tutor.session.room.reducer import open_room, step
from tutor.session.room.settings import RoomSettings
from tutor.session.room.state import Plan, Planned, Room
from tutor.session.room.table import EVENTS
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.words import Words

FORMAT = 1
T = TypeVar("T")


class WrittenQuestion(Model):
    """A question of the plan, as it is written in its file, and its seed."""

    question: dict[str, Any]
    seed: int


class Header(Model):
    """The first line: all that the room was opened with."""

    format: Literal[1] = 1
    code: str
    seed: int
    created: datetime
    title: Localized
    topics: dict[str, Localized] = Field(default_factory=dict)
    settings: RoomSettings
    plan: Items[WrittenQuestion]
    host_digest: str = ""

    @classmethod
    def of(cls, room: Room, host_digest: str = "") -> Header:
        """Return the header of a room; `host_digest` is of the host's token."""
        plan = room.plan
        return cls(
            code=room.code,
            seed=room.seed,
            created=room.created,
            title=plan.title,
            topics=dict(plan.topics),
            settings=plan.settings,
            host_digest=host_digest,
            plan=tuple(
                WrittenQuestion(question=written(planned.question), seed=planned.seed)
                for planned in plan.questions
            ),
        )

    def open(self) -> Room:
        """Return the room as it was when it was opened.

        Raises:
            ValueError: a question is none.
        """
        questions = tuple(Planned(read_question(q.question), q.seed) for q in self.plan)
        plan = Plan(self.title, questions, self.settings, self.topics)
        return open_room(plan, self.code, self.seed, self.created)


@dataclass(frozen=True, slots=True)
class Recovered:
    """A room read from its journal.

    Attributes:
        lines: how many lines count; one that was torn when the program was killed follows them,
            and is to be cut off before anything is appended.
    """

    room: Room
    lines: int


def header_line(room: Room, host_digest: str = "") -> str:
    """Return the first line of a room's journal, without its end.

    Args:
        room: as it was opened.
        host_digest: of the secret with which the host comes back.
    """
    return _line(Header.of(room, host_digest).model_dump(mode="json"))


def event_line(event: RoomEvent) -> str:
    """Return the line of an event, without its end."""
    name = _name(type(event))
    return _line({"event": name, **_adapters()[name].dump_python(event, mode="json")})


def read(lines: Iterable[str]) -> Room:
    """Return the room that a journal tells of.

    A torn last line is as if it were not there: the program was killed while it wrote it, and
    nobody was told of the event.

    Args:
        lines: with their ends or without.

    Raises:
        TutorError: a line is broken, or tells of something that cannot have happened.
    """
    return recover(lines).room


def recover(lines: Iterable[str]) -> Recovered:
    """Return the room that a journal tells of, and how many of its lines do.

    Raises:
        TutorError: as for `read`.
    """
    rows = list(lines)
    while rows and not rows[-1].strip():
        rows.pop()
    if len(rows) > 1 and not _is_whole(rows[-1]):
        rows.pop()
    if not rows:
        raise _broken(1, msg("there is none"))
    header = _checked(1, lambda: Header.model_validate_json(rows[0]))
    room = _checked(1, header.open)
    for number, row in enumerate(rows[1:], 2):
        event = _checked(number, partial(_event, row))
        room = _replayed(number, room, event)
    return Recovered(room, len(rows))


def _replayed(number: int, room: Room, event: RoomEvent) -> Room:
    try:
        after, effects = step(room, event)
    except Illegal as error:
        raise _broken(number, error.message) from None
    for effect in effects:
        if isinstance(effect, Complained):
            raise _broken(number, effect.message)
    return after


def _event(row: str) -> RoomEvent:
    return _adapters()[from_json(row)["event"]].validate_json(row, strict=True)


def _checked(number: int, make: Callable[[], T]) -> T:
    try:
        return make()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise _broken(number, reason) from None
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(number, str(error)) from None


def _broken(number: int, reason: Words) -> TutorError:
    return TutorError(
        msg("line {line} of the room's file cannot be used: {reason}", line=number, reason=reason),
        msg("the file was changed, or another version of the program wrote it; open a new room"),
        exit_code=ExitCode.DATA,
    )


def _is_whole(row: str) -> bool:
    """Return whether a line is a JSON object; the beginning of one never is."""
    try:
        return isinstance(from_json(row), dict)
    except ValueError:
        return False


def _line(values: Mapping[str, Any]) -> str:
    """Return values in ASCII, so that no character of a text can end the line or be torn apart."""
    return json.dumps(values, separators=(",", ":"), allow_nan=False)


def _name(kind: type[RoomEvent]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower()


@cache
def _adapters() -> Mapping[str, TypeAdapter[RoomEvent]]:
    return {_name(kind): TypeAdapter(kind) for kind in EVENTS}
