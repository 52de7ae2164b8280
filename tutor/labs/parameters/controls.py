"""The controls of the parameter workbench."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from tutor.engine.arguments import LARGEST_LAYERS, LARGEST_SIZE
from tutor.labs.control import (
    Choice,
    Control,
    Number,
    Option,
    Refused,
    Switch,
    Turn,
    refused,
    turned,
)
from tutor.labs.parameters.frame import ParametersFrame, parameters_frame
from tutor.text.message import msg

MOST_DENSE_LAYERS = 12
ORDER = (
    "layer", "convention", "input_size", "hidden_size", "num_layers", "bidirectional", "bias",
    "proj_size", "reset_after", "layer_sizes",
)  # fmt: skip
_LAYERS = (
    Option("rnn", "RNN"),
    Option("lstm", "LSTM"),
    Option("gru", "GRU"),
    Option("dense", msg("dense")),
)
_CONVENTIONS = (
    Option("pytorch", "PyTorch"),
    Option("keras", "Keras"),
    Option("textbook", msg("textbook")),
    Option("flax", "Flax"),
    Option("onnx", "ONNX"),
)
_PROJECTING = frozenset({"pytorch", "textbook"})
_RECURRENT_ONLY = frozenset({"input_size", "hidden_size", "num_layers", "bidirectional"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametersControls:
    """A layer to count, with the engine's argument names.

    `layer_sizes` belongs to dense layers, the other sizes to recurrent ones; each kind of
    layer finds its sizes as they were left. A `reset_after` of None is the convention's own.
    """

    layer: str = "lstm"
    input_size: int = 10
    hidden_size: int = 24
    num_layers: int = 1
    bidirectional: bool = False
    bias: bool = True
    convention: str = "pytorch"
    proj_size: int = 0
    reset_after: bool | None = None
    layer_sizes: tuple[int, ...] = (784, 256, 128, 10)

    def fields(self) -> tuple[Control, ...]:
        """Return the controls that this layer has."""
        return (
            Choice("layer", msg("Layer"), self.layer, _LAYERS),
            *(self._dense_sizes() if self.layer == "dense" else self._recurrent_sizes()),
            Switch("bias", msg("Bias"), self.bias),
            Choice("convention", msg("Convention"), self.convention, _CONVENTIONS),
            *self._particular(),
        )

    def _recurrent_sizes(self) -> tuple[Control, ...]:
        least = self.proj_size + 1
        return (
            Number("input_size", msg("Input size $d$"), self.input_size, 1, LARGEST_SIZE),
            Number("hidden_size", msg("Hidden size $h$"), self.hidden_size, least, LARGEST_SIZE),
            Number("num_layers", msg("Layers"), self.num_layers, 1, LARGEST_LAYERS),
            Switch("bidirectional", msg("Bidirectional"), self.bidirectional),
        )

    def _dense_sizes(self) -> tuple[Control, ...]:
        last = len(self.layer_sizes) - 1
        labels = [
            msg("Input $n_0$"),
            *(msg(r"Layer {n}, $n_{\val{n}}$", n=n) for n in range(1, last)),
            msg(r"Output $n_{\val{n}}$", n=last),
        ]
        return (
            Number("depth", msg("Layers"), last, 1, MOST_DENSE_LAYERS),
            *(
                Number(f"size_{n}", label, size, 1, LARGEST_SIZE)
                for n, (label, size) in enumerate(zip(labels, self.layer_sizes, strict=True))
            ),
        )

    def _particular(self) -> tuple[Control, ...]:
        """Return what only some layers under some conventions have."""
        if self.layer == "lstm" and self.convention in _PROJECTING:
            highest = self.hidden_size - 1
            return (Number("proj_size", msg("Projection $p$"), self.proj_size, 0, highest),)
        if self.layer == "gru" and self.convention == "keras":
            after = self.reset_after is not False
            return (Switch("reset_after", msg("Reset after"), after),)
        return ()

    def turn(self, name: str, turn: Turn) -> Self | Refused:
        """Return the controls when one has been turned, or why it cannot be."""
        control = self._field(name)
        if control is None:
            return self._absent(name)
        value = turned(control, turn)
        return value if isinstance(value, Refused) else self.put(name, value)

    def put(self, name: str, value: object) -> Self | Refused:
        """Return the controls when one has been set, or why it cannot be."""
        if name == "layer_sizes":
            return self._put_sizes(value)
        control = self._field(name)
        if control is None:
            return self._absent(name)
        return refused(control, value) or self._changed(name, value)

    def _changed(self, name: str, value: Any) -> Self | Refused:
        """Set a control to a value that it takes, if it goes with the others."""
        refusal = self._at_odds(name, value)
        if refusal is not None:
            return refusal
        match name:
            case "layer":
                bias = self.bias or (self.convention == "flax" and value != "dense")
                return replace(self, layer=value, proj_size=0, reset_after=None, bias=bias)
            case "convention":
                return replace(self, convention=value, reset_after=None)
            case "depth":
                return replace(self, layer_sizes=_deepened(self.layer_sizes, value))
            case _ if name.startswith("size_"):
                sizes = list(self.layer_sizes)
                sizes[int(name.removeprefix("size_"))] = value
                return replace(self, layer_sizes=tuple(sizes))
            case _:
                changed: dict[str, Any] = {name: value}
                return replace(self, **changed)

    def _at_odds(self, name: str, value: object) -> Refused | None:
        """Return why a convention does not have what the other controls say."""
        recurrent = self.layer != "dense"
        match name:
            case "convention" if value not in _PROJECTING and self.proj_size:
                framework = next(one.label for one in _CONVENTIONS if one.value == value)
                return Refused(
                    name,
                    msg(
                        "The {framework} LSTM has no projection: set the projection to 0 first.",
                        framework=framework,
                    ),
                )
            case "convention" if value == "flax" and recurrent and not self.bias:
                return Refused(
                    name,
                    msg("The recurrent cells of Flax always have biases: switch them on first."),
                )
            case "bias" if not value and recurrent and self.convention == "flax":
                return Refused(name, msg("The recurrent cells of Flax always have biases."))
            case _:
                return None

    def _put_sizes(self, value: object) -> Self | Refused:
        if self.layer != "dense":
            return self._absent("layer_sizes")
        if isinstance(value, (list, tuple)) and 2 <= len(value) <= MOST_DENSE_LAYERS + 1:
            sizes = tuple(value)
            if all(type(size) is int and 1 <= size <= LARGEST_SIZE for size in sizes):
                return replace(self, layer_sizes=sizes)
        return Refused(
            "layer_sizes",
            msg(
                "Sizes of dense layers: {least} to {most} whole numbers from 1 to {high:,},"
                " the input first.",
                least=2,
                most=MOST_DENSE_LAYERS + 1,
                high=LARGEST_SIZE,
            ),
        )

    def _field(self, name: str) -> Control | None:
        return next((control for control in self.fields() if control.name == name), None)

    def _absent(self, name: str) -> Refused:
        if name in _RECURRENT_ONLY:
            reason = msg("`{name}` belongs to recurrent layers: RNN, LSTM and GRU.", name=name)
        elif name in {"layer_sizes", "depth"} or name.startswith("size_"):
            reason = msg("`{name}` belongs to dense layers.", name=name)
        elif name == "proj_size":
            reason = msg("Only an LSTM has a projection, in PyTorch and in the textbook.")
        elif name == "reset_after":
            reason = msg("Only the Keras GRU counts differently by where the reset gate acts.")
        else:
            reason = msg("The lab has no control “{name}”.", name=name)
        return Refused(name, reason)

    def settings(self) -> dict[str, object]:
        """Return the controls that this layer has, as a `lab:` entry has them."""
        return {"layer": self.layer} | self.arguments()

    def arguments(self) -> dict[str, object]:
        """Return the arguments of the engine's function for this layer."""
        common: dict[str, object] = {"bias": self.bias, "convention": self.convention}
        if self.layer == "dense":
            return {"layer_sizes": self.layer_sizes} | common
        arguments = {
            "input_size": self.input_size,
            "hidden_size": self.hidden_size,
            "num_layers": self.num_layers,
            "bidirectional": self.bidirectional,
        } | common
        if self.layer == "lstm" and self.proj_size:
            arguments["proj_size"] = self.proj_size
        if self.layer == "gru" and self.reset_after is not None:
            arguments["reset_after"] = self.reset_after
        return arguments

    def frame(self) -> ParametersFrame:
        """Count the layer."""
        return parameters_frame(self.layer, self.arguments())


def _deepened(sizes: tuple[int, ...], layers: int) -> tuple[int, ...]:
    """Return the sizes with so many layers: each new hidden layer is half as wide as the last."""
    hidden = list(sizes[:-1])
    while len(hidden) > layers:
        hidden.pop()
    while len(hidden) < layers:
        hidden.append(max(1, hidden[-1] // 2))
    return (*hidden, sizes[-1])
