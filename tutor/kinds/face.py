"""What of a card may be shown to those who are to answer it."""

from __future__ import annotations

from tutor.kinds.base import Model
from tutor.text.localized import Localized


class Face(Model):
    """A card without its answer."""

    kind: str
    prompt: Localized
