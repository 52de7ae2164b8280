"""Operations of convolution layers in one or two dimensions."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, Size, SizeOrZero, as_tuple
from tutor.engine.cost.mistakes import as_macs, batch_forgotten
from tutor.engine.cost.part import CostSolution, Factor, Part, cost_worked, repeated
from tutor.engine.error import EngineError
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg

Extent = Annotated[tuple[Size, ...], Field(min_length=1, max_length=2), BeforeValidator(as_tuple)]


class ConvFlops(Arguments):
    """Arguments of `conv_flops`, named as in `torch.nn.Conv1d` and `Conv2d`.

    `input_size` is the length, or height and width; the kernel has `kernel_size` along each.
    """

    in_channels: Size
    out_channels: Size
    kernel_size: Size
    input_size: Extent
    stride: Size = 1
    padding: SizeOrZero = 0
    dilation: Size = 1
    groups: Size = 1
    batch_size: Size = 1


@register("conv_flops", ConvFlops)
def conv_flops(args: ConvFlops) -> Worked:
    """Count 2·k·(C_in/g)·C_out for each place of the output; k² in two dimensions.

    A multiply-add is 2 FLOPs; biases are left out, products with padding are counted.

    Raises:
        EngineError: groups that do not divide the channels, or a kernel larger than the map.
    """
    for name, channels in (("in_channels", args.in_channels), ("out_channels", args.out_channels)):
        if channels % args.groups:
            raise EngineError(
                msg("`groups` is `{value}`.", value=args.groups),
                msg(
                    "The groups split `{name}`: {channels:,} must be divisible by their number.",
                    name=name,
                    channels=channels,
                ),
                argument="groups",
            )
    return cost_worked("conv_flops", CostSolution(args, _parts(args), None, _intro, _mistakes))


def _output(args: ConvFlops) -> tuple[int, ...]:
    reach = args.dilation * (args.kernel_size - 1) + 1
    for size in args.input_size:
        if size + 2 * args.padding < reach:
            raise EngineError(
                msg(
                    "The kernel reaches over {reach:,} positions, the padded input has {size:,}.",
                    reach=reach,
                    size=size + 2 * args.padding,
                ),
                msg("Take a smaller `kernel_size` or `dilation`, or more `padding`."),
                argument="kernel_size",
            )
    return tuple((n + 2 * args.padding - reach) // args.stride + 1 for n in args.input_size)


def _parts(args: ConvFlops) -> tuple[Part, ...]:
    output = _output(args)
    symbols, counts = repeated(("B", args.batch_size))
    flat = len(output) == 2
    kernel: Factor = (args.kernel_size, 2) if flat else args.kernel_size
    fan_in = r"\frac{C_{in}}{g}" if args.groups > 1 else "C_{in}"
    places = "H W" if flat else "N"
    symbol = rf"2 \cdot {symbols}{places} \cdot C_{{out}} {fan_in} {'k^2' if flat else 'k'}"
    factors = (2, *counts, *output, args.out_channels, args.in_channels // args.groups, kernel)
    return (Part("products", msg("Products of the kernels"), symbol, factors),)


def _intro(args: ConvFlops) -> Iterator[Message]:
    yield msg(
        "Positions of the output: {places}. At each, every output channel is a weighted sum over"
        " the kernel and the input channels.",
        places=" × ".join(f"{n:,}" for n in _output(args)),
    )


def _mistakes(args: ConvFlops, parts: tuple[Part, ...]) -> Iterator[Mistake]:
    total = parts[0].value
    places = prod(_output(args))
    yield as_macs(total)
    one = total // places
    if places > 1:
        yield Mistake(
            "one-position",
            msg(
                "{value:,} is the work for one position. There are {length:,}.",
                value=one,
                length=places,
            ),
            one,
        )
    fan_in = args.in_channels // args.groups
    single = total // fan_in
    if fan_in > 1:
        yield Mistake(
            "input-channels-forgotten",
            msg(
                "{value:,} leaves the input channels out. Each kernel reads {channels:,} of them.",
                value=single,
                channels=fan_in,
            ),
            single,
        )
    if args.groups > 1:
        full = total * args.groups
        yield Mistake(
            "groups-ignored",
            msg(
                "{value:,} lets every output channel read all inputs. With {groups:,} groups it"
                " reads those of its own group.",
                value=full,
                groups=args.groups,
            ),
            full,
        )
    if len(args.input_size) == 2 and args.kernel_size > 1:
        flat = total // args.kernel_size
        yield Mistake(
            "kernel-not-squared",
            msg(
                "{value:,} takes the kernel as a line. In two dimensions it has {size:,} weights"
                " along both.",
                value=flat,
                size=args.kernel_size,
            ),
            flat,
        )
    unshrunk = one * prod(args.input_size)
    if prod(args.input_size) != places:
        yield Mistake(
            "input-positions",
            msg(
                "{value:,} multiplies by the positions of the input. The sums are taken at those"
                " of the output.",
                value=unshrunk,
            ),
            unshrunk,
        )
    yield from batch_forgotten(total, args.batch_size)
