"""The labs by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from tutor.errors import ExitCode, TutorError
from tutor.labs.control import Refused
from tutor.labs.frame import Controls
from tutor.labs.parameters.controls import ORDER, ParametersControls
from tutor.text.message import Message, msg


@dataclass(frozen=True, slots=True)
class LabEntry:
    """A lab as it is listed.

    Attributes:
        name: what commands and `lab:` entries call it.
        title: its name for the learner.
        about: what it shows, in a line.
        settings: what can be set, in the order in which it is.
        start: how its controls stand at first.
    """

    name: str
    title: Message
    about: Message
    settings: tuple[str, ...]
    start: Controls


LABS: Mapping[str, LabEntry] = {
    "parameters": LabEntry(
        "parameters",
        msg("Parameter workbench"),
        msg("Turn the sizes of a layer and see where its parameters are."),
        ORDER,
        ParametersControls(),
    )
}


def names() -> tuple[str, ...]:
    """Return the names of all labs."""
    return tuple(LABS)


def find(name: str) -> LabEntry:
    """Return a lab.

    Raises:
        TutorError: there is none of this name.
    """
    if name in LABS:
        return LABS[name]
    raise TutorError(
        msg("There is no lab “{name}”.", name=_shown(name)),
        _nearest(name, names()),
        exit_code=ExitCode.USAGE,
    )


def open_controls(name: str, settings: Mapping[str, object]) -> Controls:
    """Return the controls of a lab, set as a `lab:` entry or a command line says.

    Args:
        name: the lab.
        settings: values by control; the others stand as at first.

    Raises:
        TutorError: there is no such lab or control, or a control does not take its value.
    """
    lab = find(name)
    for key in settings:
        if key not in lab.settings:
            raise TutorError(
                msg("The lab has no control “{name}”.", name=_shown(key)),
                _nearest(key, lab.settings),
                exit_code=ExitCode.USAGE,
            )
    controls = lab.start
    for key in lab.settings:
        if key in settings:
            changed = controls.put(key, settings[key])
            if isinstance(changed, Refused):
                raise TutorError(
                    msg(
                        "`{name}` cannot be `{value}`.",
                        name=key,
                        value=_shown(_written(settings[key])),
                    ),
                    changed.message,
                    exit_code=ExitCode.USAGE,
                )
            controls = changed
    return controls


def _nearest(name: str, known: tuple[str, ...]) -> Message:
    near = get_close_matches(name[:80], known, n=1)
    if near:
        return msg("Did you mean “{near}”?", near=near[0])
    return msg("There are: {names}.", names=", ".join(known))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value[:20]))
    return str(value)


def _shown(text: str) -> str:
    text = "".join(c if c.isprintable() else "?" for c in text[:41])
    return text if len(text) <= 40 else f"{text[:39]}…"
