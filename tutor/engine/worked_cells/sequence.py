"""The arguments of a whole sequence: weights, or sizes and a seed to draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import Field

from tutor.engine.arguments import LARGEST_AXIS, Arguments, Matrix, SizeOrZero, Vector
from tutor.engine.error import EngineError
from tutor.engine.notation import array_term, factor, tex
from tutor.engine.worked import Term
from tutor.text.message import msg

if TYPE_CHECKING:
    from tutor.engine.cells.weights import CellWeights
    from tutor.engine.shapes import Array

MOST_ENTRIES = 2**16  # of one array that is written out
STEPS = 5  # of an input that is drawn

Axis = Annotated[int, Field(ge=1, le=LARGEST_AXIS, strict=True)]
DrawnSize = Annotated[int, Field(ge=1, le=1024, strict=True)]  # 8 million weights of an LSTM

W = TypeVar("W", bound="CellWeights")


class SequenceArguments(Arguments):
    """Arguments of `rnn`, `lstm` and `gru`: PyTorch's names, one layer, one sequence.

    `x` has a row for each step. Either the weights are given, or `hidden_size` and `seed`, with
    `input_size` and `seq_len` where `x` is drawn as well.
    """

    x: Matrix | None = None
    weight_ih: Matrix | None = None
    weight_hh: Matrix | None = None
    bias_ih: Vector | None = None
    bias_hh: Vector | None = None
    h_0: Vector | None = None
    input_size: DrawnSize | None = None
    hidden_size: DrawnSize | None = None
    bias: bool = True
    seq_len: Axis | None = None
    seed: SizeOrZero = 0


def given_weights(name: str, args: Arguments, *others: str) -> dict[str, Any] | None:
    """Return the weight tensors that are given, or None if all are to be drawn.

    Args:
        name: of the function.
        args: its arguments, which have the four tensors and sizes of `SequenceArguments`.
        others: names of tensors beside the four that every cell has.

    Raises:
        EngineError: weights without `weight_ih` or `weight_hh`, or beside sizes.
    """
    tensors = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", *others)
    given = {
        tensor: getattr(args, tensor) for tensor in tensors if getattr(args, tensor) is not None
    }
    if not given:
        return None
    for needed in ("weight_ih", "weight_hh"):
        if needed not in given:
            raise _needs(name, needed)
    for size in ("input_size", "hidden_size"):
        if getattr(args, size) is not None:
            raise EngineError(
                msg("`{argument}` is given beside the weights.", argument=size),
                msg("Give either the weights, or sizes and a seed to draw them."),
                argument=size,
            )
    return given


def weights_of(name: str, args: SequenceArguments, weights: type[W]) -> W:
    """Return the weights that are given, or drawn, of a cell with the four tensors alone.

    Raises:
        EngineError: too few arguments, or such as do not fit together.
    """
    given = given_weights(name, args)
    if given is not None:
        return weights(**given)
    return weights.drawn(args.seed, *sizes(name, args), bias=args.bias)


def sizes(name: str, args: SequenceArguments) -> tuple[int, int]:
    """Return d and h for weights that are drawn.

    Raises:
        EngineError: a size is missing, `input_size` does not fit `x`, or a sequence too long to
            be written out.
    """
    if args.hidden_size is None:
        raise _needs(name, "hidden_size")
    width = None if args.x is None else len(args.x[0])
    d = args.input_size or width
    if d is None:
        raise _needs(name, "input_size")
    if width is not None and d != width:
        raise EngineError(
            msg("`input_size` is {size:,}, but `x` has rows of {width:,}.", size=d, width=width),
            msg("Leave `input_size` out: `x` says it."),
            argument="input_size",
        )
    _steps(args, max(d, args.hidden_size))  # before anything is drawn
    return d, args.hidden_size


def input_of(args: SequenceArguments, input_size: int, hidden_size: int) -> Array:
    """Return x as an array (T, d): as given, or drawn from the standard normal distribution.

    Raises:
        EngineError: `seq_len` beside `x`, or a sequence too long to be written out.
    """
    import numpy as np

    from tutor.engine import noise

    if args.x is not None and args.seq_len is not None:
        raise EngineError(
            msg("`seq_len` is given beside `x`."),
            msg("Leave `seq_len` out: `x` has a row for each step."),
            argument="seq_len",
        )
    steps = _steps(args, max(input_size, hidden_size))
    if args.x is not None:
        return np.array(args.x)  # (T, d)
    return noise.normal(args.seed + 1, steps, input_size)  # (T, d)


def _steps(args: SequenceArguments, size: int) -> int:
    """Return T, if T vectors of a size can be written out."""
    steps = len(args.x) if args.x is not None else args.seq_len or STEPS
    if steps * size > MOST_ENTRIES:
        raise EngineError(
            msg(
                "{steps:,} steps of {size:,} numbers are too many to be written out.",
                steps=steps,
                size=size,
            ),
            msg("Take at most {most:,} numbers.", most=MOST_ENTRIES),
            argument="x" if args.x is not None else "seq_len",
        )
    return steps


def states_term(name: str, symbol: str, values: Array, last: str | None = None) -> Term:
    """Return what a cell has at every step as a term; its numbers are those of the last step.

    Args:
        name: the term's id and its symbol.
        symbol: how it is computed at a step, as TeX.
        values: (T, h).
        last: the last step in numbers, as TeX; its values if left out.
    """
    return array_term(name, f"${name}$", symbol, values, last or vector(values[-1]))


def vector(values: Array) -> str:
    """Return a vector as TeX: four entries at most, or three and dots."""
    return factor(float(values[0])) if len(values) == 1 else applied("", values)


def applied(function: str, values: Array) -> str:
    """Return a function of a vector as TeX."""
    entries = [tex(float(value)) for value in values]
    if len(entries) > 4:
        entries = [*entries[:3], r"\dots"]
    return f"{function}({', '.join(entries)})"


def _needs(name: str, argument: str) -> EngineError:
    return EngineError(
        msg("`{name}` needs the argument `{argument}`.", name=name, argument=argument),
        msg("Give either the weights, or sizes and a seed to draw them."),
        argument=argument,
    )
