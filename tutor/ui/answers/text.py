"""A word or a few to type."""

from __future__ import annotations

from tutor.kinds.text import PosedText
from tutor.ui.answers.typed import TypedAnswer


class TextAnswer(TypedAnswer[PosedText]):
    """A field."""
