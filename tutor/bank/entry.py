"""An entry of a topic file: a page or a question, which may wait for its first use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, Literal, NamedTuple, TypeVar, cast

from pydantic import TypeAdapter
from pydantic_core import from_json

from tutor.bank.nodes import Value
from tutor.bank.topic import Page
from tutor.kinds import Question, cards
from tutor.kinds.cards import card_id, part_of
from tutor.kinds.cloze import Cloze

Section = Literal["questions", "pages"]
Item = TypeVar("Item", bound=Page | Question)


class References(NamedTuple):
    """What a question refers to by name, known without reading the rest of it.

    Attributes:
        objective: what it asks for.
        page: the page that it names.
        aliases: the ids that it had.
        parts: how many parts are asked, each by a card; 0 if its kind has none.
    """

    objective: str | None = None
    page: str | None = None
    aliases: tuple[str, ...] = ()
    parts: int = 0


@cache
def adapter(section: Section) -> TypeAdapter[Any]:
    """Return what makes a page or a question of its values, or refuses them."""
    return TypeAdapter(Page if section == "pages" else Question)


@dataclass(slots=True)
class Entry:
    """A page or a question as it is written, and where in its file it stands.

    Attributes:
        id: its id.
        section: the list that holds it.
        index: which of the list it is, counted from 0.
        line: where it begins, counted from 1.
        refers: what a question refers to; nothing of a page.
        written: its values as YAML gives them, or those as JSON, from which it is made.
    """

    id: str
    section: Section
    index: int
    line: int
    refers: References
    written: Value | bytes
    _made: tuple[Page | Question, ...] = field(default=(), repr=False, compare=False)

    @classmethod
    def of(
        cls, item: Page | Question, section: Section, index: int, line: int, value: Value
    ) -> Entry:
        """Return the entry of an item that was made already."""
        made, refers = _cards(item), References()
        if not isinstance(item, Page):
            parts = len(made) if isinstance(item, Cloze) else 0
            refers = References(item.objective, item.page, item.aliases, parts)
        return cls(item.id, section, index, line, refers, value, made)

    @property
    def item(self) -> Page | Question:
        """The page, or the question as its first card asks it.

        Raises:
            ValueError: as for `card`.
        """
        return self.card(1)

    @property
    def cards(self) -> tuple[str, ...]:
        """The ids of its cards, known without making them; of a page, its id."""
        if self.refers.parts < 2:
            return (self.id,)
        return tuple(card_id(self.id, part) for part in range(1, self.refers.parts + 1))

    def card(self, part: int) -> Page | Question:
        """Return a card, counted from 1; they are made and judged at the first call.

        Raises:
            ValueError: the JSON is not what was written into the cache.
        """
        if not self._made:
            value = from_json(self.written) if isinstance(self.written, bytes) else self.written
            self._made = _cards(adapter(self.section).validate_python(value))
        return self._made[part - 1]

    def let_go(self) -> None:
        """Forget the values that the cards were made of."""
        if self._made:
            self.written = None


def _cards(item: Page | Question) -> tuple[Page | Question, ...]:
    return (item,) if isinstance(item, Page) else cards(item)


class Shelf(Mapping[str, Item], Generic[Item]):
    """Pages, or questions by their cards, each made when it is asked for; else a dictionary."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    def __getitem__(self, name: str) -> Item:
        return cast("Item", self._entries[name].card(part_of(name)))

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._entries)})"
