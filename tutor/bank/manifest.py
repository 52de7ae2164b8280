"""The manifest of a content folder: which topics there are, in which order, and why."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tutor.bank.topic import SLUG, Slug
from tutor.kinds.base import Items, Model
from tutor.text.localized import Localized

MANIFEST = "content.yaml"
ObjectiveId = Annotated[str, Field(pattern=rf"^{SLUG}(\.{SLUG})*$")]


class Unit(Model):
    """Topics that are taught together, in order."""

    id: Slug
    title: Localized
    topics: Items[Slug]


class Objective(Model):
    """Something a learner should come to know or be able to do."""

    id: ObjectiveId
    title: Localized


class Manifest(Model):
    """A whole `content.yaml`."""

    format: Literal[1]
    name: Localized
    units: Items[Unit] = ()
    objectives: Items[Objective] = ()
