"""A gap to fill."""

from __future__ import annotations

from tutor.kinds.cloze import PosedCloze
from tutor.ui.answers.typed import TypedAnswer


class ClozeAnswer(TypedAnswer[PosedCloze]):
    """A field for what is missing."""
