"""The bank: everything that is taught, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tutor.bank.entry import References, Section
from tutor.bank.findings import Where
from tutor.bank.manifest import Objective, Unit
from tutor.bank.problems import Problem
from tutor.bank.topic import Page
from tutor.kinds import Question
from tutor.kinds.cards import card_id, question_of
from tutor.text.localized import Localized


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question or a page is written.

    Attributes:
        file: the file.
        line: counted from 1.
        section: the list in the file that holds it.
        index: which of the list it is, counted from 0.
        own: whether it is the learner's own, outside the content that was checked in.
    """

    file: Path
    line: int
    section: Section
    index: int
    own: bool

    @property
    def where(self) -> Where:
        """The keys that lead to it in its file."""
        return (self.section, self.index)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its pages and cards, by id, in the order of the file.

    Attributes:
        id: its slug.
        title: its title.
        requires: the topics to know before it.
        pages: its lecture pages.
        questions: the cards of its questions.
        files: where it is written; the learner's own files may add to a topic.
        own: whether all of it is the learner's own.
    """

    id: str
    title: Localized
    requires: tuple[str, ...]
    pages: tuple[str, ...]
    questions: tuple[str, ...]
    files: tuple[Path, ...]
    own: bool


@dataclass(frozen=True)
class Bank:
    """Topics in the order they are taught, with their pages, questions and problems.

    Attributes:
        manifest: the manifest; None if there are only the learner's own files.
        name: what the whole is called.
        units: the manifest's units.
        topics: the manifest's topics in order, then others by name.
        objectives: by id, in the order of the manifest.
        pages: by id.
        questions: by the id of the card; a question that is asked part by part is there once for
            each of its cards. What comes from the cache is made when it is first asked for.
        references: what the question of each card refers to, by the id of the card, without
            making it.
        places: where each page and card is written, by id.
        problems: what is wrong in the files; what cannot be used is left out.
    """

    manifest: Path | None = None
    name: Localized | None = None
    units: tuple[Unit, ...] = ()
    topics: tuple[Topic, ...] = ()
    objectives: Mapping[str, Objective] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    references: Mapping[str, References] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _topics_by_id(self) -> Mapping[str, Topic]:
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def _page_by_objective(self) -> Mapping[str, Page]:
        pages: dict[str, Page] = {}
        for page in self.pages.values():
            for objective in page.objectives:
                pages.setdefault(objective, page)
        return pages

    @cached_property
    def written(self) -> Mapping[str, tuple[str, ...]]:
        """The cards of each question, in order, by the id that is written in its file."""
        cards: dict[str, list[str]] = {}
        for card in self.questions:
            cards.setdefault(question_of(card), []).append(card)
        return {question: tuple(each) for question, each in cards.items()}

    def cards_of(self, name: str) -> tuple[str, ...]:
        """Return the cards of a question, in order; of a card, itself; none if there is none."""
        if name in self.questions:
            return (name,)
        return self.written.get(name, ())

    def is_taken(self, name: str) -> bool:
        """Return whether something of today has an id."""
        return name in self.places or name in self.written

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """The ids that cards had, each with the card of today.

        An alias that is an id of today, or another question's alias, is left out: its progress
        belongs to one card alone. What was answered before a question had several cards counts
        for the first of them, and the first card's answers count for it when the others go.
        """
        ids: dict[str, str] = {}
        for cards in self.written.values():
            for alias in self.references[cards[0]].aliases:
                if not self.is_taken(alias):
                    ids.setdefault(alias, cards[0])
        for question, cards in self.written.items():
            refers = self.references[cards[0]]
            if not refers.parts:
                continue
            if len(cards) > 1:
                ids[question] = cards[0]
            for name in (question, *refers.aliases):
                for part, card in enumerate(cards, 1):
                    if (old := card_id(name, part)) not in self.questions:
                        ids.setdefault(old, card)
        return ids

    def topic_of(self, item: str) -> Topic:
        """Return the topic of a card, a question or a page, by its id.

        Raises:
            KeyError: there is no such topic.
        """
        return self._topics_by_id[item.partition(".")[0]]

    def find_topic(self, item: str) -> Topic | None:
        """Return the topic of what may be in the files no longer."""
        return self._topics_by_id.get(item.partition(".")[0])

    def page_for(self, card: str) -> Page | None:
        """Return the page that explains a card: its own, or the first on its objective."""
        asked = self.references.get(card)
        if asked is None:
            return None
        if asked.page is not None:
            return self.pages.get(asked.page)
        return self._page_by_objective.get(asked.objective or "")
