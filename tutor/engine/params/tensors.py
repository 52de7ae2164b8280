"""The weight tensors of a recurrent layer, with the names and shapes of each framework."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.params.layer import Cell, Layer
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
    stack = layer.stack
    return tuple(
        term
        for index in range(stack.layers)
        for backward in (False, True)[: stack.directions]
        for term in _place_tensors(layer, _Place(index, backward))
    )


def _place_tensors(layer: Layer, place: _Place) -> Iterator[Term]:
    stack = layer.stack
    state = ("p", stack.p) if stack.p else ("h", stack.h)
    rows = (stack.row_symbol, stack.rows)
    reads = ("d", stack.d)
    if place.index:
        reads = (f"2{state[0]}" if stack.directions == 2 else state[0], stack.above)
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
            if stack.p:
                yield tensor(f"W_hr{end}", f"P{tag}", state, ("h", stack.h))


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
