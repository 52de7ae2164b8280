"""Backpropagation through time as a worked answer, for each cell."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tutor.engine import EngineError, compute
from tutor.text import maths
from tutor.text.speaker import ENGLISH

RECORDED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "gradients.json").read_text(encoding="utf-8")
)["cases"]
# the loss of these reads hidden states alone
OF_STATES = [case for case in RECORDED if "dc" not in case]
WRT = {
    "rnn": {
        "weight_hh": (3, 3),
        "weight_ih": (3, 2),
        "bias_ih": (3,),
        "bias_hh": (3,),
        "x": (4, 2),
        "h_0": (3,),
    },
    "gru": {
        "weight_hh": (9, 3),
        "weight_ih": (9, 2),
        "bias_ih": (9,),
        "bias_hh": (9,),
        "x": (4, 2),
        "h_0": (3,),
    },
    "lstm": {
        "weight_hh": (12, 3),
        "weight_ih": (12, 2),
        "bias_ih": (12,),
        "bias_hh": (12,),
        "x": (4, 2),
        "h_0": (3,),
        "c_0": (3,),
    },
}


def check_words(worked: Any) -> None:
    words = [ENGLISH.say(step.text) for step in worked.steps]
    words += [f"${tex}$" for term in worked.terms for tex in (term.symbol, term.substituted)]
    words += [f"${worked.formula}$", f"${worked.substituted}$"]
    words += [str(term.label) for term in worked.terms]
    for text in words:
        for tex in re.findall(r"\$([^$]+)\$", text):
            maths.inline(maths.parse(tex))
    ids = [term.id for term in worked.terms]
    assert len(set(ids)) == len(ids)


def arguments(case: dict[str, Any]) -> dict[str, Any]:
    match case["cell"]:
        case "rnn":
            form = {"activation": case["nonlinearity"]}
        case "gru":
            form = {"reset_after": case["reset_after"]}
        case _:
            form = {}
    truncation = {} if case["truncation"] is None else {"truncation": case["truncation"]}
    return {"cell": case["cell"], **form, **truncation, **case["weights"]}


def answers(given: dict[str, Any], wrt: str) -> tuple[dict[str, Any], np.ndarray]:
    worked = compute("bptt", given | {"wrt": wrt})
    gradients = {term.id.removeprefix("d_"): np.array(term.value) for term in worked.terms
                 if term.id.startswith("d_")}  # fmt: skip
    assert np.array_equal(gradients[wrt], worked.total)
    return gradients, np.array(worked.total)


@pytest.mark.parametrize("case", OF_STATES, ids=lambda c: f"{c['cell']}-{c['truncation']}")
def test_gradients_agree_with_pytorch(case: dict[str, Any]) -> None:
    """A loss that reads every state is a sum of losses, each of which reads one as the last."""
    x, dh = np.array(case["inputs"]["x"]), np.array(case["dh"])
    states = {name: np.array(case["inputs"][name]) for name in case["inputs"] if name != "x"}
    if x.ndim == 2:
        x, dh = x[:, None], dh[:, None]
        states = {name: state[None] for name, state in states.items()}
    summed: dict[str, Any] = {
        name: np.zeros_like(np.array(value).reshape(len(x), x.shape[1], -1) if name == "x"
                            else np.array(value).reshape(x.shape[1], -1)
                            if name in states else np.array(value))
        for name, value in case["gradients"].items()
    }  # fmt: skip
    for row in range(x.shape[1]):
        for t in range(1, len(x) + 1):
            given = {
                **arguments(case),
                **{name: state[row].tolist() for name, state in states.items()},
                "x": x[:t, row].tolist(),
                "dh": dh[t - 1, row].tolist(),
            }
            found, _ = answers(given, "weight_ih")
            for name, total in summed.items():
                if name == "x":
                    total[:t, row] += found[name]
                elif name in states:
                    total[row] += found[name]
                else:
                    np.add(total, found[name], out=total)
    for name, expected in case["gradients"].items():
        np.testing.assert_allclose(
            summed[name].reshape(np.shape(expected)), expected, rtol=0, atol=1e-12, err_msg=name
        )


@pytest.mark.parametrize(("cell", "wrt"), [(cell, wrt) for cell in WRT for wrt in WRT[cell]])
def test_what_is_left_out_is_drawn(cell: str, wrt: str) -> None:
    drawn = {"cell": cell, "hidden_size": 3, "input_size": 2, "steps": 4, "seed": 5, "wrt": wrt}
    worked = compute("bptt", drawn)
    term = next(term for term in worked.terms if term.id == f"d_{wrt}")
    assert term.value == worked.total
    assert term.shape == np.shape(worked.total) == WRT[cell][wrt]
    assert worked.formula.endswith(term.symbol)
    check_words(worked)
    h = next(term.value for term in worked.terms if term.id == "h")
    run = compute(cell, {"hidden_size": 3, "input_size": 2, "seq_len": 4, "seed": 5})
    assert h == run.total


@pytest.mark.parametrize("more", [
    {"cell": "gru", "reset_after": False},
    {"cell": "gru", "truncation": 1},
    {"cell": "lstm", "truncation": 2},
    {
        "cell": "lstm",
        "weight_ih": [[0.5]] * 8,
        "weight_hh": [[0.1]] * 8,
        "weight_hr": [[0.1, 0.2]],
        "peepholes": [[0.1, 0.2]] * 3,
        "wrt": "peepholes",
    },
])  # fmt: skip
def test_forms_can_be_said(more: dict[str, Any]) -> None:
    check_words(compute("bptt", more))


def test_a_bias_that_is_left_out_is_zero() -> None:
    given = {"cell": "gru", "weight_ih": [[0.5]] * 3, "weight_hh": [[0.1]] * 3, "wrt": "bias_hh"}
    zeros = {"bias_ih": [0, 0, 0], "bias_hh": [0, 0, 0]}
    assert compute("bptt", given).total == compute("bptt", given | zeros).total


GIVEN: dict[str, Any] = {"weight_ih": [[1], [2]], "weight_hh": [[1, 0], [0, 1]]}
X = [[1.0], [2.0]]


@pytest.mark.parametrize(
    ("args", "argument"),
    [
        ({"weight_hh": [[1]]}, "weight_ih"),
        ({"bias_ih": [1]}, "weight_ih"),
        ({"weight_ih": [[1]], "weight_hh": [[1, 2]]}, "weight_hh"),
        (GIVEN | {"hidden_size": 2}, "hidden_size"),
        (GIVEN | {"input_size": 1}, "input_size"),
        (GIVEN | {"x": X, "steps": 2}, "steps"),
        ({"x": X, "steps": 2}, "steps"),
        ({"x": X, "input_size": 1}, "input_size"),
        ({"cell": "lstm"} | GIVEN, "weight_ih"),
        ({"cell": "lstm", "activation": "relu"}, "activation"),
        ({"cell": "gru", "activation": "tanh"}, "activation"),
        ({"cell": "lstm", "reset_after": False}, "reset_after"),
        ({"cell": "gru", "c_0": [0, 0]}, "c_0"),
        ({"weight_hr": [[1]]}, "weight_hr"),
        ({"cell": "gru", "peepholes": [[1]]}, "peepholes"),
        ({"wrt": "c_0"}, "wrt"),
        ({"cell": "lstm", "wrt": "weight_hr"}, "wrt"),
        ({"cell": "lstm", "dh": [1]}, "dh"),
        ({"cell": "lstm", "c_0": [1]}, "c_0"),
        ({"cell": "gru", "h_0": [1]}, "h_0"),
        ({"bias": [0, 0]}, "bias"),
    ],
)
def test_what_is_refused(args: dict[str, Any], argument: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute("bptt", args)
    assert caught.value.argument == argument
    assert str(caught.value.message)
    assert str(caught.value.hint)
