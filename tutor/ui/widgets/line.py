"""One line of Content."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Line(Static):
    """A line that shows Content, and is cut where it does not fit."""

    DEFAULT_CSS = "Line { height: 1; width: 100%; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(
        self,
        content: Content | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(content or Content(), id=id, classes=classes, markup=False)
