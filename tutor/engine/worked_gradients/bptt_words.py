"""Symbols and sentences of backpropagation through time, for each cell."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.text.message import Message, msg, msgs
from tutor.text.template import Markdown

_DH = r"\frac{\partial L}{\partial h_1}"
_SUMS = {  # δ_t is the error of what the activations of a step are applied to
    "weight_ih": r"\sum_t \delta_t x_t^\top",
    "weight_hh": r"\sum_t \delta_t h_{t-1}^\top",
    "bias_ih": r"\sum_t \delta_t",
    "bias_hh": r"\sum_t \delta_t",
    "weight_hr": r"\sum_t \frac{\partial L}{\partial h_t} (o_t \odot \tanh(c_t))^\top",
    "peepholes": r"\sum_t (\delta^i_t \odot c_{t-1}, \delta^f_t \odot c_{t-1},"
    r" \delta^o_t \odot c_t)",
    "x": r"W_{ih}^\top \delta_t",
    "h_0": r"W_{hh}^\top \delta_1",
}
_AFTER = {
    "weight_hh": r"\sum_t (\delta^r_t, \delta^z_t, r_t \odot \delta^n_t) h_{t-1}^\top",
    "bias_hh": r"\sum_t (\delta^r_t, \delta^z_t, r_t \odot \delta^n_t)",
    "h_0": rf"z_1 \odot {_DH} + W_{{hh}}^\top (\delta^r_1, \delta^z_1, r_1 \odot \delta^n_1)",
}
_BEFORE = {
    "weight_hh": r"\sum_t (\delta^r_t h_{t-1}^\top, \delta^z_t h_{t-1}^\top,"
    r" \delta^n_t (r_t \odot h_{t-1})^\top)",
    "h_0": rf"z_1 \odot {_DH} + U_r^\top \delta^r_1 + U_z^\top \delta^z_1"
    r" + r_1 \odot U_n^\top \delta^n_1",
}
_CELL = r"f_1 \odot \frac{\partial L}{\partial c_1}"
_PEEPING = rf"{_CELL} + p_i \odot \delta^i_1 + p_f \odot \delta^f_1"
_OF = {
    "weight_hh": "W_{hh}",
    "weight_ih": "W_{ih}",
    "bias_ih": "b_{ih}",
    "bias_hh": "b_{hh}",
    "weight_hr": "W_{hr}",
    "peepholes": "p",
    "x": "x_t",
    "h_0": "h_0",
    "c_0": "c_0",
}
WEIGHTS = tuple((name, symbol) for name, symbol in _OF.items() if name not in {"x", "h_0", "c_0"})
_GATE = r"\sigma(a^{}_t)".format
_CANDIDATE = r"\tanh(a^{}_t)".format
STATES = {
    "rnn": (
        ("x", "x_t"),
        ("h", r"\phi(a_t)"),
        ("a", r"W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh}"),
    ),
    "lstm": (
        ("x", "x_t"),
        ("h", r"o_t \odot \tanh(c_t)"),
        ("c", r"f_t \odot c_{t-1} + i_t \odot g_t"),
        ("i", _GATE("i")),
        ("f", _GATE("f")),
        ("g", _CANDIDATE("g")),
        ("o", _GATE("o")),
    ),
    "gru": (
        ("x", "x_t"),
        ("h", r"(1 - z_t) \odot n_t + z_t \odot h_{t-1}"),
        ("r", _GATE("r")),
        ("z", _GATE("z")),
        ("n", _CANDIDATE("n")),
        ("m", "m_t"),
    ),
}


def symbols(cell: str, *, reset_after: bool, peeping: bool) -> dict[str, tuple[str, str]]:
    """Return of everything that has a gradient the gradient's symbol and formula, as TeX."""
    formulas = dict(_SUMS)
    match cell:
        case "lstm":
            formulas["c_0"] = _PEEPING if peeping else _CELL
        case "gru":
            formulas |= _AFTER if reset_after else _BEFORE
    own = {"weight_hr", "peepholes", "c_0"}  # of the LSTM
    return {
        name: (rf"\frac{{\partial L}}{{\partial {symbol}}}", formulas[name])
        for name, symbol in _OF.items()
        if cell == "lstm" or name not in own
    }


def lines(
    cell: str,
    steps: int,
    truncation: int | None,
    weight_hh: str,
    *,
    reset_after: bool,
    projected: bool,
    peeping: bool,
) -> Iterator[Message]:
    """Return the equations forward and backward, and why weights have a sum.

    Args:
        cell: `rnn`, `lstm` or `gru`.
        steps: T.
        truncation: every how many steps the gradient is cut, or None.
        weight_hh: the formula of the gradient of W_hh, as TeX.
        reset_after: the form of a GRU.
        projected: whether an LSTM has a projection.
        peeping: whether it has peepholes.
    """
    match cell:
        case "rnn":
            yield from _rnn(steps)
        case "lstm":
            yield from _lstm(steps, projected=projected, peeping=peeping)
        case _:
            yield from _gru(steps, reset_after=reset_after)
    if truncation is not None and truncation < steps:
        yield msgs(
            "The gradient is cut after every step; the state goes on.",
            "The gradient is cut after every {n} steps; the state goes on.",
            n=truncation,
        )
    yield msg(
        "The same weights are used at every step, so their gradient is a sum over the steps:"
        r" $\frac{\partial L}{\partial W_{hh}} = \val{sum}$.",
        sum=Markdown(weight_hh),
    )


def _rnn(steps: int) -> Iterator[Message]:
    yield msg(
        r"Forward, $T = \val{steps}$: $a_t = W_{ih} x_t + W_{hh} h_{t-1} + b$,"
        r" $h_t = \phi(a_t)$.",
        steps=steps,
    )
    yield msg(
        r"Backward from the end: $\delta_t = \phi'(a_t) \odot (\frac{\partial L}{\partial h_t}"
        r" + W_{hh}^\top \delta_{t+1})$, where only the last state has a loss of its own."
    )


def _lstm(steps: int, *, projected: bool, peeping: bool) -> Iterator[Message]:
    if projected:
        yield msg(
            r"Forward, $T = \val{steps}$: $c_t = f_t \odot c_{t-1} + i_t \odot g_t$,"
            r" $h_t = W_{hr} (o_t \odot \tanh(c_t))$. Write $e_t = W_{hr}^\top"
            r" \frac{\partial L}{\partial h_t}$.",
            steps=steps,
        )
    else:
        yield msg(
            r"Forward, $T = \val{steps}$: $c_t = f_t \odot c_{t-1} + i_t \odot g_t$,"
            r" $h_t = o_t \odot \tanh(c_t)$. Write $e_t = \frac{\partial L}{\partial h_t}$.",
            steps=steps,
        )
    yield msg(
        "Backward from the end, the cell state carries the error: $\\frac{\\partial L}{\\partial"
        r" c_t} = e_t \odot o_t \odot (1 - \tanh^2(c_t)) + f_{t+1} \odot \frac{\partial"
        r" L}{\partial c_{t+1}}$. On this path only the forget gate multiplies it."
    )
    if peeping:
        yield msg(
            "Through the peepholes the errors of the gates reach the cell states too, each times"
            " its weight."
        )
    yield msg(
        r"Each gate's error is what the gate multiplies, times its slope: $\delta^f_t ="
        r" \frac{\partial L}{\partial c_t} \odot c_{t-1} \odot f_t \odot (1 - f_t)$, $\delta^i_t"
        r" = \frac{\partial L}{\partial c_t} \odot g_t \odot i_t \odot (1 - i_t)$, $\delta^g_t ="
        r" \frac{\partial L}{\partial c_t} \odot i_t \odot (1 - g_t^2)$, $\delta^o_t = e_t \odot"
        r" \tanh(c_t) \odot o_t \odot (1 - o_t)$."
    )
    yield msg(
        r"All of them together are $\delta_t$, and $W_{hh}^\top \delta_t$ reaches"
        r" $\frac{\partial L}{\partial h_{t-1}}$; only the last state has a loss of its own."
    )


def _gru(steps: int, *, reset_after: bool) -> Iterator[Message]:
    if reset_after:
        yield msg(
            r"Forward, $T = \val{steps}$: $h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}$; the"
            r" reset gate multiplies $m_t = U_n h_{t-1} + b_{hn}$.",
            steps=steps,
        )
    else:
        yield msg(
            r"Forward, $T = \val{steps}$: $h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}$; the"
            r" reset gate multiplies $m_t = h_{t-1}$, before the product with $U_n$.",
            steps=steps,
        )
    yield msg(
        r"Backward from the end: $\delta^n_t = \frac{\partial L}{\partial h_t} \odot (1 - z_t)"
        r" \odot (1 - n_t^2)$, $\delta^z_t = \frac{\partial L}{\partial h_t} \odot (h_{t-1} -"
        r" n_t) \odot z_t \odot (1 - z_t)$."
    )
    if reset_after:
        yield msg(
            r"The reset gate's error is $\delta^r_t = \delta^n_t \odot m_t \odot r_t"
            r" \odot (1 - r_t)$."
        )
    else:
        yield msg(
            r"The reset gate's error is $\delta^r_t = U_n^\top \delta^n_t \odot m_t \odot r_t"
            r" \odot (1 - r_t)$."
        )
    yield msg(
        r"$\frac{\partial L}{\partial h_{t-1}}$ gets $z_t \odot \frac{\partial L}{\partial h_t}$"
        " directly and the rest through the weights; only the last state has a loss of its own."
    )
