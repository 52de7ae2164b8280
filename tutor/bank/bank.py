"""The bank: everything that is taught, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from tutor.bank.findings import Where
from tutor.bank.manifest import Objective, Unit
from tutor.bank.problems import Problem
from tutor.bank.topic import Page
from tutor.kinds import Question
from tutor.text.localized import Localized

Section = Literal["questions", "pages"]


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
    """A topic with its pages and questions, by id, in the order of the file.

    Attributes:
        id: its slug.
        title: its title.
        requires: the topics to know before it.
        pages: its lecture pages.
        questions: its questions.
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
        questions: by id.
        places: where each page and question is written, by id.
        problems: what is wrong in the files; what cannot be used is left out.
    """

    manifest: Path | None = None
    name: Localized | None = None
    units: tuple[Unit, ...] = ()
    topics: tuple[Topic, ...] = ()
    objectives: Mapping[str, Objective] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
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
    def aliases(self) -> Mapping[str, str]:
        """The ids that questions had, each with the question of today.

        An alias that is an id of today, or another question's alias, is left out: its progress
        belongs to one question alone.
        """
        ids: dict[str, str] = {}
        for question in self.questions.values():
            for alias in question.aliases:
                if alias not in self.places:
                    ids.setdefault(alias, question.id)
        return ids

    def topic_of(self, item: str) -> Topic:
        """Return the topic of a question or a page, by its id.

        Raises:
            KeyError: there is no such topic.
        """
        return self._topics_by_id[item.partition(".")[0]]

    def page_for(self, question: str) -> Page | None:
        """Return the page that explains a question: its own, or the first on its objective."""
        asked = self.questions[question]
        if asked.page is not None:
            return self.pages.get(asked.page)
        return self._page_by_objective.get(asked.objective or "")
