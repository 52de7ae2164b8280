"""Ways of turning the workbench, for tests that turn it at random."""

from __future__ import annotations

from hypothesis import strategies as st

from tutor.labs import Nudge, Refused, Step, Turn, Typed
from tutor.labs.parameters import ParametersControls

NAMES = (
    "layer", "convention", "input_size", "hidden_size", "num_layers", "bidirectional", "bias",
    "proj_size", "reset_after", "depth", "size_0", "size_1", "size_3", "layer_sizes", "nonsense",
)  # fmt: skip

turns: st.SearchStrategy[Turn] = st.one_of(
    st.builds(Step, st.integers(-30, 30)),
    st.builds(Nudge, st.integers(-(10**16), 10**16)),
    st.builds(
        Typed,
        st.sampled_from(
            [
                "0",
                "1",
                "2",
                "3",
                "4",
                "24",
                "1,024",
                "10,24",
                "",
                "x",
                "-1",
                "2^70",
                "9^9^9",
                "٣",
                "1000",
            ]
        ),
    ),
)
journeys = st.lists(st.tuples(st.sampled_from(NAMES), turns), max_size=25)


def travelled(journey: list[tuple[str, Turn]], start: ParametersControls) -> ParametersControls:
    """Return where a journey ends; what is refused is passed over."""
    controls = start
    for name, turn in journey:
        changed = controls.turn(name, turn)
        if not isinstance(changed, Refused):
            controls = changed
    return controls
