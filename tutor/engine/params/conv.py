"""Parameters of a convolution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, Convention, Size, SizeOrZero, Sizes, as_sizes
from tutor.engine.error import EngineError
from tutor.engine.params.answer import params_worked
from tutor.engine.params.conv_mistakes import conv_mistakes
from tutor.engine.params.conventions import LABELS
from tutor.engine.params.filters import Filters
from tutor.engine.params.kernel import kernel
from tutor.engine.params.phrases import closing_lines
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Solution, Term, Variant, Worked
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

Dimensions = Annotated[int, Field(ge=1, le=3, strict=True)]
Paddings = Annotated[
    tuple[SizeOrZero, ...], Field(min_length=1, max_length=8), BeforeValidator(as_sizes)
]


class ConvParams(Arguments):
    """Arguments of `conv_params`: PyTorch's names of Conv1d, Conv2d and Conv3d.

    `kernel_size` and what follows it is one number for every axis, or one for each. The count
    depends neither on `image_size` nor on `batch_size`; naming them lets a kernel be refused
    that is larger than the image, and the mistakes of multiplying be named.
    """

    in_channels: Size
    out_channels: Size
    kernel_size: Sizes
    dimensions: Dimensions = 2
    groups: Size = 1
    bias: bool = True
    convention: Convention = "pytorch"
    image_size: Sizes | None = None
    stride: Sizes = (1,)
    padding: Paddings = (0,)
    dilation: Sizes = (1,)
    batch_size: Size | None = None


@register("conv_params", ConvParams)
def conv_params(args: ConvParams) -> Worked:
    """Count the parameters of a convolution: (k² · C_in/g + 1) · C_out in two dimensions.

    Source: `torch.nn.Conv2d`, `keras.layers.Conv2D`, `flax.linen.Conv` and the ONNX operator
    Conv, which agree on the count.

    Raises:
        EngineError: groups that do not divide both numbers of channels, a list of another
            length than `dimensions`, or a kernel that is larger than the padded image.
    """
    for name, channels in (("in_channels", args.in_channels), ("out_channels", args.out_channels)):
        if channels % args.groups:
            raise EngineError(
                msg(
                    "`groups` is `{groups}`, which does not divide `{name}`, {channels:,}.",
                    groups=args.groups,
                    name=name,
                    channels=channels,
                ),
                msg("Each group takes an equal part of the channels, in and out."),
                argument="groups",
            )
    filters = Filters(
        window=_along("kernel_size", args.kernel_size, args.dimensions),
        reads=args.in_channels // args.groups,
        gives=args.out_channels,
        bias=args.bias,
    )
    solution = ConvSolution(args, filters, _output_size(args, filters.window))
    return params_worked("conv_params", filters.total, solution)


def _along(name: str, sizes: tuple[int, ...], dimensions: int) -> tuple[int, ...]:
    """Return a size for every axis."""
    if len(sizes) == 1:
        return sizes * dimensions
    if len(sizes) != dimensions:
        raise EngineError(
            msg(
                "`{name}` has {count} numbers, but `dimensions` is {dimensions}.",
                name=name,
                count=len(sizes),
                dimensions=dimensions,
            ),
            msg("Give one number for every axis, or a single one for all."),
            argument=name,
        )
    return sizes


def _output_size(args: ConvParams, window: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the size of the output map: ⌊(n + 2p − δ(k − 1) − 1)/s⌋ + 1 along each axis."""
    stride = _along("stride", args.stride, args.dimensions)
    padding = _along("padding", args.padding, args.dimensions)
    dilation = _along("dilation", args.dilation, args.dimensions)
    if args.image_size is None:
        return None
    image = _along("image_size", args.image_size, args.dimensions)
    output = []
    for n, k, s, p, spread in zip(image, window, stride, padding, dilation, strict=True):
        span = spread * (k - 1) + 1
        if span > n + 2 * p:
            raise EngineError(
                msg(
                    "`kernel_size` is {k:,} and spans {span:,}, but along that axis the"
                    " padded image measures only {size:,}.",
                    k=k,
                    span=span,
                    size=n + 2 * p,
                ),
                msg("Make the kernel or `dilation` smaller, or `image_size` or `padding` larger."),
                argument="kernel_size",
            )
        output.append((n + 2 * p - span) // s + 1)
    return tuple(output)


@dataclass(frozen=True, slots=True)
class ConvSolution(Solution):
    """How the count of a convolution comes about."""

    args: ConvParams
    filters: Filters
    output: tuple[int, ...] | None

    def formula(self) -> str:
        """Return the count in symbols."""
        return self.filters.formula(self.args.groups)

    def substituted(self) -> str:
        """Return the count in numbers."""
        return self.filters.substituted

    def terms(self) -> Iterator[Term]:
        """Return the weights and biases."""
        filters = self.filters
        return kernel(
            self.args.convention,
            gives=("C_{out}", filters.gives),
            reads=("C_{in} / g" if self.args.groups > 1 else "C_{in}", filters.reads),
            window=tuple(zip(filters.window_symbols, filters.window, strict=True)),
            bias=filters.bias,
        )

    def lines(self) -> Iterator[Message]:
        """Return what a filter takes, how many there are, and the total."""
        args, filters = self.args, self.filters
        if args.groups > 1:
            yield msg(
                r"In {groups:,} groups each filter reads only"
                r" $\val{all:,} / \val{groups:,} = \val{reads:,}$ of the input channels.",
                groups=args.groups,
                all=args.in_channels,
                reads=filters.reads,
            )
        values = {
            "sum": Markdown(filters.one_substituted),
            "count": filters.one,
        }
        if filters.bias:
            yield msg(
                "One filter has a weight for every place of its window and every channel that it"
                r" reads, and a bias: $\val{sum} = \val{count:,}$.",
                **values,
            )
        else:
            yield msg(
                "One filter has a weight for every place of its window and every channel that it"
                r" reads, and no bias: $\val{sum} = \val{count:,}$.",
                **values,
            )
        yield msg("There are {gives:,} filters, one for every output channel.", gives=filters.gives)
        if self.output is not None:
            yield msg(
                r"The output map is $\val{size}$; the same filters serve all of its"
                " {places:,} places.",
                size=Markdown(r" \times ".join(f"{n:,}" for n in self.output)),
                places=prod(self.output),
            )
        yield from closing_lines(self.formula(), filters.substituted, filters.total)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        image = self.args.image_size
        return conv_mistakes(
            self.filters,
            groups=self.args.groups,
            image=None
            if image is None
            else prod(_along("image_size", image, self.args.dimensions)),
            places=None if self.output is None else prod(self.output),
            batch=self.args.batch_size,
        )

    def variants(self) -> Iterator[Variant]:
        """Return the count under every convention."""
        return conv_variants(self.filters.total)


def conv_variants(total: int) -> Iterator[Variant]:
    """Yield a count of convolutions under every convention: only the order of axes differs."""
    first = msg("The output channels come first, the window last.")
    last = msg("The window comes first, the output channels last.")
    for convention, label in LABELS.items():
        why = last if convention in {"keras", "flax"} else first
        yield Variant(convention, label, total, why)
