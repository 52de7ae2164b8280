"""A topic file: lecture pages and questions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tutor.kinds import Question
from tutor.kinds.base import Items, LabLink, Model
from tutor.text.localized import Localized

FORMAT = 1
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
Slug = Annotated[str, Field(pattern=rf"^{SLUG}$")]
Id = Annotated[str, Field(pattern=rf"^{SLUG}(\.{SLUG})+$")]


class Page(Model):
    """A page of the lecture.

    Attributes:
        id: `<topic>.<slug>`, permanent.
        title: its title.
        objectives: what it teaches; a question without a page links to the first that fits.
        body: markdown-lite.
        lab: a lab that shows what the page is about.
        ask: questions that are asked inside the page, by id.
        sources: what it rests on.
    """

    id: Id
    title: Localized
    objectives: Items[str] = ()
    body: Localized
    lab: LabLink | None = None
    ask: Items[str] = ()
    sources: Items[str] = ()


class Header(Model):
    """What a topic file says about itself."""

    format: Literal[1]
    topic: Slug
    title: Localized
    requires: Items[Slug] = ()


class TopicFile(Header):
    """A whole topic file, as editors see it; the loader takes its entries one by one."""

    pages: Items[Page] = ()
    questions: Items[Question] = ()
