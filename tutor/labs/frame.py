"""What every lab is made of: controls, and the frame that they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, Self

from tutor.labs.control import Control, Refused, Turn
from tutor.text.words import Words


class Frame(Protocol):
    """The numbers of a lab at some controls; frozen, and without any drawing."""

    @property
    def captions(self) -> tuple[Words, ...]:
        """What is seen and why, a sentence each."""


class Controls(Protocol):
    """Where the controls of a lab stand; frozen."""

    def fields(self) -> tuple[Control, ...]:
        """Return the controls that can be turned now, in their order."""

    def turn(self, name: str, turn: Turn) -> Self | Refused:
        """Return the controls when one has been turned, or why it cannot be."""

    def put(self, name: str, value: object) -> Self | Refused:
        """Return the controls when one has been set, or why it cannot be."""

    def settings(self) -> Mapping[str, object]:
        """Return the controls as a `lab:` entry has them."""

    def frame(self) -> Frame:
        """Compute what is seen."""
