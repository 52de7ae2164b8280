"""The workbench in use: where its controls stand, and what became of a guess."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tutor.labs.control import Refused, Turn
from tutor.labs.parameters.controls import ParametersControls
from tutor.labs.parameters.frame import ParametersFrame
from tutor.labs.parameters.guess import Guess, Malformed, diagnose


@dataclass(frozen=True, slots=True)
class Bench:
    """The state of the workbench; every method returns the next one.

    Attributes:
        controls: where the controls stand.
        start: where they stood when the lab was opened.
        refusal: why the last turn was refused.
        judged: what became of the guess at these controls.
        predicting: whether the numbers are covered until a guess has been judged.
        frame: what the controls lead to.
    """

    controls: ParametersControls
    start: ParametersControls
    refusal: Refused | None = None
    judged: Guess | Malformed | None = None
    predicting: bool = False
    frame: ParametersFrame = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "frame", self.controls.frame())

    @classmethod
    def opened(cls, controls: ParametersControls) -> Bench:
        """Return the workbench as it is found."""
        return cls(controls, controls)

    @property
    def is_covered(self) -> bool:
        """Whether the numbers are still to be predicted."""
        return self.predicting and not isinstance(self.judged, Guess)

    def turned(self, name: str, turn: Turn) -> Bench:
        """Turn a control; a guess was about the old sizes and is forgotten."""
        changed = self.controls.turn(name, turn)
        if isinstance(changed, Refused):
            return replace(self, refusal=changed)
        if changed == self.controls:
            return replace(self, refusal=None)
        return replace(self, controls=changed, refusal=None, judged=None)

    def guessed(self, text: str) -> Bench:
        """Judge a guess."""
        return replace(self, judged=diagnose(self.frame, text), refusal=None)

    def reset(self) -> Bench:
        """Put the controls back to where they stood."""
        return replace(self, controls=self.start, refusal=None, judged=None)

    def predict(self) -> Bench:
        """Cover the numbers, or show them again."""
        return replace(self, predicting=not self.predicting, judged=None, refusal=None)

    def settled(self) -> Bench:
        """Forget what was refused."""
        return replace(self, refusal=None)
