"""The name of a card as people type it: `ID`, `ID@seed`, and `ID#2@seed` for a part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.bank.bank import Bank
from tutor.bank.topic import SLUG
from tutor.errors import ExitCode, TutorError
from tutor.kinds import Question
from tutor.text.message import Message, msg
from tutor.text.safe import scrub

FIRST_SEED = 0  # the seed of a name without one
_ID = rf"{SLUG}(?:\.{SLUG})+"
_NAME = re.compile(rf"(?P<id>{_ID})(?:#(?P<part>[1-9][0-9]?))?(?:@(?P<seed>[0-9]{{1,18}}))?")
_ID_LINE = re.compile(rf"""[\s{{,-]id\s*:\s*["']?(?P<id>{_ID})(?![\w.])""")


@dataclass(frozen=True, slots=True)
class CardName:
    """A card: its question, and where it is given, the seed of its numbers.

    Attributes:
        id: the question's id.
        part: which card of a question that makes several, counted from 1.
        seed: None where the name leaves it open.
    """

    id: str
    part: int | None = None
    seed: int | None = None

    def at(self, seed: int) -> CardName:
        """Return the same card at another seed."""
        return CardName(self.id, self.part, seed)

    def __str__(self) -> str:
        """Return the name as it is typed."""
        part = "" if self.part is None else f"#{self.part}"
        seed = "" if self.seed is None else f"@{self.seed}"
        return f"{self.id}{part}{seed}"


def parse_card_name(text: str) -> CardName:
    """Read a name.

    Raises:
        TutorError: it is none; a usage error.
    """
    match = _NAME.fullmatch(text.strip())
    if match is None:
        raise TutorError(
            msg("“{name}” is not the name of a card.", name=scrub(text[:60])),
            msg("Write `ID` or `ID@seed`, as in `lstm.gates.roles` or `lstm.gates.roles@7`."),
            exit_code=ExitCode.USAGE,
        )
    part, seed = match["part"], match["seed"]
    return CardName(
        match["id"],
        None if part is None else int(part),
        None if seed is None else int(seed),
    )


def find_card(bank: Bank, name: CardName) -> Question:
    """Return the question of a card; an id of old finds the question of today.

    Raises:
        TutorError: there is none of this name; a usage error that names the nearest ids.
    """
    question = bank.questions.get(bank.aliases.get(name.id, name.id))
    if question is not None:
        if (name.part or 1) > 1:
            raise TutorError(
                msg("`{id}` is one card and has no part {part}.", id=name.id, part=name.part),
                msg("Leave `#{part}` out.", part=name.part),
                exit_code=ExitCode.USAGE,
            )
        return question
    raise TutorError(
        msg("There is no question “{id}”.", id=name.id[:60]),
        _hint(bank, name.id),
        exit_code=ExitCode.USAGE,
    )


def id_before(text: str, line: int) -> str | None:
    """Return the id that is written last up to a line of a file, even of a broken one.

    Args:
        text: the file's text.
        line: counted from 1.
    """
    above = "\n" + "\n".join(text.split("\n")[:line])
    found = None
    for match in _ID_LINE.finditer(above):
        found = match["id"]
    return found


def _hint(bank: Bank, name: str) -> Message:
    from difflib import get_close_matches

    known = tuple(bank.questions)
    ending = [known_id for known_id in known if known_id.split(".", 1)[1] == name]
    near = ending[:3] or get_close_matches(name, known, n=3)
    if not near:
        topic = name.partition(".")[0]
        near = [known_id for known_id in known if known_id.startswith(f"{topic}.")][:3]
    if not near:
        return msg("The topics are: {names}.", names=", ".join(one.id for one in bank.topics))
    return msg("Did you mean {near}?", near=", ".join(f"“{one}”" for one in near))
