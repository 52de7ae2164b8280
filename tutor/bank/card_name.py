"""The name of a card as people type it: `ID`, `ID@seed`, and `ID#2@seed` for a part of it."""

from __future__ import annotations

import re
from collections.abc import Container
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

    @classmethod
    def of(cls, card: str) -> CardName:
        """Return the name of a card of the bank, where `#` may say which of its question."""
        written, _, part = card.partition("#")
        return cls(written, int(part) if part else None)

    @property
    def card(self) -> str:
        """The card without its seed."""
        return self.id if self.part is None else f"{self.id}#{self.part}"

    def known_in(self, cards: Container[str]) -> CardName | None:
        """Return the name under which a card is known; a question is its first card.

        Args:
            cards: the cards there are.
        """
        first = self.part in {None, 1}
        ways = (self.part, *((1, None) if first else ()))
        named = (CardName(self.id, part, self.seed) for part in ways)
        return next((name for name in named if name.card in cards), None)

    def at(self, seed: int) -> CardName:
        """Return the same card at another seed."""
        return CardName(self.id, self.part, seed)

    def __str__(self) -> str:
        """Return the name as it is typed."""
        return self.card if self.seed is None else f"{self.card}@{self.seed}"


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
    known = name.known_in(bank.questions)
    if known is not None:
        return bank.questions[known.card]
    old = name.known_in(bank.aliases)
    if old is not None:
        return bank.questions[bank.aliases[old.card]]
    if CardName(name.id).known_in({*bank.questions, *bank.aliases}) is not None:
        raise TutorError(
            msg("`{id}` has no card {part}.", id=name.id, part=name.part),
            msg("Leave `#{part}` out.", part=name.part),
            exit_code=ExitCode.USAGE,
        )
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
