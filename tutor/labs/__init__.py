"""Labs: controls in, frozen frames of numbers and captions out; nothing is drawn here."""

from tutor.labs.control import (
    Choice,
    Control,
    Nudge,
    Number,
    Option,
    Refused,
    Step,
    Switch,
    Turn,
    Typed,
)
from tutor.labs.frame import Controls, Frame
from tutor.labs.registry import LabEntry, find, names, open_controls

__all__ = [
    "Choice",
    "Control",
    "Controls",
    "Frame",
    "LabEntry",
    "Nudge",
    "Number",
    "Option",
    "Refused",
    "Step",
    "Switch",
    "Turn",
    "Typed",
    "find",
    "names",
    "open_controls",
]
