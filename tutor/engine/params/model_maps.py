"""Layers of a model that slide over images and sequences: convolutions and pools."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import (
    Arguments,
    Convention,
    Size,
    SizeOrZero,
    Sizes,
    as_sizes,
    refused,
)
from tutor.engine.error import EngineError
from tutor.engine.params.conv import ConvParams, conv_params
from tutor.engine.params.model_flow import Flow, Place, flattened, reads_channels, slid
from tutor.engine.worked import Worked
from tutor.text.message import msg


def _paddings(value: object) -> object:
    """Return a padding as numbers; None for `same`, which keeps the size of the map."""
    if value == "valid":
        return (0,)
    if value == "same":
        return None
    if isinstance(value, str):
        raise refused(
            msg("`{value}` is no padding.", value=value[:40]),
            msg("Write a number, `same` or `valid`."),
        )
    return as_sizes(value)


Paddings = Annotated[
    tuple[SizeOrZero, ...] | None,
    Field(min_length=1, max_length=8),
    BeforeValidator(_paddings),
]


class ConvLayer(Arguments):
    """One convolution, with the argument names of `torch.nn.Conv2d`."""

    in_channels: Size
    out_channels: Size
    kernel_size: Sizes
    stride: Sizes = (1,)
    padding: Paddings = (0,)
    dilation: Sizes = (1,)
    groups: Size = 1
    bias: bool = True
    convention: Convention = "pytorch"
    batch_size: Size | None = None


class PoolLayer(Arguments):
    """A window that keeps one value of each place; it moves by its own size unless told."""

    kernel_size: Sizes
    stride: Sizes | None = None
    padding: Paddings = (0,)


def conv1d(args: ConvLayer, flow: Flow, here: Place) -> Flow:
    """Return what a convolution along a sequence gives."""
    return _conv(args, flow, here, 1)


def conv2d(args: ConvLayer, flow: Flow, here: Place) -> Flow:
    """Return what a convolution over an image gives."""
    return _conv(args, flow, here, 2)


def _conv(args: ConvLayer, flow: Flow, here: Place, axes: int) -> Flow:
    flow = reads_channels(flow, args.in_channels, axes, here)
    space = slid(
        flow,
        here,
        kernel=per_axis("kernel_size", args.kernel_size, axes),
        stride=per_axis("stride", args.stride, axes),
        padding=None if args.padding is None else per_axis("padding", args.padding, axes),
        dilation=per_axis("dilation", args.dilation, axes),
    )
    return Flow("map", args.out_channels, space, here)


def count_conv1d(args: ConvLayer) -> Worked:
    """Count a convolution along a sequence."""
    return _count(args, 1)


def count_conv2d(args: ConvLayer) -> Worked:
    """Count a convolution over an image."""
    return _count(args, 2)


def _count(args: ConvLayer, axes: int) -> Worked:
    return conv_params(
        ConvParams(
            in_channels=args.in_channels,
            out_channels=args.out_channels,
            kernel_size=args.kernel_size,
            dimensions=axes,
            groups=args.groups,
            bias=args.bias,
            convention=args.convention,
            batch_size=args.batch_size,
        )
    )


def flatten(args: Arguments, flow: Flow, here: Place) -> Flow:  # noqa: ARG001 - as every flow
    """Return all values as one vector."""
    return flattened(flow, here)


def average(args: Arguments, flow: Flow, here: Place) -> Flow:  # noqa: ARG001 - as every flow
    """Return one value for each channel or feature."""
    return Flow("vector", flow.features, None, here)


def pool(args: PoolLayer, flow: Flow, here: Place) -> Flow:
    """Return a smaller map."""
    if flow.space is None:
        return replace(flow, source=here)
    axes = len(flow.space)
    kernel = per_axis("kernel_size", args.kernel_size, axes)
    space = slid(
        flow,
        here,
        kernel=kernel,
        stride=kernel if args.stride is None else per_axis("stride", args.stride, axes),
        padding=None if args.padding is None else per_axis("padding", args.padding, axes),
        dilation=(1,) * axes,
    )
    return replace(flow, space=space, source=here, axes=())


def per_axis(name: str, sizes: tuple[int, ...], axes: int) -> tuple[int, ...]:
    """Return an argument's size for each axis: one number counts for all of them.

    Raises:
        EngineError: another number of sizes.
    """
    if len(sizes) == 1:
        return sizes * axes
    if len(sizes) != axes:
        raise EngineError(
            msg(
                "`{name}` has {count} numbers for {axes} axes.",
                name=name,
                count=len(sizes),
                axes=axes,
            ),
            msg("Write one number, or one for each axis."),
            argument="layers",
        )
    return sizes
