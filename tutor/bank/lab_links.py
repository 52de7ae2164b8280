"""Links to labs, held against the labs themselves, which the bank does not import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tutor.bank.findings import Finding
from tutor.bank.topic import Page
from tutor.errors import TutorError
from tutor.kinds import Question

OpenLab = Callable[[str, Mapping[str, object]], object]
"""Sets the controls of a lab by name; raises `TutorError` if there is no such lab or control, or
if a control does not take its value."""


def written_controls(item: Page | Question) -> Mapping[str, object]:
    """Return the controls of a link as they will be; none if they depend on numbers drawn."""
    if item.lab is None or (not isinstance(item, Page) and (item.draw or item.compute)):
        return {}
    return item.lab.controls


def lab_findings(name: str, controls: Mapping[str, object], open_lab: OpenLab) -> Iterator[Finding]:
    """Yield what a lab says against a link, at the control that is to blame."""
    if (error := _refusal(name, {}, open_lab)) is not None:
        yield Finding(("lab", "name"), error.message, error.hint or "")
        return
    left = dict(controls)
    while (error := _refusal(name, left, open_lab)) is not None:
        blamed = next((key for key in left if _is_to_blame(key, name, left, error, open_lab)), None)
        where = ("lab", "controls") if blamed is None else ("lab", "controls", blamed)
        yield Finding(where, error.message, error.hint or "")
        if blamed is None:
            return
        del left[blamed]


def _is_to_blame(
    key: str, name: str, controls: Mapping[str, object], error: TutorError, open_lab: OpenLab
) -> bool:
    """Return whether the lab no longer says this when one control is left out."""
    without = {other: value for other, value in controls.items() if other != key}
    other = _refusal(name, without, open_lab)
    return other is None or str(other.message) != str(error.message)


def _refusal(name: str, controls: Mapping[str, object], open_lab: OpenLab) -> TutorError | None:
    try:
        open_lab(name, controls)
    except TutorError as error:
        return error
    return None
