"""The weight tensors of a recurrent layer, with the names and shapes of each framework."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.params.layer import Cell, Layer
from tutor.engine.params.stack import Stack
from tutor.engine.params.tensor import tensor
from tutor.engine.worked import Term


@dataclass(frozen=True, slots=True)
class _Place:
    """One layer in one direction."""

    index: int
    backward: bool

    @property
    def suffix(self) -> str:
        """What follows an id: nothing in the first layer, then `_l1` and so on."""
        return (f"_l{self.index}" if self.index else "") + ("_reverse" if self.backward else "")


def tensors(layer: Layer) -> tuple[Term, ...]:
    """Return every weight tensor, in the framework's order."""
    if layer.convention == "onnx":
        return tuple(_onnx(layer))
    stack = layer.stack
    directions = (False, True)[: stack.directions]
    if layer.convention == "flax":  # sorted by name, as JAX lists a tree
        directions = directions[::-1]
    return tuple(
        term
        for index in range(stack.layers)
        for backward in directions
        for term in _place_tensors(layer, _Place(index, backward))
    )


def _place_tensors(layer: Layer, place: _Place) -> Iterator[Term]:
    stack = layer.stack
    state = _state(stack)
    rows = (stack.row_symbol, stack.rows)
    reads = _reads(stack, place.index)
    end = place.suffix
    match layer.convention:
        case "pytorch":
            name = f"l{place.index}" + ("_reverse" if place.backward else "")
            yield tensor(f"W_ih{end}", f"weight_ih_{name}", rows, reads)
            yield tensor(f"W_hh{end}", f"weight_hh_{name}", rows, state)
            if stack.biases:
                yield tensor(f"b_ih{end}", f"bias_ih_{name}", rows)
                yield tensor(f"b_hh{end}", f"bias_hh_{name}", rows)
            if stack.p:
                yield tensor(f"W_hr{end}", f"weight_hr_{name}", state, ("h", stack.h))
        case "keras":
            owner = _keras_owner(layer, place)
            yield tensor(f"W_ih{end}", f"{owner}kernel", reads, rows)
            yield tensor(f"W_hh{end}", f"{owner}recurrent_kernel", state, rows)
            if stack.biases == 2:
                yield tensor(f"b{end}", f"{owner}bias", ("2", 2), rows)
            elif stack.biases:
                yield tensor(f"b{end}", f"{owner}bias", rows)
        case "textbook":
            tag = _textbook_tag(layer, place)
            yield tensor(f"W_ih{end}", f"W{tag}", rows, reads)
            yield tensor(f"W_hh{end}", f"U{tag}", rows, state)
            if stack.biases:
                yield tensor(f"b{end}", f"b{tag}", rows)
            if stack.peepholes:
                yield tensor(f"w_c{end}", f"w_c{tag}", ("3", 3), ("h", stack.h))
            if stack.p:
                yield tensor(f"W_hr{end}", f"P{tag}", state, ("h", stack.h))
        case "flax":
            yield from _flax(layer, place)


def _state(stack: Stack) -> tuple[str, int]:
    return ("p", stack.p) if stack.p else ("h", stack.h)


def _reads(stack: Stack, index: int) -> tuple[str, int]:
    """Return what a layer's input weights read, in symbols and as a size."""
    if not index:
        return ("d", stack.d)
    state = _state(stack)[0]
    return (f"2{state}" if stack.directions == 2 else state, stack.above)


# dense parts of a Flax cell, sorted; of those that begin with i and h, which have biases
_FLAX_BIASED: dict[Cell, dict[str, bool]] = {
    "rnn": {"h": False, "i": True},
    "lstm": {
        **dict.fromkeys(("hf", "hg", "hi", "ho"), True),
        **dict.fromkeys(("if", "ig", "ii", "io"), False),
    },
    "gru": {"hn": True, "hr": False, "hz": False, "in": True, "ir": True, "iz": True},
}


def _flax(layer: Layer, place: _Place) -> Iterator[Term]:
    """Yield the tensors of an `nn.RNN`, in an `nn.Bidirectional` and an `nn.Sequential`."""
    stack = layer.stack
    owner = f"layers_{place.index}/" if stack.layers > 1 else ""
    if stack.directions == 2:
        owner += "backward_rnn/" if place.backward else "forward_rnn/"
    unit = ("h", stack.h)
    for part, is_biased in _FLAX_BIASED[layer.cell].items():
        side, gate = part[0], part[1:]
        tag = f"_{gate}{place.suffix}" if gate else place.suffix
        if is_biased:
            # of a GRU's candidate both sides have one
            own = "_inner" if part == "hn" else ""
            yield tensor(f"b{own}{tag}", f"{owner}{part}/bias", unit)
        if side == "i":
            yield tensor(f"W_ih{tag}", f"{owner}{part}/kernel", _reads(stack, place.index), unit)
        else:
            yield tensor(f"W_hh{tag}", f"{owner}{part}/kernel", unit, unit)


def _onnx(layer: Layer) -> Iterator[Term]:
    """Yield the initializers of one node per layer, which holds both directions."""
    stack = layer.stack
    ways = (str(stack.directions), stack.directions)
    rows = (stack.row_symbol, stack.rows)
    for index in range(stack.layers):
        end = f"_l{index}" if index else ""
        owner = f"{index}." if stack.layers > 1 else ""
        yield tensor(f"W_ih{end}", f"{owner}W", ways, rows, _reads(stack, index))
        yield tensor(f"W_hh{end}", f"{owner}R", ways, rows, _state(stack))
        if stack.biases:
            both = (f"{2 * stack.blocks}h", 2 * stack.rows)
            yield tensor(f"b{end}", f"{owner}B", ways, both)
        if stack.peepholes:
            yield tensor(f"w_c{end}", f"{owner}P", ways, ("3h", 3 * stack.h))


_KERAS_NAMES: dict[Cell, str] = {"rnn": "simple_rnn", "gru": "gru", "lstm": "lstm"}


def _keras_owner(layer: Layer, place: _Place) -> str:
    """Return the layer's part of a Keras path; a layer that stands alone needs none."""
    stack = layer.stack
    if stack.layers == stack.directions == 1:
        return ""
    name = _KERAS_NAMES[layer.cell] + (f"_{place.index}" if place.index else "")
    if stack.directions == 2:
        name = ("backward_" if place.backward else "forward_") + name
    return f"{name}/"


def _textbook_tag(layer: Layer, place: _Place) -> str:
    stack = layer.stack
    number = f"_{place.index + 1}" if stack.layers > 1 else ""
    arrow = ("←" if place.backward else "→") if stack.directions == 2 else ""
    return number + arrow
